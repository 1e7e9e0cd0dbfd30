// SPDX-License-Identifier: Apache-2.0
// Do strong types cost anything in plain loops? Energy, weighted score and argmin over columns in L1, as quantities against
// doubles. Status 1 if the results differ. asm/check.py compares the instructions of the same loops.
#include "examples.hpp"
#include "timing.hpp"

#include "../asm/loops.hpp"

#include <uonaco/units/literals.hpp>

using namespace uonaco::literals;
namespace units = uonaco::units;

namespace {

constexpr int n = 512;

/// Lines of their own, and no two columns at the same place of a page: loads would wait for stores that only look alike.
template <class Q>
struct alignas(64) column {
    Q at[n + 24];

    const double* plain() const { return reinterpret_cast<const double*>(at); }
    double* plain() { return reinterpret_cast<double*>(at); }
    std::vector<double> copy() const { return std::vector<double>(plain(), plain() + n); }
};
template <class Q>
column<Q> drawn(Q low, Q high, bench::draws& d) {
    column<Q> c;
    for (int i = 0; i < n; ++i) c.at[i] = d.between(0, 1) * (high - low) + low;
    return c;
}

// Both run on the same memory; `results` is what each leaves behind.
template <class Typed, class Raw, class Results>
bool compare(const char* loop, bench::options o, Typed typed, Raw raw, Results results) {
    const auto times = bench::race(o, n, typed, raw);
    const auto r = bench::ratio(times[0], times[1]);
    std::printf("| %s | %.3f | %.3f | %.3f | %.1f %% |\n", loop, times[0].median(), times[1].median(), r.median(),
                100 * r.spread());
    typed();
    const auto of_typed = results();
    raw();
    return of_typed == results();
}

} // namespace

int main(int argc, char** argv) {
    const bench::options o = bench::read(argc, argv);
    bench::print_machine();
    std::puts("Loops over columns, ns an element; ratio typed / raw, goal 1.05");
    std::puts("| loop | typed | raw | ratio | +- |\n|---|--:|--:|--:|--:|");

    bench::draws d(1);
    static const auto power = drawn(100_W, 1000_W, d);
    static const auto time = drawn(1_s, 7200_s, d);
    static const auto money = drawn(10_usd, 90_usd, d);
    static const auto carbon = drawn(1_kg, 900_kg, d);
    static column<units::energy> energy;
    bool same = compare(
        "energy = power x time", o, [] { typed_energy(power.at, time.at, energy.at, n); },
        [] { raw_energy(power.plain(), time.plain(), energy.plain(), n); }, [] { return energy.copy(); });

    static column<units::factor> score;
    const typed_weights w{{0.4, 0.3, 0.2, 0.1}, 1_h, 100_usd, 50_kg, 1_kWh};
    const raw_weights raw_w{{0.4, 0.3, 0.2, 0.1}, w.time.si(), w.money.si(), w.carbon.si(), w.energy.si()};
    same &= compare(
        "score of 4 columns", o,
        [&] {
            typed_score({time.at, money.at, carbon.at, energy.at}, &w, score.at, n);
        },
        [&] {
            raw_score({time.plain(), money.plain(), carbon.plain(), energy.plain()}, &raw_w, score.plain(), n);
        },
        [] { return score.copy(); });

    int best = 0;
    const auto argmin = [&best](int found) {
        best = found;
        bench::keep(best);
    };
    same &= compare(
        "argmin", o, [&] { argmin(typed_argmin(money.at, n)); }, [&] { argmin(raw_argmin(money.plain(), n)); },
        [&] { return best; });

    std::puts(same ? "\nresults: the same bits" : "\nresults: DIFFER");
    return same ? 0 : 1;
}
