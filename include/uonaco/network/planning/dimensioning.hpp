// SPDX-License-Identifier: Apache-2.0
// dimensioning: which wavelengths to light with which modules so that routers can exchange their traffic in every period at least cost,
// within latency bounds and with protection; and a bound below which no plan can be. Candidate lightpaths become the links of a network
// design (network_design.hpp), as in the compact auxiliary graph of "A Power-Consumption Analysis for Different IPoWDM Network
// Architectures with ZR/ZR+ and Long-Haul Muxponders" (J. Opt. Commun. Netw. 16(12), 2024, arXiv 2407.00643).
#pragma once

#include "dimensioning_problem.hpp"
#include "network_design.hpp"

#include "../k_shortest.hpp"
#include "../optics/reach.hpp"
#include "../paths/protected_pair.hpp"
#include "../sort.hpp"
#include "../spectrum/fit.hpp"

namespace uonaco::inline UONACO_ABI {

/// Counted work, as in design_effort.
struct dimensioning_effort {
    unsigned iterations = 4000;      ///< of each search
    unsigned starts = 2;             ///< of each search
    unsigned bound_iterations = 400; ///< 0: without a bound
    unsigned seed = 1;
    unsigned paths = 3;           ///< of least length between two nodes, on which lightpaths may run
    unsigned routes = 48;         ///< of a demand with a latency bound or protection, at most
    unsigned spectrum_rounds = 8; ///< searches while wavelengths do not fit
    bool alternatives = true;     ///< also plan without protection, without latency bounds, and for all peaks at once
};

/// All lightpaths between two nodes over the same fibres: their traffic is spread over all of them.
struct lightpath_bundle {
    unsigned a = 0;
    unsigned b = 0;
    std::vector<unsigned> fibres{}; ///< from `a` on
    units::distance length{};
    units::latency latency{};
    units::bit_rate capacity{};          ///< each way, of the lightpaths that are lit
    std::vector<units::bit_rate> load{}; ///< each way, by period
};

/// A wavelength that is lit.
struct lit_lightpath {
    unsigned bundle = 0;
    unsigned module = 0;
    std::vector<unsigned> regenerators{}; ///< fibres of the bundle, by place, in front of which one stands
    std::vector<slot_run> slots{};        ///< between regenerators
};

/// A share of a demand in one period. `backup` is empty without protection.
struct planned_route {
    unsigned demand = 0;
    unsigned period = 0;
    units::bit_rate rate{};
    std::vector<unsigned> working{}; ///< bundles, from the demand's `a` on
    std::vector<unsigned> backup{};
};

/// In the unit of the problem's costs.
struct dimensioning_cost {
    double transceivers = 0.0;
    double ports = 0.0;
    double regenerators = 0.0;
    double wavelengths = 0.0;

    double total() const { return transceivers + ports + regenerators + wavelengths; }
};

struct dimensioning_plan {
    std::vector<lightpath_bundle> bundles{};
    std::vector<lit_lightpath> lightpaths{};
    std::vector<planned_route> routes{};
    dimensioning_cost cost{};
    double lower_bound = 0.0; ///< on the cost of every plan; 0 if none was asked for

    // What the same search comes to when one thing is not asked for; the plan's own cost where that asks for nothing.
    maybe<double> without_protection{};
    maybe<double> without_latency{};
    maybe<double>
        for_peaks{}; ///< every demand at its highest rate at once; unknown where no such plan was found that fits

    /// How far the plan is from proven best, at most: 0.05 = 5 % above the bound.
    double gap() const {
        const double c = cost.total();
        return c > lower_bound && lower_bound > 0 ? c / lower_bound - 1.0 : c > lower_bound;
    }
    /// 1 - cost / cost for the sum of peaks; unknown if that was not planned.
    maybe<units::ratio> sharing_saves() const {
        if (!for_peaks) return {};
        return *for_peaks > 0 ? units::ratio(1.0 - cost.total() / *for_peaks) : units::ratio(0.0);
    }
};

/// Where a plan has no more room.
struct dimensioning_limits {
    unsigned fibre = no_edge;        ///< with the fewest slots free; none where nothing is lit
    unsigned slots_used = 0;         ///< there
    unsigned demand = ~0u;           ///< with a route nearest to its latency bound; none without a bound
    units::latency slack{};          ///< there
    std::vector<unsigned> bundles{}; ///< by period: how many are fullest then (the first of equal periods)
    units::ratio fill = 0.0;         ///< of all capacity, what is used in each bundle's fullest period

