// SPDX-License-Identifier: Apache-2.0
// What do derivatives cost? All sensitivities of a training candidate by dual numbers, against one evaluation over double, and
// against the differences that would give the same figures less precisely. Status 1 if they disagree.
#include "examples.hpp"
#include "timing.hpp"

#include <uonaco/evaluate/sensitivity.hpp>
#include <uonaco/units/literals.hpp>

#include <cmath>

namespace {
using namespace uonaco;
using namespace uonaco::literals;

supply<double> grid() {
    supply<double> g;
    for (int i = 0; i < max_shares; ++i) {
        g.price[i] = (0.05 + 0.02 * i) * 1_usd_per_kWh;
        g.carbon[i] = (50.0 + 70 * i) * 1_g_per_kWh;
    }
    return g;
}
valuation worth() {
    valuation v;
    v.value_of_time = 2000_usd_per_h;
    v.carbon_price = 80_usd_per_t;
    return v;
}
// Of connections six, of shares four.
int inputs_of(const features<double>& f) { return 6 * (1 + f.sites * (f.sites - 1) / 2) + 4 * f.sites; }

// The greatest relative disagreement of the slopes of rates with central differences.
double disagreement(features<double> f, const training& t, const supply<double>& g, const valuation& v,
                    const calibration& c) {
    const auto s = sensitivities(f, t, g, v, c);
    double worst = 0;
    for (int k = 0; k < f.sites * (f.sites - 1) / 2; ++k) {
        const auto rate = f.pair[k].rate;
        const auto cost = [&](double by) {
            f.pair[k].rate = rate * by;
            const double at = settle(f, compute(f, t, c), g, v).full_cost.si();
            f.pair[k].rate = rate;
            return at;
        };
        const double h = 1e-4;
        const double slope = (cost(1 + h) - cost(1 - h)) / (2 * h * rate.si());
        const double off = std::abs(s.pair[k].rate.full_cost.si() - slope);
        // less what rounding leaves of a difference of costs
        const double rounding = 1e-14 * std::abs(cost(1)) / (h * rate.si());
        if (off > rounding) worst = std::max(worst, (off - rounding) / std::abs(slope));
    }
    return worst;
}
} // namespace

int main(int argc, char** argv) {
    const bench::options o = bench::read(argc, argv);
    bench::print_machine();
    std::puts("All sensitivities of a training candidate, us, against one evaluation (compute and settle) over double");
    std::puts(
        "| sites | inputs | one evaluation | all slopes | ratio | +- | two evaluations an input | duals' share |");
    std::puts("|--:|--:|--:|--:|--:|--:|--:|--:|");
    training t = bench::dense_70b();
    calibration c;
    supply<double> g = grid();
    valuation v = worth();
    bench::keep(t), bench::keep(c), bench::keep(g), bench::keep(v);
    bool same = true;
    for (const int sites : {1, 2, 3, 4, 8}) {
        const auto all = bench::candidates_over(sites, 16);
        const auto times = bench::race(
            o, static_cast<double>(all.size()),
            [&] {
                for (const auto& f : all) {
                    auto cost = settle(f, compute(f, t, c), g, v);
                    bench::keep(cost);
                }
            },
            [&] {
                for (const auto& f : all) {
                    auto slopes = sensitivities(f, t, g, v, c);
                    bench::keep(slopes);
                }
            });
        const auto ratio = bench::ratio(times[1], times[0]);
        const double differences = 2.0 * inputs_of(all[0]) * times[0].median();
        std::printf("| %d | %d | %.3f | %.2f | %.1f | %.0f %% | %.2f | %.2f |\n", sites, inputs_of(all[0]),
                    times[0].median() / 1000, times[1].median() / 1000, ratio.median(), 100 * ratio.spread(),
                    differences / 1000, times[1].median() / differences);
        for (const auto& f : all) same = same && disagreement(f, t, g, v, c) < 1e-5;
    }
    std::puts(same ? "\nresults: as central differences" : "\nresults: DIFFER from central differences");
    return same ? 0 : 1;
}
