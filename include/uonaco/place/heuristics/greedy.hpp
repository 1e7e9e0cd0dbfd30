// SPDX-License-Identifier: Apache-2.0
// The best single site, then one site more at a time for as long as that pays.
#pragma once

#include "../heuristic.hpp"

namespace uonaco::inline UONACO_ABI {

/// O(pools x sites) sets of sites instead of all subsets. If growing finds nothing, it takes the first feasible one of the first
/// `patience` candidates there are: feasible whenever `exhaustive` is, in a space of no more than those.
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
        row<pool_tag> set[max_shares]{};
        for (int size = 1; size <= p.most_sites(); ++size) {
            if (!grow(p, found, set, size)) break;
        }
        if (!found.any()) take_first(p, found);
        return found.finish();
    }

  private:
    // Tries every pool as the set's next; keeps the one with the best candidate, or before any is feasible the one with most speed.
    template <class Search>
    static bool grow(const problem& p, Search& found, row<pool_tag>* set, int size) {
        row<pool_tag> best{};
        double best_speed = -1.0;
        const bool had = found.any();
        const standing before = had ? found.best().standing() : standing{};
        for (const auto pool : p.pools()) {
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
            if (!found.any() && (any_candidate || size == 1) && speed > best_speed) {
                best_speed = speed;
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
    void take_first(const problem& p, Search& found) const {
        candidate_stream stream(p);
        candidate c;
        for (units::count i = 0; !found.any() && stream.next(c); ++i) {
            if (i == patience) return found.give_up();
            found.offer(c);
        }
    }
};

} // namespace uonaco::inline UONACO_ABI