    friend bool operator==(const dimensioning_limits&, const dimensioning_limits&) = default;
};

/// One way, with the routers between lightpaths. Precondition: bundles of the plan.
UONACO_LAZY
units::latency latency_along(const dimensioning_problem& p, const dimensioning_plan& plan, view<unsigned> bundles) {
    units::latency sum{};
    for (const unsigned b : bundles) sum += detail::late<UonacoLazy_>(plan).bundles[b].latency;
    return bundles.size() > 1 ? sum + p.router_delay * static_cast<double>(bundles.size() - 1) : sum;
}

/// What binds. Precondition: the plan is of this problem.
UONACO_LAZY
dimensioning_limits limits_of(const dimensioning_problem& problem, const dimensioning_plan& of) {
    const auto& p = detail::late<UonacoLazy_>(problem);
    const auto& plan = detail::late<UonacoLazy_>(of);
    detail::later_t<dimensioning_limits, UonacoLazy_> l;
    std::vector<unsigned> used(p.fibres.size());
    for (const auto& w : plan.lightpaths) {
        unsigned stretch = 0;
        const auto& fibres = plan.bundles[w.bundle].fibres;
        for (unsigned i = 0; i < fibres.size(); ++i) {
            if (stretch < w.regenerators.size() && w.regenerators[stretch] == i) ++stretch;
            used[fibres[i]] += w.slots[stretch].count;
        }
    }
    for (unsigned f = 0; f < used.size(); ++f)
        if (used[f] > l.slots_used) l.fibre = f, l.slots_used = used[f];
    for (const auto& r : plan.routes) {
        if (!p.demands[r.demand].within) continue;
        for (const auto* way : {&r.working, &r.backup}) {
            if (way->empty()) continue;
            const units::latency slack = *p.demands[r.demand].within - latency_along<UonacoLazy_>(p, plan, *way);
            if (l.demand == ~0u || slack < l.slack) l.demand = r.demand, l.slack = slack;
        }
    }
    l.bundles.resize(p.periods);
    double carried = 0.0, capacity = 0.0;
    for (const auto& b : plan.bundles) {
        unsigned fullest = 0;
        for (unsigned t = 1; t < p.periods; ++t)
            if (b.load[fullest] < b.load[t]) fullest = t;
        ++l.bundles[fullest];
        carried += b.load[fullest].si();
        capacity += b.capacity.si();
    }
    if (capacity > 0) l.fill = carried < capacity ? carried / capacity : 1.0;
    return l;
}

namespace detail {

// What every plan costs at least: the design between all pairs of nodes at once, each lightpath at the price of the shortest way that its
// module could take. Latency and spectrum are left out, disjointness too: a protected demand goes twice.
template <class Lazy>
later_t<design_problem, Lazy> relaxed_dimensioning(const later_t<dimensioning_problem, Lazy>& p) {
    later_t<design_problem, Lazy> d{.nodes = p.nodes, .periods = p.periods};
    std::vector<later_t<edge, Lazy>> edges;
    later_t<std::vector<double>, Lazy> length, hop;
    for (const auto& f : p.fibres) edges.push_back({f.a, f.b}), edges.push_back({f.b, f.a});
    const later_t<graph, Lazy> net(p.nodes, edges);
    basic_dijkstra<later_t<least_sum, Lazy>> by_length, by_hops;
    std::vector<std::vector<later_t<capacity_module, Lazy>>> modules(1ul * p.nodes * p.nodes);
    for (const auto& m : p.modules) {
        if (slots_of(m.mode) > p.slots) continue;
        length.clear(), hop.clear();
        for (const auto& f : p.fibres) {
            const bool reached = f.length <= m.mode.reach;
            length.insert(length.end(), 2, reached ? f.length.si() : __builtin_huge_val());
            hop.insert(hop.end(), 2, reached ? 1.0 : __builtin_huge_val());
        }
        for (unsigned a = 0; a < p.nodes; ++a) {
            by_length.run(net, length, a);
            by_hops.run(net, hop, a);
            for (unsigned b = a + 1; b < p.nodes; ++b) {
                if (!by_length.reached(b)) continue;
                const double far = by_length.cost(b);
                const double stretches = math::ceil(far / m.mode.reach.si() * (1 - 1e-9));
                modules[1ul * a * p.nodes + b].push_back(
                    {m.mode.rate.si() / 1e9, 2 * (m.transceiver + m.port) + (stretches - 1) * m.regenerator +
                                                 p.wavelength_per_km * far / 1e3 +
                                                 p.wavelength_per_fibre * by_hops.cost(b)});
            }
        }
    }
    for (unsigned a = 0; a < p.nodes; ++a)
        for (unsigned b = a + 1; b < p.nodes; ++b)
            if (const auto& some = modules[1ul * a * p.nodes + b]; !some.empty())
                d.links.push_back({a, b, 0.0, 0.0, some});
    for (const auto& t : p.demands)
        for (unsigned i = 0; i < p.periods; ++i)
            if (t.rates[i].si() > 0)
                d.demands.push_back({t.a,
                                     t.b,
                                     t.rates[i].si() / 1e9,
                                     i,
                                     t.protection == demand_protection::one_plus_one ? 2u : 1u,
                                     {}});
    return d;
}

template <class Lazy>
class dimensioning_search {
    template <class T>
    using list = later_t<std::vector<T>, Lazy>;

