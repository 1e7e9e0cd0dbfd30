// SPDX-License-Identifier: Apache-2.0
// What may be down at the same time, likeliest first, and availabilities that are certain although not every state was looked at.
#pragma once

#include "../sort.hpp"

#include "../view.hpp"

#include "../../units/kinds.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI::risk {

/// When to stop: as soon as what was not looked at is less likely than `tolerance`, or after so many states.
struct effort {
    double tolerance = 1e-12;
    unsigned long most_states = 1ul << 18;
};

/// The truth lies between these two, rounding included.
struct certified {
    units::ratio least = 0.0;
    units::ratio most = 1.0;
    unsigned long states = 0; ///< looked at
};

/// An availability within 0..1; what is no number is never up.
constexpr double held(units::ratio up) { return !(up.si() > 0.0) ? 0.0 : up.si() < 1.0 ? up.si() : 1.0; }

/// The states of independent risks (cables, ducts, bridges, transponders), each up or down, in decreasing probability.
/// Keeps its memory from one enumeration to the next; not safe for concurrent use.
class risk_states {
  public:
    /// Calls `visit(double chance, view<unsigned char> down)` for one state after the other until what is left is less likely than
    /// the tolerance. `up`: availability of each risk; what is outside of 0..1 counts as the nearer end, what is no number as 0.
    /// `down`: by risk, 1 if it is down. Returns the number of states. O(k (log k + risks down)) for k states.
    template <class Visit>
    unsigned long visit(view<units::ratio> up, const effort& limit, const Visit& visit) {
        start(detail::late<Visit>(up));
        double seen = 0.0;
        for (unsigned long count = 0;;) {
            const unsigned long now = pop();
            flip(now);
            visit(states_[now].chance, view<unsigned char>(down_));
            flip(now);
            ++count;
            seen += states_[now].chance;
            grow(now);
            if (detail::late<Visit>(heap_).empty() || 1.0 - seen <= limit.tolerance || count >= limit.most_states)
                return count;
        }
    }

    /// How far a sum of chances may be off, relative: every factor of a state and every sum is rounded at most so often.
    static double slack(unsigned long risks) { return 2.3e-16 * (5.0 * static_cast<double>(risks) + 8.0); }

  private:
    /// A set of flips: that of `parent`, and `last`, in the order of turns_. The first is none.
    struct state {
        double chance;
        unsigned last;
        unsigned long parent;
    };
    /// A risk in its rarer condition, against the usual one.
    struct turn {
        double odds;
        unsigned risk;
    };
    static constexpr unsigned long root = 0;

    UONACO_LAZY
    void start(view<units::ratio> up) {
        auto& turns = detail::late<UonacoLazy_>(turns_);
        auto& down = detail::late<UonacoLazy_>(down_);
        turns.clear();
        down.clear();
        detail::late<UonacoLazy_>(states_).clear();
        detail::late<UonacoLazy_>(heap_).clear();
        double usual = 1.0;
        for (const units::ratio& a : up) {
            const double is_up = held(a);
            const bool mostly_down = is_up < 0.5;
            const double rare = mostly_down ? is_up : 1.0 - is_up;
            usual *= 1.0 - rare;
            if (rare > 0.0) turns.push_back({rare / (1.0 - rare), static_cast<unsigned>(down.size())});
            down.push_back(mostly_down);
        }
        detail::sort(turns.data(), turns.size(),
                     [](const turn& a, const turn& b) { return a.odds != b.odds ? a.odds > b.odds : a.risk < b.risk; });
        add<UonacoLazy_>({usual, 0, root});
    }

    /// The next likely ones that follow only from this one: one flip more, or the last flip replaced by the next.
    UONACO_LAZY
    void grow(unsigned long from) {
        const state s = states_[from];
        const unsigned next = from == root ? 0 : s.last + 1;
        if (next >= turns_.size()) return;
        add<UonacoLazy_>({s.chance * turns_[next].odds, next, from});
        if (from != root) add<UonacoLazy_>({states_[s.parent].chance * turns_[next].odds, next, s.parent});
    }

    void flip(unsigned long at) {
        for (; at != root; at = states_[at].parent) down_[turns_[states_[at].last].risk] ^= 1;
    }

    bool before(unsigned long a, unsigned long b) const {
        return states_[a].chance != states_[b].chance ? states_[a].chance > states_[b].chance : a < b;
    }
    UONACO_LAZY
    void add(const state& s) {
        auto& heap = detail::late<UonacoLazy_>(heap_);
        detail::late<UonacoLazy_>(states_).push_back(s);
        heap.push_back(states_.size() - 1);
        for (unsigned long i = heap.size() - 1; i > 0 && before(heap[i], heap[(i - 1) / 2]); i = (i - 1) / 2)
            detail::exchange(heap[i], heap[(i - 1) / 2]);
    }
    UONACO_LAZY
    unsigned long pop() {
        auto& heap = detail::late<UonacoLazy_>(heap_);
        const unsigned long first = heap[0];
        heap[0] = heap.back();
        heap.pop_back();
        for (unsigned long i = 0, child = 1; child < heap.size(); i = child, child = 2 * i + 1) {
            if (child + 1 < heap.size() && before(heap[child + 1], heap[child])) ++child;
            if (!before(heap[child], heap[i])) break;
            detail::exchange(heap[i], heap[child]);
        }
        return first;
    }

