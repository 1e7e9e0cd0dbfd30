// SPDX-License-Identifier: Apache-2.0
// The best single site, then one site more at a time for as long as that pays.
#pragma once

#include "../heuristic.hpp"

namespace uonaco::inline UONACO_ABI {

/// O(pools x sites) sets of sites instead of all subsets, ties by figures and then by id. If growing finds nothing, it takes the best
/// of the first `patience` candidates there are: as good as `exhaustive` in a space of no more than those; of a larger one the
/// placement says that candidates were left unseen.
struct greedy {
    static constexpr const char* name = "greedy";
    units::count patience = 200'000; ///< a fraction of a second

    template <class Evaluator>
    result<placement> operator()(const problem& p, const Evaluator& e) const {
        search<Evaluator> found(p, e, name);
        if (p.what().is_transfer()) {
            for_each_candidate(p, [&](const candidate& c) { found.offer(c); });
            return found.finish();
        }
        if (p.most_devices() < p.least_devices()) return found.finish(); // no set has enough
        const auto pools = by_id(p);
        row<pool_tag> set[max_shares]{};
        for (int size = 1; size <= p.most_sites(); ++size) {
            if (!grow(p, pools, found, set, size)) break;
        }
        if (!found.any()) take_best(p, found);
        return found.finish();
    }

  private:
    // Whoever lists the pools in another order gets the same sets.
    static std::vector<row<pool_tag>> by_id(const problem& p) {
        const auto& all = p.where().world().pools;
        std::vector<row<pool_tag>> sorted;
        for (const auto pool : p.pools()) {
            unsigned long at = sorted.size();
            while (at > 0 && all[pool.value].id.text < all[sorted[at - 1].value].id.text) --at;
            sorted.insert(sorted.begin() + static_cast<long>(at), pool);
        }
        return sorted;
    }
    // Tries every pool as the set's next; keeps the one with the best candidate, or before any is feasible the one with most speed,
    // of equals the one of least rental.
    template <class Search>
    static bool grow(const problem& p, const std::vector<row<pool_tag>>& pools, Search& found, row<pool_tag>* set,
                     int size) {
        row<pool_tag> best{};
        double best_speed = -1.0;
        maybe<units::price_rate> best_price{};
        const bool had = found.any();
        const standing before = had ? found.best().standing() : standing{};
        for (const auto pool : pools) {
            bool member = false;
            for (int i = 0; i < size - 1; ++i) member = member || set[i] == pool;
            if (member) continue;
            set[size - 1] = pool;
            candidate_stream stream(p, set, size);
            candidate c;
            bool any_candidate = false;
            while (stream.next(c)) {
                any_candidate = true;
                found.offer(c);
            }
            const double speed = static_cast<double>(p.where().free_devices(pool)) *
                                 p.where().facts(pool).peak.at(p.what().precision).value_or({}).si();
            const auto& price = p.where().world().pools[pool.value].price;
            const bool cheaper = price && (!best_price || *price < *best_price);
            if (!found.any() && (any_candidate || size == 1) &&
                (speed > best_speed || (speed == best_speed && cheaper))) {
                best_speed = speed;
                best_price = price;
                best = pool;
            }
        }
        if (found.any()) {
            if (had && !(found.best().standing() < before)) return false;
            const candidate& c = found.best().choice;
            for (int i = 0; i < c.size; ++i) set[i] = c.shares[i].pool;
            return c.size == size;
        }
        if (!best) return false;
        set[size - 1] = best;
        return true;
    }
    template <class Search>
    void take_best(const problem& p, Search& found) const {
        candidate_stream stream(p);
        candidate c;
        for (units::count i = 0; stream.next(c); ++i) {
            if (i == patience) return found.give_up();
            found.offer(c);
        }
    }
};

} // namespace uonaco::inline UONACO_ABI
