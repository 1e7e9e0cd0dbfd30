// SPDX-License-Identifier: Apache-2.0
// How much faster are blocks of candidates than one after the other? Grouped by number of sites, data in L2, for each family of
// workloads: the compute step alone, and all of compute, settle and three terms. Status 1 if a bit differs.
#include "examples.hpp"
#include "timing.hpp"

#include <uonaco/evaluate/batch.hpp>
#include <uonaco/evaluate/terms.hpp>
#include <uonaco/model/inference_model.hpp>
#include <uonaco/model/training_model.hpp>
#include <uonaco/model/transfer_model.hpp>

#include <string>

namespace {

using namespace uonaco::literals;
using uonaco::block;

const uonaco::evaluator objective{uonaco::weigh(1.0, uonaco::terms::full_cost{}),
                                  uonaco::weigh(0.5, uonaco::terms::completion_time{}),
                                  uonaco::weigh(0.1, uonaco::terms::carbon{})};

// What the grid gives: flat, so that only the formulas count.
template <class Rep>
void fill(uonaco::supply<Rep>& grid, int sites) {
    for (int i = 0; i < sites; ++i) {
        grid.price[i] = 0.08_usd_per_kWh;
        grid.carbon[i] = 400_g_per_kWh;
    }
}

template <class Rep, class Task>
uonaco::outcome<Rep> outcome_of(const uonaco::features<Rep>& f, const Task& t, const uonaco::calibration& c,
                                const uonaco::valuation& v) {
    uonaco::supply<Rep> grid;
    fill(grid, f.sites);
    return settle(f, compute(f, t, c), grid, v);
}

template <class Task>
bool same_bits(const std::vector<uonaco::features<double>>& singles, const std::vector<block>& blocks, const Task& t,
               const uonaco::calibration& c, const uonaco::valuation& v) {
    for (const block& b : blocks) {
        const auto all = outcome_of(b.figures, t, c, v);
        const auto score = objective(all);
        for (int i = 0; i < b.used; ++i) {
            const auto one = outcome_of(singles[b.rows[i]], t, c, v);
            if (!(lane_of(all, i) == one) || score.total.si()[i] != objective(one).total.si()) return false;
        }
    }
    return true;
}

// One row of the table. True if blocks gave the bits of single candidates.
template <class Task>
bool row(const bench::options& o, const char* family, const std::string& group,
         const std::vector<uonaco::features<double>>& singles, const Task& t) {
    uonaco::calibration c;
    uonaco::valuation v{.value_of_time = 5120_usd_per_h, .carbon_price = uonaco::units::carbon_price::from_si(0.1)};
    const auto blocks = uonaco::pack(singles.data(), static_cast<unsigned>(singles.size()));
    std::vector<double> totals(singles.size());
    bench::keep(t), bench::keep(c), bench::keep(v);

    const auto compute_singly = [&] {
        for (const auto& f : singles) {
            auto p = compute(f, t, c);
            bench::keep(p);
        }
    };
    const auto compute_in_blocks = [&] {
        for (const auto& b : blocks) {
            auto p = compute(b.figures, t, c);
            bench::keep(p);
        }
    };
    const auto singly = [&] {
        double* total = totals.data();
        for (const auto& f : singles) *total++ = objective(outcome_of(f, t, c, v)).total;
        bench::keep(totals);
    };
    const auto in_blocks = [&] {
        evaluate_blocks(
            blocks, t, c, v, objective, [](const block& b, const auto&, auto& grid) { fill(grid, b.figures.sites); },
            [&](unsigned who, double total, bool) { totals[who] = total; });
        bench::keep(totals);
    };
    const auto times =
        bench::race(o, static_cast<double>(singles.size()), compute_singly, compute_in_blocks, singly, in_blocks);
    const auto step = bench::ratio(times[0], times[1]);
    const auto whole = bench::ratio(times[2], times[3]);
    std::printf("| %s | %s | %lu | %.1f | %.1f | %.2f | %.0f %% | %.1f | %.1f | %.2f | %.0f %% |\n", family,
                group.c_str(), singles.size(), times[0].median(), times[1].median(), step.median(), 100 * step.spread(),
                times[2].median(), times[3].median(), whole.median(), 100 * whole.spread());
    return same_bits(singles, blocks, t, c, v);
}

// As many as fill less than half of the 1 MiB that is usual for L2, and several times L1.
int in_l2(unsigned long bytes_of_one) { return static_cast<int>(400'000 / bytes_of_one) / block::width * block::width; }

} // namespace

int main(int argc, char** argv) {
    const bench::options o = bench::read(argc, argv);
    bench::print_machine();
    std::printf("Nanoseconds a candidate, one after the other and in blocks of %d; goal %.1f times\n", block::width,
                0.7 * block::width);
    std::puts(
        "| family | sites | candidates | compute | in blocks | times | +- | all steps | in blocks | times | +- |");
    std::puts("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");

    bool same = true;
    for (int turn = 1; turn <= uonaco::max_shares + 1; ++turn) {
        const int sites = turn % (uonaco::max_shares + 1);
        unsigned long bytes = 0;
        for (int n = sites ? sites : 1; n <= (sites ? sites : uonaco::max_shares); ++n) bytes += bench::bytes_read(n);
        same &= row(o, "training", sites ? std::to_string(sites) : "mix", bench::candidates_over(sites, in_l2(bytes)),
                    bench::dense_70b());
    }
    const auto services = bench::services(in_l2(bench::bytes_read(1)));
    same &= row(o, "inference", "1", services, bench::chat_70b());
    same &= row(o, "inference, shape known", "1", bench::known(services), bench::known(bench::chat_70b()));
    same &= row(o, "session", "1", services, bench::agents_70b());
    same &= row(o, "transfer", "0", bench::transfers(in_l2(bench::bytes_read(0))), bench::copy());
    std::puts(same ? "\nresults: the same bits" : "\nresults: DIFFER");
    return same ? 0 : 1;
}
