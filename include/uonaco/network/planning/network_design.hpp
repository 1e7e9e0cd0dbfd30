// SPDX-License-Identifier: Apache-2.0
// network_design: which modules to buy on which links so that all demands can be routed at least cost, and a bound below
// which no plan can be. Search: take flow away and route it again where it costs least, accepting worse plans less and less
// (G. Schrimpf et al., "Record Breaking Optimization Results Using the Ruin and Recreate Principle", J. Comput. Phys. 2000).
#pragma once

#include "capacity_levels.hpp"
#include "design_bound.hpp"
#include "design_problem.hpp"

#include "../../base/result.hpp"
#include "../dijkstra.hpp"

#include <string>

namespace uonaco::inline UONACO_ABI {

/// How much work to do: counted, not timed, so that the answer is the same on every machine.
struct design_effort {
    unsigned iterations = 20000;     ///< of the search, in each start
    unsigned starts = 2;             ///< independent; the best plan counts
    unsigned bound_iterations = 600; ///< of the bound; 0: without a bound
    unsigned seed = 1;               ///< of the first start; the next ones take the numbers after it
};

/// A share of a demand on one route.
struct planned_flow {
    unsigned demand = 0;
    double amount = 0.0;
    std::vector<unsigned> links{}; ///< from the demand's `a` on; of a route with a backup, as the demand states it

    friend bool operator==(const planned_flow&, const planned_flow&) = default;
};

struct network_plan {
    std::vector<std::vector<unsigned>> modules{}; ///< how many, by link and by module of the link
    std::vector<double> capacity{};               ///< of each link, with what was there
    std::vector<planned_flow> routing{};          ///< all of every demand
    double cost = 0.0;                            ///< of what is there and of the modules
    double lower_bound = 0.0; ///< on the cost of every plan; on what is there if no bound was asked for

    /// How far the plan is from proven best, at most: 0.05 = 5 % above the bound. 0 for a plan that costs nothing.
    double gap() const { return cost > lower_bound && lower_bound > 0 ? cost / lower_bound - 1.0 : cost > lower_bound; }
};

namespace detail {

// Ruin and recreate over one problem, for one seed.
template <class Lazy>
class design_search {
    template <class T>
    using list = detail::later_t<std::vector<T>, Lazy>;

  public:
    design_search(const design_problem& p, const list<capacity_levels>& levels)
        : problem_(p), levels_(levels), periods_(p.periods), load_(p.links.size() * p.periods), need_(p.links.size()),
          level_(p.links.size()), weights_(2 * p.links.size()) {
        list<edge> edges;
        double price = 0.0, amount = 0.0;
        for (unsigned e = 0; e < p.links.size(); ++e) {
            edges.push_back({p.links[e].a, p.links[e].b});
            edges.push_back({p.links[e].b, p.links[e].a});
            const capacity_levels& l = levels[e];
            const capacity_levels::level& last = l[l.size() - 1];
            const double bought = last.capacity - l[0].capacity;
            slope_.push_back(bought > 0 ? last.cost / bought : 0.0);
            if (p.links[e].modules.empty()) {
                slope_[e] = -1.0;
                continue;
            }
            price += last.cost, amount += bought;
            if (l.size() > 1) step_ += last.cost / (l.size() - 1), ++steps_;
        }
        step_ = steps_ ? step_ / steps_ : 1.0;
        mean_slope_ = amount > 0 ? price / amount : 1.0;
        for (double& x : slope_) x = x < 0 ? mean_slope_ : x;
        net_ = later_t<graph, Lazy>(p.nodes, edges);
    }

    /// The first demand that found no route; ~0u: all did.
    unsigned start(unsigned seed) {
        state_ = 0x9e3779b97f4a7c15ull * (seed + 1ull);
        load_.assign(load_.size(), 0.0);
        need_.assign(need_.size(), 0.0);
        level_.assign(level_.size(), 0);
        flows_.clear();
        cost_ = 0.0;
        ruined_.clear();
        for (unsigned d = 0; d < problem_.demands.size(); ++d)
            if (counts(problem_.demands[d])) ruined_.push_back({d, problem_.demands[d].amount, {}});
        linear_ = 1.0;
        closed_ = no_edge;
        return recreate();
    }

