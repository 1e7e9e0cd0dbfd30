// SPDX-License-Identifier: Apache-2.0
// One candidate alone and many in blocks: the same bits, for each family and every number of sites.
#include "catch.hpp"
#include "support.hpp"

#include <uonaco/evaluate/batch.hpp>
#include <uonaco/evaluate/presets.hpp>

using namespace support;

namespace {
constexpr int candidates = 1000;

supply<block::rep> together(const std::vector<supply<double>>& all, const block& b) {
    supply<block::rep> g;
    for (int i = 0; i < block::width; ++i)
        for (int k = 0; k < max_shares; ++k) {
            uonaco::detail::put(g.price[k], i, all[b.rows[i]].price[k]);
            uonaco::detail::put(g.carbon[k], i, all[b.rows[i]].carbon[k]);
        }
    return g;
}

// A term that is no template: asked lane by lane.
struct by_double {
    static constexpr const char* name = "by double";
    static constexpr on_unknown unknown = on_unknown::penalise;
    units::factor worst = 12.0;
    maybe<scalar<double>> cost(const outcome<double>& o) const {
        if (!o.network_efficiency) return {};
        return scalar<double>(1.0 - *o.network_efficiency);
    }
};

template <class Task>
void compare(const Task& task, const std::vector<features<double>>& all, dice& d) {
    const calibration c;
    const valuation v = random_valuation(d);
    std::vector<supply<double>> grid;
    for (std::size_t i = 0; i < all.size(); ++i) grid.push_back(random_supply(d));
    const evaluator e{weigh(1.0, terms::full_cost{}), weigh(0.5, terms::money{}), weigh(2.0, terms::carbon{}),
                      weigh(0.1, terms::first_token{}), weigh(3.0, by_double{})};

    std::vector<int> seen(all.size());
    const auto blocks = pack(all.data(), static_cast<unsigned>(all.size()));
    for (const block& b : blocks) {
        const auto p = compute(b.figures, task, c);
        const auto o = settle(b.figures, p, together(grid, b), v, 0.07);
        const auto s = e(o);
        for (int i = 0; i < b.used; ++i) {
            const unsigned row = b.rows[i];
            ++seen[row];
            const auto alone = settle(all[row], compute(all[row], task, c), grid[row], v, 0.07);
            REQUIRE(different_bits(lane_of(o, i), alone) == "");
            const auto score = e(alone);
            REQUIRE(laws::detail::same_bits(lane(s.total, i).si(), score.total.si()));
            REQUIRE(lane(s.feasible, i) == score.feasible);
        }
    }
    for (const int n : seen) REQUIRE(n == 1);

    // the loop that ships gives the same
    std::vector<double> totals(all.size());
    evaluate_blocks(
        blocks, task, c, v, e, [&](const block& b, const auto&, auto& g) { g = together(grid, b); },
        [&](unsigned row, double total, bool) { totals[row] = total; });
    for (unsigned i = 0; i < all.size(); ++i) {
        const auto alone = settle(all[i], compute(all[i], task, c), grid[i], v);
        REQUIRE(laws::detail::same_bits(totals[i], e(alone).total.si()));
    }
}

template <class Task>
void compare_all(Task (*random_task)(dice&), unsigned seed) {
    dice d(seed);
    const int rounds = (max_shares + 1) * times();
    for (int round = 0; round < rounds; ++round) {
        const int sites = 1 + round % (max_shares + 1); // the last one: a mix
        std::vector<features<double>> all;
        for (int i = 0; i < candidates; ++i)
            all.push_back(random_features(d, sites <= max_shares ? sites : 1 + static_cast<int>(d.below(max_shares))));
        compare(random_task(d), all, d);
    }
}
} // namespace

TEST_CASE("batch is scalar, bit for bit: training") { compare_all(random_training, 1); }
TEST_CASE("batch is scalar, bit for bit: inference") { compare_all(random_inference, 2); }
TEST_CASE("batch is scalar, bit for bit: sessions") { compare_all(random_session, 3); }
TEST_CASE("batch is scalar, bit for bit: transfers") {
    compare_all(random_transfer, 4);
    dice d(5);
    std::vector<features<double>> none(37);
    for (auto& f : none) {
        f = random_features(d, 1);
        f.sites = 0;
    }
    compare(random_transfer(d), none, d);
}

TEST_CASE("blocks: candidates of one number of sites, each once, in order") {
    dice d(6);
    std::vector<features<double>> all;
    for (int i = 0; i < 101; ++i) all.push_back(random_features(d, 1 + static_cast<int>(d.below(8))));
    unsigned last[max_shares + 1] = {};
    for (const block& b : pack(all.data(), 101)) {
        REQUIRE((b.used >= 1 && b.used <= block::width));
        for (int i = 0; i < b.used; ++i) {
            REQUIRE(all[b.rows[i]].sites == b.figures.sites);
            REQUIRE(b.rows[i] >= last[b.figures.sites]);
            last[b.figures.sites] = b.rows[i];
        }
    }
    CHECK(pack(all.data(), 0).empty());
}