    std::vector<turn> turns_; ///< likeliest first
    std::vector<state> states_;
    std::vector<unsigned long> heap_;
    std::vector<unsigned char> down_;
};

/// Probability that `works(view<unsigned char> down)`: of a network, a service, anything that depends on the risks. What was not
/// looked at may work or not. O(states).
template <class Works>
certified availability_of(view<units::ratio> up, const Works& works, const effort& limit = {}) {
    detail::later_t<risk_states, Works> states;
    double good = 0.0, bad = 0.0;
    certified c;
    c.states = states.visit(up, limit, [&](double chance, view<unsigned char> down) {
        if (works(down))
            good += chance;
        else
            bad += chance;
    });
    const double sure = 1.0 - risk_states::slack(up.size() + c.states / 2);
    const double most = 1.0 - bad * sure + 2.3e-16;
    c.least = good * sure < 1.0 ? good * sure : 1.0;
    c.most = most < 1.0 ? most : 1.0;
    return c;
}

/// The risks that a path, a wave or a tunnel needs, by number; one named twice counts once.
using risks = std::vector<unsigned>;

/// R2: a path, or several that are all needed: product over the union of their risks, each once. Exact. 1 of none.
/// Precondition: the numbers are below up.size(). O(up + names).
UONACO_LAZY
units::ratio all_up(view<units::ratio> up, view<risks> ways) {
    detail::later_t<std::vector<unsigned char>, UonacoLazy_> needed(up.size());
    for (const risks& way : ways)
        for (const unsigned r : way) {
            UONACO_ASSERT(r < up.size());
            needed[r] = 1;
        }
    units::ratio all = 1.0;
    for (unsigned long r = 0; r < up.size(); ++r)
        if (needed[r]) all = all * held(up[r]);
    return all;
}
UONACO_LAZY
units::ratio path_up(view<units::ratio> up, const risks& way) { return all_up(up, view<risks>(&way, 1)); }

/// More ways than this do not fit into one word.
inline constexpr unsigned long most_ways = 64;

/// R2: at least k of several ways are up, although they share risks. Risks that take down the same ways are one, so that a pair has
/// at most three and is exact but for rounding. Preconditions: at most most_ways; the numbers are below up.size().
UONACO_LAZY
certified at_least_up(view<units::ratio> up, view<risks> ways, unsigned long k, const effort& limit = {}) {
    UONACO_ASSERT(ways.size() <= most_ways);
    struct group {
        unsigned long long ways;
        double up;
    };
    detail::later_t<std::vector<group>, UonacoLazy_> groups(up.size());
    for (unsigned long r = 0; r < up.size(); ++r) groups[r] = {0, held(up[r])};
    for (unsigned long w = 0; w < ways.size(); ++w)
        for (const unsigned r : ways[w]) {
            UONACO_ASSERT(r < up.size());
            groups[r].ways |= 1ull << w;
        }
    detail::sort(groups.data(), groups.size(), [](const group& a, const group& b) { return a.ways < b.ways; });
    detail::later_t<std::vector<units::ratio>, UonacoLazy_> merged;
    detail::later_t<std::vector<unsigned long long>, UonacoLazy_> hit;
    for (const group& g : groups) {
        if (g.ways == 0) continue;
        if (hit.empty() || hit.back() != g.ways) {
            hit.push_back(g.ways);
            merged.push_back(1.0);
        }
        merged.back() = merged.back() * g.up;
    }
    certified c = availability_of(
        merged,
        [&](view<unsigned char> down) {
            unsigned long long lost = 0;
            for (unsigned long g = 0; g < hit.size(); ++g)
                if (down[g]) lost |= hit[g];
            return ways.size() - static_cast<unsigned long>(__builtin_popcountll(lost)) >= k;
        },
        limit);
    const double sure = risk_states::slack(up.size()); // of the products above
    c.least = c.least * (1.0 - sure);
    c.most = c.most + sure < 1.0 ? c.most + sure : units::ratio(1.0);
    return c;
}

/// R2: a working path and its backups: at least one of them is up.
UONACO_LAZY
certified any_up(view<units::ratio> up, view<risks> ways, const effort& limit = {}) {
    return at_least_up(up, ways, 1, limit);
}

} // namespace uonaco::inline UONACO_ABI::risk