    void improve(unsigned iterations) {
        list<planned_flow> best = flows_;
        double best_cost = cost_;
        if (flows_.empty() || steps_ == 0) return;
        for (unsigned i = 0; i < iterations; ++i) {
            const double left = 1.0 - static_cast<double>(i) / iterations;
            const double threshold = 0.5 * step_ * left * left * left * uniform();
            keep();
            ruin();
            linear_ = below(3) == 0 ? uniform() : 0.0;
            if (recreate() != ~0u || cost_ > kept_cost_ + threshold * uniform()) {
                restore();
            } else if (cost_ < best_cost * (1.0 - 1e-12)) {
                best = flows_;
                best_cost = cost_;
            }
        }
        flows_ = best;
    }

    const list<planned_flow>& flows() const { return flows_; }

  private:
    struct share {
        unsigned place = 0; ///< in flows_
        double kept = 0.0;  ///< what of it stays
    };

    double& load(unsigned e, unsigned t) { return load_[e * periods_ + t]; }
    unsigned period(const planned_flow& f) const { return problem_.demands[f.demand].period; }

    // splitmix64: S. Vigna, public domain.
    unsigned long long next() {
        unsigned long long z = state_ += 0x9e3779b97f4a7c15ull;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return z ^ (z >> 31);
    }
    unsigned below(unsigned long n) { return static_cast<unsigned>(next() % n); }
    double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

    void add(const planned_flow& f, double sign) {
        const unsigned t = period(f);
        for (const unsigned e : f.links) {
            load(e, t) += sign * f.amount;
            if (load(e, t) < 1e-9 * f.amount) load(e, t) = 0.0;
            double need = 0.0;
            for (unsigned s = 0; s < periods_; ++s) need = load(e, s) > need ? load(e, s) : need;
            need_[e] = need;
            const unsigned l = levels_[e].holding(need, level_[e]);
            UONACO_ASSERT(l < levels_[e].size());
            cost_ += levels_[e][l].cost - levels_[e][level_[e]].cost;
            level_[e] = l;
        }
    }

    // What `x` more costs on a link.
    double price(unsigned e, unsigned t, double x) const {
        const double sum = load_[e * periods_ + t] + x;
        if (e == closed_ && sum > limit_ * (1 + 1e-9)) return __builtin_huge_val();
        if (sum <= need_[e]) return 0.0;
        const unsigned l = levels_[e].holding(sum, level_[e]);
        return l < levels_[e].size() ? levels_[e][l].cost - levels_[e][level_[e]].cost : __builtin_huge_val();
    }
    // What more it can carry for nothing.
    double room(unsigned e, unsigned t) const {
        const double limit = e == closed_ ? limit_ : levels_[e][level_[e]].capacity;
        const double free = limit - load_[e * periods_ + t];
        return free > 0 ? free : 0.0;
    }

    unsigned recreate() {
        // the largest first, but not always: keys are amounts times a random factor
        keys_.clear();
        for (unsigned i = 0; i < ruined_.size(); ++i) keys_.push_back(ruined_[i].amount * (0.3 + uniform()));
        order_.clear();
        for (unsigned i = 0; i < ruined_.size(); ++i) {
            unsigned long j = order_.size();
            order_.push_back(i);
            for (; j > 0 && keys_[order_[j - 1]] < keys_[i]; --j) order_[j] = order_[j - 1];
            order_[j] = i;
        }
        for (const unsigned i : order_)
            if (!insert(ruined_[i].demand, ruined_[i].amount)) return ruined_[i].demand;
        return ~0u;
    }