    // seen by the compiler only where a search is made
    using problem_type = later_t<dimensioning_problem, Lazy>;
    using plan_type = later_t<dimensioning_plan, Lazy>;
    using demand_type = later_t<traffic_demand, Lazy>;
    using lightpath_type = later_t<lit_lightpath, Lazy>;
    using route_type = later_t<planned_route, Lazy>;
    using bundle_type = later_t<lightpath_bundle, Lazy>;
    using module_type = later_t<lightpath_module, Lazy>;
    using fibre_kind = later_t<optical_fibre, Lazy>;
    using pair_type = later_t<path_pair, Lazy>;
    using design_type = later_t<design_problem, Lazy>;
    using design_link_type = later_t<design_link, Lazy>;
    using designed_type = later_t<network_plan, Lazy>;
    using path_type = later_t<path, Lazy>;
    using result_type = basic_result<plan_type, failure>;

  public:
    dimensioning_search(const problem_type& p, const dimensioning_effort& effort)
        : problem_(p), effort_(effort), slot_price_(p.fibres.size()) {
        list<later_t<edge, Lazy>> edges;
        list<later_t<edge_risk, Lazy>> members;
        double reach = 0.0;
        for (const module_type& m : p.modules)
            if (slots_of(m.mode) <= p.slots && m.mode.reach.si() > reach) reach = m.mode.reach.si();
        for (const fibre_kind& f : p.fibres) groups_.insert(groups_.end(), f.risks.begin(), f.risks.end());
        sort(groups_.data(), groups_.size(), [](unsigned x, unsigned y) { return x < y; });
        for (unsigned f = 0; f < p.fibres.size(); ++f) {
            const fibre_kind& x = p.fibres[f];
            edges.push_back({x.a, x.b}), edges.push_back({x.b, x.a});
            for (const unsigned e : {2 * f, 2 * f + 1}) {
                members.push_back({e, f});
                for (const unsigned r : x.risks) members.push_back({e, risk(r)});
                const bool reached = x.length.si() <= reach;
                length_.push_back(reached ? x.length.si() : __builtin_huge_val());
                delay_.push_back(reached ? x.latency().si() : __builtin_huge_val());
            }
        }
        fibres_ = graph(p.nodes, edges);
        risks_ = risk_groups(fibres_.edges(), members);
        bundle_at_.resize(1ul * p.nodes * p.nodes);
        // All pairs of small networks; of large ones those with traffic or a fibre.
        worth_.assign(1ul * p.nodes * p.nodes, p.nodes <= 24);
        for (const demand_type& d : p.demands) worth_[at(d.a, d.b)] = 1;
        for (const fibre_kind& f : p.fibres) worth_[at(f.a, f.b)] = 1;
    }

    /// Candidates for all demands; an error where one of them has no way, whatever it may cost.
    result_type plan() {
        for (unsigned a = 0; a < problem_.nodes; ++a)
            for (unsigned b = a + 1; b < problem_.nodes; ++b) {
                if (!worth_[at(a, b)]) continue;
                for (const path_type& way : k_shortest_(fibres_, length_, a, b, effort_.paths))
                    add_bundle(a, b, way.edges);
            }
        list<pair_type> apart(problem_.demands.size());
        for (unsigned d = 0; d < problem_.demands.size(); ++d)
            if (asks(problem_.demands[d]))
                if (auto f = own_ways(d, apart[d]); f.code != errc::none) return f;
        candidates_as_graph();
        ways_.clear();
        for (unsigned d = 0; d < problem_.demands.size(); ++d) {
            ways_.push_back({});
            if (!asks(problem_.demands[d])) continue;
            routes_of(d, apart[d]);
            if (ways_[d].empty() && constrained(problem_.demands[d]))
                return failure{errc::slo_missed, "demand", 0.0,
                               "no two disjoint ways within the latency bound found for demand " + std::to_string(d)};
        }
        return cheapest_that_fits();
    }

  private:
    struct candidate {
        unsigned a = 0, b = 0;
        list<unsigned> fibres{};
        list<unsigned> risks{}; ///< ascending
        double length = 0.0, delay = 0.0;
        list<unsigned> modules{};
        list<double> costs{}; ///< by module
        list<std::vector<unsigned>> regenerators{};
    };
    struct way_pair {
        list<unsigned> working{}, backup{};
    };

    // Risks are numbered: each fibre, then groups by their place in the order of numbers.
    unsigned risk(unsigned group) const {
        unsigned long low = 0, high = groups_.size();
        while (low < high) {
            const unsigned long middle = (low + high) / 2;
            (groups_[middle] < group ? low : high) = groups_[middle] < group ? middle + 1 : middle;
        }
        return static_cast<unsigned>(problem_.fibres.size() + low);
    }
    static bool asks(const demand_type& d) {
        if (d.a == d.b) return false;
        for (const units::bit_rate r : d.rates)
            if (r.si() > 0) return true;
        return false;
    }
    static bool constrained(const demand_type& d) {
        return d.within.known() || d.protection == demand_protection::one_plus_one;
    }
    unsigned long at(unsigned a, unsigned b) const { return 1ul * (a < b ? a : b) * problem_.nodes + (a < b ? b : a); }

