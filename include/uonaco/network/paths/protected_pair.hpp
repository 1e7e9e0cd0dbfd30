// SPDX-License-Identifier: Apache-2.0
// A way to work on and one to fall back on, as far apart as was asked. What cannot be had is refused, never quietly weakened.
#pragma once

#include "disjoint_pair.hpp"
#include "srlg_disjoint.hpp"

namespace uonaco::inline UONACO_ABI {

/// How far apart two ways are, the strongest first.
enum class protection : unsigned char {
    full,      ///< no edge, risk group or inner node in common
    risk,      ///< no edge or risk group (SRLG) in common
    maximally, ///< as few edges in common as can be, then as few inner nodes; what is shared is named
};
constexpr const char* to_string(protection p) {
    switch (p) {
    case protection::full: return "fully disjoint";
    case protection::risk: return "risk-disjoint";
    case protection::maximally: return "maximally disjoint";
    }
    return "";
}

/// `working` is the one that ranks first. Numbers of what both take, in the order of `working`.
struct protected_pair {
    path working{};
    path backup{};
    protection had = protection::full; ///< the strongest class that was asked for and is met
    std::vector<unsigned> shared_edges{};
    std::vector<unsigned> shared_nodes{}; ///< between the ends; of class `risk` they may be
    std::vector<unsigned> shared_risks{}; ///< groups
    bool proven = true;                   ///< that no pair of this class is cheaper

    explicit operator bool() const { return working.found && backup.found; }
    double cost() const { return working.cost + backup.cost; }
};

/// What was asked and cannot be had, and the strongest class that can, with its pair. `unreachable`: no way at all, and no closest;
/// `no_candidate`: proven that there is no such pair; `too_many`: none was found, which is no proof; `not_found`: no such node.
struct protection_refused {
    errc code = errc::none;
    protection asked = protection::full;
    protection closest = protection::maximally; ///< holds where `pair` does
    protected_pair pair{};
};

/// Workspace of repeated searches. Class `maximally`: two Dijkstra searches; the others: see srlg_disjoint.hpp.
/// Not safe for concurrent use.
template <class Lazy = void>
class basic_protected_pair_search {
    template <class T>
    using list = detail::later_t<std::vector<T>, Lazy>;

  public:
    unsigned long most_steps = 20000; ///< of each risk-disjoint search

    /// The cheapest pair of class `asked`. Costs that are negative, infinite or NaN close their edge.
    UONACO_LAZY
    basic_result<protected_pair, protection_refused> operator()(const graph& g, view<double> costs,
                                                                const risk_groups& risks, unsigned source,
                                                                unsigned target, protection asked,
                                                                view<unsigned char> usable = {}) {
        protection_refused refused{errc::not_found, asked};
        if (source >= g.nodes() || target >= g.nodes()) return refused;
        refused.code = errc::none;
        for (const protection p : {protection::full, protection::risk}) {
            if (p < asked) continue;
            risks_apart_.most_steps = most_steps;
            const auto found = risks_apart_(g, costs, risks, source, target,
                                            p == protection::full ? apart::risks_and_nodes : apart::risks, usable);
            if (found) return meets(g, risks, {found->working, found->backup, p}, found->proven, refused);
            if (refused.code == errc::none) refused.code = found.error().code;
            if (found.error().code == errc::unreachable) return refused;
        }
        const path_pair pair = edges_apart_(g, costs, source, target, disjoint::nodes, usable);
        if (!pair) {
            refused.code = errc::unreachable;
            return refused;
        }
        return meets(g, risks, {pair.working, pair.backup, protection::maximally}, true, refused);
    }

  private:
    template <class Refused>
    basic_result<protected_pair, protection_refused> meets(const graph& g, const risk_groups& risks,
                                                           protected_pair pair, bool proven, Refused& refused) {
        pair.proven = proven;
        name_shared(g, risks, pair);
        if (pair.had <= refused.asked) return pair;
        refused.closest = pair.had;
        refused.pair = pair;
        return refused;
    }

    template <class Pair>
    static void name_shared(const graph& g, const risk_groups& risks, Pair& pair) {
        const auto has = [](const auto& list, unsigned x) {
            for (const unsigned y : list)
                if (x == y) return true;
            return false;
        };
        list<unsigned> nodes, groups;
        for (const unsigned e : pair.backup.edges) {
            nodes.push_back(g.to(e));
            for (const unsigned r : risks.of(e)) groups.push_back(r);
        }
        for (const unsigned e : pair.working.edges) {
            if (has(pair.backup.edges, e)) pair.shared_edges.push_back(e);
            if (e != pair.working.edges.back() && has(nodes, g.to(e))) pair.shared_nodes.push_back(g.to(e));
            for (const unsigned r : risks.of(e))
                if (has(groups, r) && !has(pair.shared_risks, r)) pair.shared_risks.push_back(r);
        }
    }

    detail::later_t<risk_disjoint_search, Lazy> risks_apart_{};
    detail::later_t<disjoint_pair_search, Lazy> edges_apart_{};
};
using protected_pair_search = basic_protected_pair_search<>;

/// "A pair that shares no risk", or why there is none and what comes closest. Allocates: keep a protected_pair_search.
UONACO_LAZY
basic_result<protected_pair, protection_refused> find_protected_pair(const graph& g, view<double> costs,
                                                                     const risk_groups& risks, unsigned source,
                                                                     unsigned target, protection asked,
                                                                     view<unsigned char> usable = {}) {
    return detail::later_t<protected_pair_search, UonacoLazy_>{}(g, costs, risks, source, target, asked, usable);
}

} // namespace uonaco::inline UONACO_ABI