    bool insert(unsigned d, double amount) {
        const unsigned t = problem_.demands[d].period;
        const bool may_split = below(4) != 0;
        for (unsigned part = 0; amount > 0; ++part) {
            planned_flow f{d, amount, {}};
            const double extra = cheapest(f, t);
            if (extra == __builtin_huge_val()) {
                // no route holds all of it: as much as the widest holds of what can be bought
                if (part > 64 || !widest(f, t, true)) return false;
            } else if (extra > 0 && may_split && part < 4) {
                planned_flow wide{d, amount, {}};
                if (widest(wide, t, false) && wide.amount > 1e-3 * amount) f = static_cast<planned_flow&&>(wide);
            }
            if (f.amount >= amount * (1 - 1e-9)) f.amount = amount;
            add(f, 1.0);
            amount -= f.amount;
            flows_.push_back(static_cast<planned_flow&&>(f));
        }
        return true;
    }

    // Fills in the route that adds least, and what it adds.
    double cheapest(planned_flow& f, unsigned t) {
        const design_demand& d = problem_.demands[f.demand];
        for (unsigned e = 0; e < need_.size(); ++e) {
            const double step = price(e, t, f.amount);
            const double slope = (slope_[e] * 0.999 + mean_slope_ * 0.001) * f.amount;
            // a hint of the long-run price breaks ties towards short and cheap routes
            prices_set(e, step == __builtin_huge_val() ? step : (1 - linear_) * step + (linear_ + 1e-3) * slope);
        }
        if (d.routes.empty()) {
            search_.run(net_, weights_, d.a, d.b);
            if (!search_.reached(d.b)) return __builtin_huge_val();
            take_path(f, d, search_);
        } else {
            double best = __builtin_huge_val();
            const list<unsigned>* chosen = nullptr;
            for (const list<unsigned>& r : d.routes) {
                double sum = 0.0;
                for (const unsigned e : r) sum += weights_[2 * e];
                if (sum < best) best = sum, chosen = &r;
            }
            if (!chosen) return __builtin_huge_val();
            f.links = *chosen;
        }
        double extra = 0.0;
        for (const unsigned e : f.links) extra += price(e, t, f.amount);
        return extra;
    }

    // Fills in the route on which most has room, and how much, at most what `f` asks for. False: none has any.
    bool widest(planned_flow& f, unsigned t, bool buying) {
        const design_demand& d = problem_.demands[f.demand];
        for (unsigned e = 0; e < need_.size(); ++e) {
            double w = room(e, t);
            if (buying && e != closed_) {
                const double most = levels_[e][levels_[e].size() - 1].capacity - load_[e * periods_ + t];
                w = most > 0 ? most : 0.0;
            }
            prices_set(e, w);
        }
        double width = 0.0;
        if (d.routes.empty()) {
            wide_.run(net_, weights_, d.a, d.b);
            if (!wide_.reached(d.b)) return false;
            width = wide_.cost(d.b);
            take_path(f, d, wide_);
        } else {
            for (const list<unsigned>& r : d.routes) {
                double least = __builtin_huge_val();
                for (const unsigned e : r) least = weights_[2 * e] < least ? weights_[2 * e] : least;
                if (least > width) width = least, f.links = r;
            }
        }
        if (width < f.amount) f.amount = width;
        return f.amount > 1e-9 * d.amount;
    }

    void prices_set(unsigned e, double w) { weights_[2 * e] = weights_[2 * e + 1] = w; }

    template <class Search>
    static void take_path(planned_flow& f, const design_demand& d, const Search& s) {
        f.links.clear();
        for (unsigned node = d.b; node != d.a; node = s.step(node).node) f.links.push_back(s.step(node).edge / 2);
        for (unsigned long i = 0, j = f.links.size(); i + 1 < j; ++i) {
            --j;
            const unsigned e = f.links[i];
            f.links[i] = f.links[j], f.links[j] = e;
        }
    }

    // ---- what to take away ---------------------------------------------------------------------------------------------
    void ruin() {
        closed_ = no_edge;
        const unsigned what = below(10);
        if (what < 7) {
            lower(some_link(), true);
            if (what < 2) lower(some_link(), false);
        } else if (what < 9) {
            for (unsigned n = 1 + below(4); n > 0 && !flows_.empty(); --n) take(below(flows_.size()));
        } else {
            const unsigned node = below(problem_.nodes);
            for (unsigned i = 0; i < flows_.size();) {
                bool there = false;
                for (const unsigned e : flows_[i].links)
                    there = there || problem_.links[e].a == node || problem_.links[e].b == node;
                if (there && below(2) == 0)
                    take(i);
                else
                    ++i;
            }
        }
    }