    // A lightpath between two nodes over these edges of the fibre graph; no_edge if nothing can be lit there.
    unsigned add_bundle(unsigned a, unsigned b, const list<unsigned>& edges) {
        candidate c{a, b};
        for (const unsigned e : edges) c.fibres.push_back(e / 2);
        if (a > b) {
            c.a = b, c.b = a;
            for (unsigned long i = 0, j = c.fibres.size(); i + 1 < j; ++i) exchange(c.fibres[i], c.fibres[--j]);
        }
        auto& there = bundle_at_[at(a, b)];
        for (const unsigned i : there)
            if (candidates_[i].fibres == c.fibres) return i;
        list<double> hops;
        for (const unsigned f : c.fibres) {
            hops.push_back(problem_.fibres[f].length.si());
            c.length += hops.back();
            c.delay += problem_.fibres[f].latency().si();
            c.risks.push_back(f);
            for (const unsigned r : problem_.fibres[f].risks) c.risks.push_back(risk(r));
        }
        sort(c.risks.data(), c.risks.size(), [](unsigned x, unsigned y) { return x < y; });
        for (unsigned m = 0; m < problem_.modules.size(); ++m) {
            const module_type& module = problem_.modules[m];
            const regeneration r = regenerate<Lazy>(hops, module.mode.reach.si());
            if (!r.possible || slots_of(module.mode) > problem_.slots) continue;
            c.modules.push_back(m);
            c.costs.push_back(2 * (module.transceiver + module.port) +
                              static_cast<double>(r.before.size()) * module.regenerator + wavelength(c));
            c.regenerators.push_back(r.before);
        }
        if (c.modules.empty()) return no_edge;
        there.push_back(static_cast<unsigned>(candidates_.size()));
        candidates_.push_back(c);
        return there.back();
    }
    double wavelength(const candidate& c) const {
        return problem_.wavelength_per_km * c.length / 1e3 +
               problem_.wavelength_per_fibre * static_cast<double>(c.fibres.size());
    }

    // Makes sure of what proves that a demand can be served: its fastest way, its disjoint pair.
    later_t<failure, Lazy> own_ways(unsigned number, pair_type& apart) {
        const demand_type& d = problem_.demands[number];
        const auto none = [&](errc code, double margin, const char* why) {
            return failure{code, "demand", margin, why + (" for demand " + std::to_string(number))};
        };
        search_.run(fibres_, delay_, d.a, d.b);
        if (!search_.reached(d.b)) return none(errc::unreachable, 0.0, "no way that a module can light");
        if (d.within && search_.cost(d.b) > limit(d))
            return none(errc::slo_missed, d.within->si() > 0 ? search_.cost(d.b) / d.within->si() - 1 : 0.0,
                        "the fastest way is not within the latency bound");
        if (add_bundle(d.a, d.b, search_.path_of(d.b).edges) == no_edge)
            return none(errc::unreachable, 0.0, "no way that a module can light");
        if (d.protection == demand_protection::none) return {};
        const auto pair = pairs_(fibres_, d.within ? delay_ : length_, risks_, d.a, d.b, protection::risk);
        if (!pair)
            return none(pair.error().code, 0.0,
                        pair.error().code == errc::too_many ? "no two disjoint ways found" : "no two disjoint ways");
        apart.working = pair->working;
        apart.backup = pair->backup;
        if (d.within && (pair->working.cost > limit(d) || pair->backup.cost > limit(d)))
            if (const errc code = pair_in_time(d, apart); code != errc::none)
                return none(errc::slo_missed, 0.0,
                            code == errc::too_many ? "no two disjoint ways within the latency bound found"
                                                   : "no two disjoint ways within the latency bound");
        add_bundle(d.a, d.b, apart.working.edges);
        add_bundle(d.a, d.b, apart.backup.edges);
        return {};
    }
    // The least sum of delays need not be two ways in time: the shortest two of which both are. A lightpath end to end is the fastest there
    // is over its fibres, so if there is none here there is none at all.
    later_t<errc, Lazy> pair_in_time(const demand_type& d, pair_type& apart) const {
        const later_t<path_bound<double>, Lazy> bound{delay_, limit(d)};
        const auto found = bounded_disjoint_pair(fibres_, length_, risks_, d.a, d.b, bound, bound);
        if (!found) return found.error().code;
        apart.working = found->working;
        apart.backup = found->backup;
        return errc::none;
    }
    static double limit(const demand_type& d) { return d.within->si() * (1 + 1e-12); }

    void candidates_as_graph() {
        list<later_t<edge, Lazy>> edges;
        unit_price_.clear();
        for (const candidate& c : candidates_) {
            edges.push_back({c.a, c.b}), edges.push_back({c.b, c.a});
            double least = __builtin_huge_val();
            for (unsigned i = 0; i < c.modules.size(); ++i) {
                const double unit = c.costs[i] / (problem_.modules[c.modules[i]].mode.rate.si() / 1e9);
                least = unit < least ? unit : least;
            }
            unit_price_.insert(unit_price_.end(), 2, least);
        }
        bundles_ = graph(problem_.nodes, edges);
    }

