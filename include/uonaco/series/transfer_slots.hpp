// SPDX-License-Identifier: Apache-2.0
// Transfers with a deadline over slots of time: is there room for all, how much more, and where does each go if it is sent as late as it can
// be, so that what comes in at short notice finds the early slots free?
#pragma once

#include "../base/assert.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI {

/// So much to be sent in slots first..last, both included, in any parts. Amount: a quantity (units::volume), or a number.
template <class Amount>
struct timed_transfer {
    unsigned first = 0;
    unsigned last = 0;
    Amount amount{};
};

namespace detail {
/// Of all windows of slots that hold [first, last], the least that is left once all transfers lie in it that cannot leave it.
template <class Amount>
constexpr Amount least_left(const std::vector<Amount>& free, const std::vector<timed_transfer<Amount>>& transfers,
                            unsigned first, unsigned last) {
    Amount least{};
    bool any = false;
    for (unsigned from = 0; from <= first; ++from) {
        Amount left{};
        for (unsigned to = from; to < free.size(); ++to) {
            left = left + free[to];
            for (const timed_transfer<Amount>& t : transfers)
                if (t.last == to && t.first >= from) left = left - t.amount;
            if (to >= last && (!any || left < least)) least = left, any = true;
        }
    }
    return least;
}
} // namespace detail

/// True if all transfers can meet their deadlines, each in any parts, and may still be laid anew: no window of slots has to carry more than
/// it has free. Earliest deadline first then meets them all. `free`: what each slot may carry, 0 or more; amounts are 0 or more.
/// A transfer that ends before it begins, or beyond the last slot, has no room. O(slots^2 transfers).
template <class Amount>
constexpr bool all_meet_deadlines(const std::vector<Amount>& free,
                                  const std::vector<timed_transfer<Amount>>& transfers) {
    for (const timed_transfer<Amount>& t : transfers)
        if (Amount{} < t.amount && (t.last < t.first || t.last >= free.size())) return false;
    for (const timed_transfer<Amount>& t : transfers)
        if (Amount{} < t.amount && detail::least_left(free, transfers, t.first, t.last) < Amount{}) return false;
    return true;
}

/// The most that one more transfer may have in slots first..last beside `accepted`, all of which still meet their deadlines. 0 if there is no
/// such slot. Precondition: the accepted ones do. O(slots^2 transfers).
template <class Amount>
constexpr Amount most_admissible(const std::vector<Amount>& free, const std::vector<timed_transfer<Amount>>& accepted,
                                 unsigned first, unsigned last) {
    if (last < first || last >= free.size()) return {};
    const Amount left = detail::least_left(free, accepted, first, last);
    return left < Amount{} ? Amount{} : left;
}

/// What each slot carries of one transfer, the last slots filled first (as late as possible, ALAP: M. Noormohammadpour et al., "DCRoute",
/// arXiv 1707.04011); takes it from `free`. Empty, and nothing is taken, if the slots have too little. O(slots).
template <class Amount>
constexpr std::vector<Amount> send_late(std::vector<Amount>& free, const timed_transfer<Amount>& t) {
    std::vector<Amount> sent(free.size());
    if (t.last < t.first || t.last >= free.size()) return {};
    Amount rest = t.amount;
    for (unsigned slot = t.last + 1; slot-- > t.first && Amount{} < rest;) {
        const Amount part = free[slot] < rest ? free[slot] : rest;
        sent[slot] = part;
        rest = rest - part;
    }
    if (Amount{} < rest) return {};
    for (unsigned slot = t.first; slot <= t.last; ++slot) free[slot] = free[slot] - sent[slot];
    return sent;
}

/// What a path may carry in each slot, from what its links may: the least. Empty of none. Precondition: equally many slots.
template <class Amount>
constexpr std::vector<Amount> free_along(const std::vector<std::vector<Amount>>& links) {
    std::vector<Amount> least;
    for (const std::vector<Amount>& link : links) {
        if (least.empty()) least = link;
        UONACO_ASSERT(least.size() == link.size());
        for (unsigned long i = 0; i < link.size(); ++i)
            if (link[i] < least[i]) least[i] = link[i];
    }
    return least;
}

} // namespace uonaco::inline UONACO_ABI