    unsigned some_link() {
        for (unsigned n = 0; n < 50; ++n) {
            const unsigned e = below(level_.size());
            if (level_[e] > 0) return e;
        }
        return below(level_.size());
    }

    // Takes flow off a link until it does with a lower level; `close`: and keeps it so.
    void lower(unsigned e, bool close) {
        if (level_[e] == 0) return;
        const unsigned target = below(5) < 3 ? level_[e] - 1 : below(level_[e]);
        const double limit = levels_[e][target].capacity;
        if (close) closed_ = e, limit_ = limit;
        keys_.clear();
        crossing_.clear();
        for (unsigned i = 0; i < flows_.size(); ++i)
            for (const unsigned l : flows_[i].links)
                if (l == e) crossing_.push_back(i);
        for (unsigned long i = crossing_.size(); i > 1; --i) {
            const unsigned j = below(i);
            const unsigned x = crossing_[i - 1];
            crossing_[i - 1] = crossing_[j], crossing_[j] = x;
        }
        chosen_.clear();
        for (const unsigned i : crossing_) {
            if (need_[e] <= limit * (1 + 1e-9)) break;
            const double over = load(e, period(flows_[i])) - limit;
            if (over <= 0) continue;
            const bool part = flows_[i].amount > over * (1 + 1e-9) && below(3) != 0;
            add(flows_[i], -1.0);
            double kept = 0.0;
            if (part) {
                kept = flows_[i].amount - over;
                planned_flow rest{flows_[i].demand, kept, flows_[i].links};
                add(rest, 1.0);
            }
            unsigned long j = chosen_.size(); // last places first, so that filling a gap moves none of the others
            chosen_.push_back({i, kept});
            for (; j > 0 && chosen_[j - 1].place < i; --j) chosen_[j] = chosen_[j - 1];
            chosen_[j] = {i, kept};
        }
        for (const share& c : chosen_) put_aside(c.place, c.kept);
    }

    void take(unsigned i) {
        add(flows_[i], -1.0);
        put_aside(i, 0.0);
    }
    void put_aside(unsigned i, double kept) {
        planned_flow& f = flows_[i];
        const double amount = f.amount - kept;
        f.amount = kept;
        bool known = false;
        for (planned_flow& r : ruined_)
            if (r.demand == f.demand) r.amount += amount, known = true;
        if (!known) ruined_.push_back({f.demand, amount, {}});
        if (kept > 0) return;
        if (i + 1 != flows_.size()) f = static_cast<planned_flow&&>(flows_.back());
        flows_.pop_back();
    }

    void keep() {
        kept_flows_ = flows_;
        kept_load_ = load_, kept_need_ = need_, kept_level_ = level_, kept_cost_ = cost_;
        ruined_.clear();
    }
    void restore() {
        flows_.swap(kept_flows_);
        load_.swap(kept_load_), need_.swap(kept_need_), level_.swap(kept_level_);
        cost_ = kept_cost_;
    }