    bool fast_enough(const demand_type& d, const list<unsigned>& way) const {
        if (!d.within) return true;
        double sum = static_cast<double>(way.size() - 1) * problem_.router_delay.si();
        for (const unsigned b : way) sum += candidates_[b].delay;
        return sum <= limit(d);
    }
    static list<unsigned> halved(const list<unsigned>& edges) {
        list<unsigned> numbers;
        for (const unsigned e : edges) numbers.push_back(e / 2);
        return numbers;
    }
    // The cheapest routes by what a unit of capacity costs, with direct ones in any case.
    list<std::vector<unsigned>> cheap_routes(const demand_type& d, unsigned most, view<unsigned char> usable) {
        list<std::vector<unsigned>> some;
        for (const unsigned b : bundle_at_[at(d.a, d.b)])
            if ((usable.empty() || usable[2ul * b]) && fast_enough(d, {b})) some.push_back({b});
        const unsigned ask = d.within ? 3 * most : most;
        for (const path_type& p : k_shortest_(bundles_, unit_price_, d.a, d.b, ask, usable)) {
            if (some.size() >= most) break;
            auto route = halved(p.edges);
            if (route.size() > 1 && fast_enough(d, route)) some.push_back(static_cast<list<unsigned>&&>(route));
        }
        return some;
    }

    void routes_of(unsigned number, const pair_type& apart) {
        const demand_type& d = problem_.demands[number];
        if (!constrained(d)) return;
        list<way_pair>& ways = ways_[number];
        if (d.protection == demand_protection::none) {
            for (auto& r : cheap_routes(d, effort_.routes, {})) ways.push_back({r, {}});
            return;
        }
        const unsigned direct = add_bundle(d.a, d.b, apart.working.edges);
        const unsigned other = add_bundle(d.a, d.b, apart.backup.edges);
        if (direct != no_edge && other != no_edge && fast_enough(d, {direct}) && fast_enough(d, {other}))
            ways.push_back({{direct}, {other}});
        const unsigned firsts = effort_.routes / 4 + 1;
        for (const auto& working : cheap_routes(d, firsts, {})) {
            list<unsigned char> usable(bundles_.edges(), 1), at_risk(problem_.fibres.size() + groups_.size(), 0);
            for (const unsigned b : working)
                for (const unsigned r : candidates_[b].risks) at_risk[r] = 1;
            for (unsigned b = 0; b < candidates_.size(); ++b)
                for (const unsigned r : candidates_[b].risks)
                    if (at_risk[r]) usable[2ul * b] = usable[2ul * b + 1] = 0;
            for (auto& backup : cheap_routes(d, 6, usable)) {
                if (ways.size() >= effort_.routes) break;
                bool known = false;
                for (const way_pair& w : ways)
                    known = known || (w.working == backup && w.backup == working) ||
                            (w.working == working && w.backup == backup);
                if (!known) ways.push_back({working, backup});
            }
        }
    }

    // ---- searches ----------------------------------------------------------------------------------------------------------
    result_type cheapest_that_fits() {
        result_type best = failure{errc::over_capacity, "fibre", 0.0, "no plan found whose wavelengths fit"};
        double unit = 0.0; // what a slot on a fibre is priced at
        for (unsigned round = 0; round < (effort_.spectrum_rounds ? effort_.spectrum_rounds : 1); ++round) {
            auto found = search(false);
            if (!found) return best ? best : found;
            unsigned full = no_edge;
            if (light(*found, full)) {
                best = found;
                break;
            }
            best = failure{errc::over_capacity, "fibre", 0.0,
                           "no plan found whose wavelengths fit on fibre " + std::to_string(full)};
            if (!(unit > 0)) unit = price_of_slots(*found);
            for (unsigned f = 0; f < slot_price_.size(); ++f)
                if (used_[f] * 10 >= 9 * problem_.slots || f == full) slot_price_[f] += unit;
        }
        if (!best || problem_.periods == 1) return best;
        // What holds all peaks at once holds every period: a plan to start from, or to keep.
        unsigned full = no_edge;
        auto peaks = search(true);
        if (peaks && light(*peaks, full)) {
            if (peaks->cost.total() < best->cost.total()) best = peaks;
            best->for_peaks = peaks->cost.total();
        }
        return best;
    }
    double price_of_slots(const plan_type& plan) const {
        double wide = 0.0;
        for (const lightpath_type& l : plan.lightpaths)
            wide +=
                slots_of(problem_.modules[l.module].mode) * static_cast<double>(plan.bundles[l.bundle].fibres.size());
        return wide > 0 ? plan.cost.total() / wide : 1.0;
    }

    result_type search(bool peaks) {
        design_type d{.nodes = problem_.nodes, .periods = peaks ? 1 : problem_.periods};
        double all = 0.0;
        for (const auto& f : problem_.fibres) all += f.length.si();
        for (const candidate& c : candidates_) {
            design_link_type l{c.a, c.b, 0.0, 0.0, {}};
            double price = 0.0;
            for (const unsigned f : c.fibres) price += slot_price_[f];
            for (unsigned i = 0; i < c.modules.size(); ++i) {
                const transceiver_mode& mode = problem_.modules[c.modules[i]].mode;
                // of equal ones the shorter way
                l.modules.push_back(
                    {mode.rate.si() / 1e9, c.costs[i] * (1 + 1e-4 * c.length / all) + price * slots_of(mode)});
            }
            d.links.push_back(l);
        }
        list<unsigned> whose;
        for (unsigned n = 0; n < problem_.demands.size(); ++n) {
            const demand_type& t = problem_.demands[n];
            if (!asks(t)) continue;
            list<std::vector<unsigned>> routes;
            for (const way_pair& w : ways_[n]) {
                routes.push_back(w.working);
                routes.back().insert(routes.back().end(), w.backup.begin(), w.backup.end());
            }
            const unsigned copies = t.protection == demand_protection::one_plus_one ? 2 : 1;
            if (peaks) {
                whose.push_back(n);
                d.demands.push_back({t.a, t.b, peak(t) / 1e9, 0, copies, routes});
            } else {
                for (unsigned i = 0; i < problem_.periods; ++i) {
                    if (!(t.rates[i].si() > 0)) continue;
                    whose.push_back(n);
                    d.demands.push_back({t.a, t.b, t.rates[i].si() / 1e9, i, copies, routes});
                }
            }
        }
        const auto designed = design_network<Lazy>(d, {effort_.iterations, effort_.starts, 0, effort_.seed});
        if (!designed) return designed.error();
        return as_plan(d, *designed, whose, peaks);
    }
    static double peak(const demand_type& t) {
        double most = 0.0;
        for (const units::bit_rate r : t.rates) most = r.si() > most ? r.si() : most;
        return most;
    }

    // One that nothing is lit on yet.
    bundle_type bundle_of(const candidate& c) const {
        return {c.a,
                c.b,
                c.fibres,
                units::distance::from_si(c.length),
                units::latency::from_si(c.delay),
                {},
                list<units::bit_rate>(problem_.periods)};
    }

    plan_type as_plan(const design_type& d, const designed_type& designed, const list<unsigned>& whose,
                      bool peaks) const {
        plan_type plan;
        list<unsigned> number(candidates_.size(), no_edge);
        for (unsigned i = 0; i < candidates_.size(); ++i) {
            const candidate& c = candidates_[i];
            for (unsigned j = 0; j < c.modules.size(); ++j) {
                const module_type& m = problem_.modules[c.modules[j]];
                for (unsigned n = 0; n < designed.modules[i][j]; ++n) {
                    if (number[i] == no_edge) {
                        number[i] = static_cast<unsigned>(plan.bundles.size());
                        plan.bundles.push_back(bundle_of(c));
                    }
                    plan.bundles[number[i]].capacity += m.mode.rate;
                    plan.lightpaths.push_back({number[i], c.modules[j], c.regenerators[j], {}});
                    plan.cost.transceivers += 2 * m.transceiver;
                    plan.cost.ports += 2 * m.port;
                    plan.cost.regenerators += static_cast<double>(c.regenerators[j].size()) * m.regenerator;
                    plan.cost.wavelengths += wavelength(c);
                }
            }
        }
        for (const planned_flow& f : designed.routing) {
            const unsigned n = whose[f.demand];
            const demand_type& t = problem_.demands[n];
            unsigned long half = f.links.size();
            for (const way_pair& w : ways_[n]) {
                if (w.backup.empty() || w.working.size() + w.backup.size() != f.links.size()) continue;
                bool same = true;
                for (unsigned i = 0; same && i < f.links.size(); ++i)
                    same = f.links[i] == (i < w.working.size() ? w.working[i] : w.backup[i - w.working.size()]);
                if (same) {
                    half = w.working.size();
                    break;
                }
            }
            route_type r{n, 0, {}, {}, {}};
            for (unsigned i = 0; i < f.links.size(); ++i)
                (i < half ? r.working : r.backup).push_back(number[f.links[i]]);
            for (unsigned i = 0; i < problem_.periods; ++i) {
                if (!peaks && i != d.demands[f.demand].period) continue;
                const double share = peaks ? f.amount * 1e9 / peak(t) * t.rates[i].si() : f.amount * 1e9;
                if (!(share > 0)) continue;
                r.period = i;
                r.rate = units::bit_rate::from_si(share);
                for (const auto* way : {&r.working, &r.backup})
                    for (const unsigned b : *way) plan.bundles[b].load[i] += r.rate;
                plan.routes.push_back(r);
            }
        }
        return plan;
    }