    const design_problem& problem_;
    const list<capacity_levels>& levels_;
    unsigned periods_;
    later_t<graph, Lazy> net_;
    list<double> load_; ///< by link and period
    list<double> need_; ///< by link: the fullest period
    list<unsigned> level_;
    list<double> slope_; ///< of each link, what a unit costs in the long run
    list<planned_flow> flows_, ruined_, kept_flows_;
    double cost_ = 0.0, kept_cost_ = 0.0, step_ = 0.0, mean_slope_ = 0.0, linear_ = 0.0, limit_ = 0.0;
    unsigned steps_ = 0, closed_ = no_edge;
    list<double> kept_load_, kept_need_, keys_, weights_;
    list<unsigned> kept_level_, order_, crossing_;
    list<share> chosen_;
    unsigned long long state_ = 0;
    later_t<basic_dijkstra<least_sum>, Lazy> search_;
    later_t<basic_dijkstra<most_width>, Lazy> wide_;
};

} // namespace detail

/// The cheapest plan found, with a bound. Deterministic. Errors: out_of_range (a figure or a number that cannot be),
/// unreachable (no path joins the ends of a demand), over_capacity (no plan found in which the capacity there suffices on links
/// without modules). Allocates.
template <class Lazy = void>
basic_result<detail::later_t<network_plan, Lazy>, failure> design_network(const design_problem& problem,
                                                                          const design_effort& effort = {}) {
    const auto& p = detail::late<Lazy>(problem);
    if (const char* wrong = problem_of<Lazy>(p)) return failure{errc::out_of_range, "design", 0.0, wrong};
    detail::later_t<std::vector<capacity_levels>, Lazy> levels;
    double paid = 0.0;
    double all = 0.0;
    detail::later_t<std::vector<double>, Lazy> totals(p.periods, 0.0);
    for (const design_demand& d : p.demands)
        if (counts(d)) totals[d.period] += d.amount;
    for (const double t : totals) all = t > all ? t : all;
    // On links without modules a stand-in may be bought at a deterrent price: the search may start with it, no plan has it.
    capacity_module stand_in{all > 0 ? all / 16 : 1.0, 1.0};
    for (const design_link& l : p.links)
        for (const capacity_module& m : l.modules) stand_in.cost = m.cost > stand_in.cost ? m.cost : stand_in.cost;
    stand_in.cost *= 3;
    for (const design_link& l : p.links) {
        paid += l.paid;
        levels.emplace_back(l.installed,
                            l.modules.empty() ? view<capacity_module>(&stand_in, 1) : view<capacity_module>(l.modules),
                            all);
    }
    detail::later_t<network_plan, Lazy> plan;
    detail::design_search<Lazy> search(p, levels);
    detail::later_t<std::vector<double>, Lazy> need;
    for (unsigned s = 0; s < (effort.starts ? effort.starts : 1); ++s) {
        if (const unsigned d = search.start(effort.seed + s); d != ~0u) {
            return failure{joined(p, p.demands[d].a, p.demands[d].b) ? errc::over_capacity : errc::unreachable,
                           "demand", 0.0, "no route for demand " + std::to_string(d)};
        }
        search.improve(effort.iterations);
        detail::later_t<std::vector<double>, Lazy> load(p.links.size() * p.periods, 0.0);
        for (const planned_flow& f : search.flows())
            for (const unsigned e : f.links) load[e * p.periods + p.demands[f.demand].period] += f.amount;
        detail::later_t<network_plan, Lazy> found;
        bool lacking = false;
        found.cost = paid;
        found.routing = search.flows();
        for (unsigned e = 0; e < p.links.size(); ++e) {
            double most = 0.0;
            for (unsigned t = 0; t < p.periods; ++t)
                most = load[e * p.periods + t] > most ? load[e * p.periods + t] : most;
            const unsigned l = levels[e].holding(most);
            UONACO_ASSERT(l < levels[e].size());
            found.cost += levels[e][l].cost;
            found.capacity.push_back(levels[e][l].capacity);
            found.modules.emplace_back(p.links[e].modules.size(), 0u);
            if (!p.links[e].modules.empty())
                levels[e].add_modules(l, found.modules.back());
            else if (l > 0)
                lacking = true;
        }
        if (lacking) continue;
        if (plan.capacity.empty() || found.cost < plan.cost)
            plan = static_cast<detail::later_t<network_plan, Lazy>&&>(found);
    }
    if (plan.capacity.empty() && !p.links.empty())
        return failure{errc::over_capacity, "design", 0.0, "no plan found that links without modules can carry"};
    plan.lower_bound =
        effort.bound_iterations ? detail::design_bound<Lazy>(p)(plan.cost, effort.bound_iterations) : paid;
    return plan;
}

} // namespace uonaco::inline UONACO_ABI