    // ---- spectrum ----------------------------------------------------------------------------------------------------------
    // Gives each lightpath its slots, the widest and longest first, each as low as it can; one that does not fit goes another way between
    // its ends if its traffic may. False: one does not fit anywhere, for want of `full`.
    bool light(plan_type& plan, unsigned& full) {
        free_ = spectrum(static_cast<unsigned>(problem_.fibres.size()), problem_.slots);
        row_.resize(free_.words()), scratch_.resize(free_.words());
        list<unsigned> order(plan.lightpaths.size());
        const auto wide = [&](unsigned i) {
            return 1ul * slots_of(problem_.modules[plan.lightpaths[i].module].mode) *
                   plan.bundles[plan.lightpaths[i].bundle].fibres.size();
        };
        for (unsigned i = 0; i < order.size(); ++i) order[i] = i;
        sort(order.data(), order.size(),
             [&](unsigned x, unsigned y) { return wide(x) != wide(y) ? wide(x) > wide(y) : x < y; });
        used_.assign(problem_.fibres.size(), 0);
        bool all = true;
        for (const unsigned i : order) {
            lightpath_type& l = plan.lightpaths[i];
            const auto fibres = plan.bundles[l.bundle].fibres; // of its own: another way may be a bundle more
            if (place(fibres, l) || another_way(plan, l)) continue;
            for (const unsigned f : fibres) {
                used_[f] += slots_of(problem_.modules[l.module].mode);
                if (all || free_.free_slots(f) < free_.free_slots(full)) full = f, all = false;
            }
        }
        // what was left by all that was on it
        for (unsigned b = static_cast<unsigned>(plan.bundles.size()); b-- > 0;) {
            if (plan.bundles[b].capacity.si() > 0) continue;
            plan.bundles.erase(plan.bundles.begin() + b);
            for (lightpath_type& l : plan.lightpaths) l.bundle -= l.bundle > b;
            for (route_type& r : plan.routes)
                for (auto* way : {&r.working, &r.backup})
                    for (unsigned& x : *way) x -= x > b;
        }
        return all;
    }

    // Takes slots for each stretch of a lightpath, or none at all.
    bool place(const list<unsigned>& fibres, lightpath_type& l) {
        const unsigned count = slots_of(problem_.modules[l.module].mode);
        l.slots.clear();
        bool fits = true;
        const auto stretches = [&](auto what) {
            unsigned first = 0;
            for (unsigned s = 0; s <= l.regenerators.size(); ++s) {
                const unsigned end =
                    s < l.regenerators.size() ? l.regenerators[s] : static_cast<unsigned>(fibres.size());
                what(s, view<unsigned>(fibres.data() + first, end - first));
                first = end;
            }
        };
        stretches([&](unsigned, view<unsigned> stretch) {
            free_.free_along(stretch, row_.data());
            l.slots.push_back(fit_run(row_.data(), free_.words(), count, spectrum_fit::first, scratch_.data()));
            fits = fits && l.slots.back();
        });
        if (!fits) return false;
        stretches([&](unsigned s, view<unsigned> stretch) {
            free_.take(stretch, l.slots[s]);
            for (const unsigned f : stretch) used_[f] += count;
        });
        return true;
    }

    bool another_way(plan_type& plan, lightpath_type& l) {
        const bundle_type from = plan.bundles[l.bundle]; // of its own: a bundle is added below
        for (const unsigned other : bundle_at_[at(from.a, from.b)]) {
            const candidate& c = candidates_[other];
            unsigned j = 0;
            while (j < c.modules.size() && c.modules[j] != l.module) ++j;
            if (c.fibres == from.fibres || j == c.modules.size()) continue;
            unsigned to = 0;
            while (to < plan.bundles.size() && plan.bundles[to].fibres != c.fibres) ++to;
            lightpath_type moved{to, l.module, c.regenerators[j], {}};
            const module_type& m = problem_.modules[l.module];
            const bool is_new = to == plan.bundles.size();
            if (is_new) plan.bundles.push_back(bundle_of(c));
            if (!place_if(plan, l, moved)) {
                if (is_new) plan.bundles.pop_back();
                continue;
            }
            const candidate& old = candidates_[candidate_of(plan.bundles[l.bundle])];
            plan.cost.regenerators +=
                (static_cast<double>(moved.regenerators.size()) - static_cast<double>(l.regenerators.size())) *
                m.regenerator;
            plan.cost.wavelengths += wavelength(c) - wavelength(old);
            l = moved;
            return true;
        }
        return false;
    }
    unsigned candidate_of(const bundle_type& b) const {
        for (const unsigned i : bundle_at_[at(b.a, b.b)])
            if (candidates_[i].fibres == b.fibres) return i;
        return no_edge;
    }

    // Moves a lightpath with the traffic that then has no room, if that may go there and there are slots.
    bool place_if(plan_type& plan, const lightpath_type& l, lightpath_type& moved) {
        const units::bit_rate rate = problem_.modules[l.module].mode.rate;
        struct share {
            unsigned route = 0;
            double rate = 0.0;
        };
        list<share> shares;
        for (unsigned t = 0; t < problem_.periods; ++t) {
            double over = plan.bundles[l.bundle].load[t].si() - (plan.bundles[l.bundle].capacity - rate).si();
            const double none = 1e-9 * rate.si();
            for (unsigned i = 0; i < plan.routes.size() && over > none; ++i) {
                if (plan.routes[i].period != t || !may_swap(plan, plan.routes[i], l.bundle, moved.bundle)) continue;
                const double part = plan.routes[i].rate.si() < over ? plan.routes[i].rate.si() : over;
                shares.push_back({i, part});
                over -= part;
            }
            if (over > none) return false;
        }
        if (!place(plan.bundles[moved.bundle].fibres, moved)) return false;
        plan.bundles[l.bundle].capacity -= rate;
        plan.bundles[moved.bundle].capacity += rate;
        for (const share& s : shares) {
            route_type r = plan.routes[s.route];
            const units::bit_rate part = units::bit_rate::from_si(s.rate);
            for (auto* way : {&r.working, &r.backup})
                for (unsigned& b : *way) b = b == l.bundle ? moved.bundle : b;
            plan.bundles[l.bundle].load[r.period] -= part;
            plan.bundles[moved.bundle].load[r.period] += part;
            if (s.rate >= r.rate.si()) {
                plan.routes[s.route] = r;
            } else {
                plan.routes[s.route].rate -= part;
                r.rate = part;
                plan.routes.push_back(r);
            }
        }
        return true;
    }
    bool may_swap(const plan_type& plan, const route_type& r, unsigned from, unsigned to) const {
        const demand_type& d = problem_.demands[r.demand];
        bool on_it = false;
        list<unsigned> ways[2]; // candidates
        for (unsigned w = 0; w < 2; ++w)
            for (const unsigned b : w == 0 ? r.working : r.backup) {
                on_it = on_it || b == from;
                ways[w].push_back(candidate_of(plan.bundles[b == from ? to : b]));
            }
        if (!on_it || !fast_enough(d, ways[0]) || (!ways[1].empty() && !fast_enough(d, ways[1]))) return false;
        for (const unsigned x : ways[0])
            for (const unsigned y : ways[1])
                for (const unsigned risk : candidates_[x].risks)
                    for (const unsigned other : candidates_[y].risks)
                        if (risk == other) return false;
        return true;
    }

    const problem_type& problem_;
    const later_t<dimensioning_effort, Lazy>& effort_;
    later_t<graph, Lazy> fibres_, bundles_;
    later_t<risk_groups, Lazy> risks_;
    list<unsigned> groups_;                    ///< numbers in use, ascending
    list<double> length_, delay_, unit_price_; ///< by edge
    list<candidate> candidates_;
    list<std::vector<unsigned>> bundle_at_; ///< candidates between two nodes
    list<unsigned char> worth_;             ///< by pair of nodes: are they to be joined
    list<std::vector<way_pair>> ways_;      ///< of each demand; none: every way
    list<double> slot_price_;               ///< by fibre
    list<unsigned> used_;                   ///< slots, by fibre
    later_t<spectrum, Lazy> free_;
    list<later_t<slot_word, Lazy>> row_, scratch_;
    basic_dijkstra<later_t<least_sum, Lazy>> search_;
    basic_k_shortest<later_t<least_sum, Lazy>> k_shortest_;
    later_t<protected_pair_search, Lazy> pairs_;
};

} // namespace detail

/// The cheapest plan found, with a bound. Deterministic. Errors name the demand or the fibre: out_of_range (a figure that cannot be),
/// unreachable (no way that a module can light), slo_missed (no way within the latency bound; of a protected demand, no two),
/// no_candidate (no two disjoint ways), too_many (none found, which is no proof), over_capacity (no plan found whose wavelengths fit on the
/// fibres). Allocates.
template <class Lazy = void>
basic_result<detail::later_t<dimensioning_plan, Lazy>, failure>
dimension_network(const dimensioning_problem& problem, const dimensioning_effort& effort = {}) {
    const auto& p = detail::late<Lazy>(problem);
    if (const char* wrong = problem_of<Lazy>(p)) return failure{errc::out_of_range, "dimensioning", 0.0, wrong};
    auto plan = detail::dimensioning_search<Lazy>(p, effort).plan();
    if (!plan) return plan;
    if (effort.alternatives) {
        const double cost = plan->cost.total();
        const auto otherwise = [&](auto forget) {
            detail::later_t<dimensioning_problem, Lazy> other = p;
            bool any = false;
            for (auto& d : other.demands) any = forget(d) || any;
            if (!any) return cost;
            const auto found = detail::dimensioning_search<Lazy>(other, effort).plan();
            return found && found->cost.total() < cost ? found->cost.total() : cost; // this plan would do as well
        };
        plan->without_protection = otherwise([](auto& d) {
            const bool had = d.protection != demand_protection::none;
            d.protection = demand_protection::none;
            return had;
        });
        plan->without_latency = otherwise([](auto& d) {
            const bool had = d.within.known();
            d.within = {};
            return had;
        });
    }
    if (!effort.alternatives) plan->for_peaks = {};
    if (effort.alternatives && p.periods == 1) plan->for_peaks = plan->cost.total();
    if (effort.bound_iterations)
        plan->lower_bound = detail::design_bound<Lazy>(detail::relaxed_dimensioning<Lazy>(p))(plan->cost.total(),
                                                                                              effort.bound_iterations);
    return plan;
}

} // namespace uonaco::inline UONACO_ABI
