// SPDX-License-Identifier: Apache-2.0
// design_bound: what every plan costs at least. The price of each module is shared out (Lagrangian decomposition,
// M. Guignard and S. Kim, Math. Programming 39, 1987): a part pays for flow, at so much for each unit, which then takes
// shortest paths; other parts pay for cuts of the network, each of which must hold whole modules for all that crosses it; a last
// part of a link's price is due for being there at all: a demand between its ends pays for it if it goes the direct way, as without
// a module nothing does (the strong inequalities flow <= demand x modules of B. Gendron and T. Crainic, 1994). Any way to share gives a bound; subgradient steps (B. Polyak, 1969) look for a good one.
#pragma once

#include "design_problem.hpp"

#include "../dijkstra.hpp"

namespace uonaco::inline UONACO_ABI::detail {

template <class Lazy>
class design_bound {
    template <class T>
    using list = later_t<std::vector<T>, Lazy>;

  public:
    explicit design_bound(const later_t<design_problem, Lazy>& p)
        : problem_(p), links_(static_cast<unsigned>(p.links.size())), periods_(p.periods) {
        list<edge> edges;
        for (const auto& l : p.links) {
            edges.push_back({l.a, l.b});
            edges.push_back({l.b, l.a});
            paid_ += l.paid;
        }
        net_ = later_t<graph, Lazy>(p.nodes, edges);
        useful_modules();
        unit_prices();
        find_cuts();
    }

    /// `above`: the cost of a plan. Precondition: all demands can be routed.
    double operator()(double above, unsigned iterations) {
        double best = climb(above, iterations, false);
        bool any = false;
        for (const unsigned e : direct_) any = any || e != no_edge;
        if (any) {
            const double other = climb(above, iterations, true);
            best = other > best ? other : best;
        }
        best *= 1.0 - 1e-9; // sums of rounded figures
        return paid_ + (best > 0 ? best : 0.0);
    }

  private:
    // Subgradient steps from one of the two starts.
    double climb(double above, unsigned iterations, bool opening) {
        start(opening);
        double best = 0.0;
        double factor = 1.0;
        list<double> best_flow = flow_share_, best_cut = cut_share_, best_open = open_share_;
        for (unsigned i = 0, idle = 0; i < iterations; ++i) {
            const double found = evaluate();
            if (found > best) {
                idle = found > best * (1 + 1e-5) ? 0 : idle + 1;
                best = found, best_flow = flow_share_, best_cut = cut_share_, best_open = open_share_;
            } else if (++idle > 25) {
                factor *= 0.6, idle = 0;
                flow_share_ = best_flow, cut_share_ = best_cut, open_share_ = best_open;
                if (factor < 1e-4) break;
                evaluate();
            }
            double norm = 0.0;
            for (unsigned j = 0; j < flow_step_.size(); ++j) norm += flow_step_[j] * flow_step_[j];
            for (unsigned j = 0; j < cut_step_.size(); ++j) norm += cut_step_[j] * cut_step_[j];
            for (unsigned j = 0; j < open_step_.size(); ++j) norm += open_step_[j] * open_step_[j];
            const double missing = above - paid_ - found;
            if (!(norm > 0) || !(missing > 0)) break;
            const double step = factor * missing / norm;
            for (unsigned j = 0; j < flow_step_.size(); ++j) flow_share_[j] += step * flow_step_[j];
            for (unsigned j = 0; j < cut_step_.size(); ++j) cut_share_[j] += step * cut_step_[j];
            for (unsigned j = 0; j < open_step_.size(); ++j) open_share_[j] += step * open_step_[j];
            share_out();
        }
        return best;
    }

    struct cut {
        double need = 0.0;             ///< what modules must hold
        list<capacity_module> kinds{}; ///< the sizes of modules on its links
        list<unsigned> entries{};      ///< of entries_
    };
    // One module of one link in one cut: what share of its price the cut has.
    struct entry {
        unsigned kind = 0; ///< in cut::kinds
        double cost = 0.0;
    };
    struct offer {
        unsigned link = 0;
        capacity_module module{};
        list<unsigned> entries{}; ///< the cuts' shares of this module
    };

    // Leaves out modules that others together replace at no more cost: some best plan has none of them.
    void useful_modules() {
        later_t<capacity_levels, Lazy> levels;
        first_.push_back(0);
        for (unsigned e = 0; e < links_; ++e) {
            list<capacity_module> kept = problem_.links[e].modules;
            for (unsigned m = static_cast<unsigned>(kept.size()); m-- > 0;) {
                list<capacity_module> others = kept;
                others.erase(others.begin() + m);
                if (others.empty()) continue;
                levels.build(0.0, others, kept[m].capacity);
                if (levels[levels.size() - 1].capacity >= kept[m].capacity &&
                    levels[levels.size() - 1].cost <= kept[m].cost)
                    kept = others;
            }
            for (const capacity_module& m : kept) offers_.push_back({e, m, {}});
            first_.push_back(static_cast<unsigned>(offers_.size()));
        }
    }

    void unit_prices() {
        double sum = 0.0;
        unsigned known = 0;
        for (unsigned e = 0; e < links_; ++e) {
            double least = __builtin_huge_val();
            for (unsigned o = first_[e]; o < first_[e + 1]; ++o) {
                const double unit = offers_[o].module.cost / offers_[o].module.capacity;
                least = unit < least ? unit : least;
            }
            unit_.push_back(first_[e] == first_[e + 1] ? -1.0 : least);
            if (unit_[e] > 0) sum += unit_[e], ++known;
        }
        for (double& u : unit_)
            if (u < 0) u = known ? sum / known : 1.0; // nothing to be bought: any price is allowed, this is its scale
    }

    // ---- cuts: single nodes, linked pairs, and what grows from each node by the link that adds least ----------------------
    void find_cuts() {
        list<char> side(problem_.nodes, 0);
        sides_.clear();
        for (unsigned v = 0; v < problem_.nodes; ++v) {
            side.assign(side.size(), 0);
            side[v] = 1;
            add_cut(side);
            // grows by the node with the most links to the inside
            for (unsigned size = 2; size <= problem_.nodes / 2 && size <= 12; ++size) {
                list<unsigned> ties(problem_.nodes, 0), out(problem_.nodes, 0);
                for (const auto& l : problem_.links) {
                    if (side[l.a] && !side[l.b]) ++ties[l.b];
                    if (side[l.b] && !side[l.a]) ++ties[l.a];
                    if (!side[l.a] && !side[l.b]) ++out[l.a], ++out[l.b];
                }
                unsigned best = no_node;
                for (unsigned n = 0; n < problem_.nodes; ++n) {
                    if (!ties[n]) continue;
                    const auto less = [&](unsigned x) { return static_cast<int>(out[x]) - static_cast<int>(ties[x]); };
                    if (best == no_node || less(n) < less(best)) best = n;
                }
                if (best == no_node) break;
                side[best] = 1;
                add_cut(side);
            }
        }
        for (const auto& l : problem_.links) {
            side.assign(side.size(), 0);
            side[l.a] = side[l.b] = 1;
            add_cut(side);
        }
        cut_share_.assign(entries_.size(), 0.0);
        cut_step_.assign(entries_.size(), 0.0);
        flow_share_.assign(static_cast<unsigned long>(links_) * periods_, 0.0);
        flow_step_ = flow_share_;
        open_share_ = flow_share_;
        open_step_ = flow_share_;
        find_direct();
    }

    // Of each demand the link between its ends that nothing is installed on, and what demands of a period ask of such a link.
    void find_direct() {
        between_.assign(open_share_.size(), 0.0);
        for (unsigned e = 0; e < links_; ++e) {
            double least = __builtin_huge_val();
            for (unsigned o = first_[e]; o < first_[e + 1]; ++o)
                least = offers_[o].module.cost < least ? offers_[o].module.cost : least;
            least_.push_back(first_[e] == first_[e + 1] ? 0.0 : least);
        }
        for (const auto& d : problem_.demands) {
            direct_.push_back(no_edge);
            for (unsigned e = 0; counts(d) && e < links_ && direct_.back() == no_edge; ++e) {
                const design_link& l = problem_.links[e];
                if (l.installed > 0 || !(least_[e] > 0)) continue;
                if ((l.a == d.a && l.b == d.b) || (l.a == d.b && l.b == d.a)) direct_.back() = e;
            }
            if (direct_.back() != no_edge) between_[direct_.back() * periods_ + d.period] += d.amount;
        }
    }

    void add_cut(list<char> side) {
        if (side.empty()) return;
        if (side[0])
            for (char& s : side) s = !s;
        for (const list<char>& s : sides_)
            if (s == side) return;
        cut c;
        list<double> need(periods_, 0.0);
        for (const auto& d : problem_.demands)
            if (counts(d) && side[d.a] != side[d.b]) need[d.period] += d.amount * d.copies;
        for (const double n : need) c.need = n > c.need ? n : c.need;
        double there = 0.0;
        for (const auto& l : problem_.links)
            if (side[l.a] != side[l.b]) there += l.installed;
        c.need = (c.need - there) - 1e-9 * c.need;
        if (!(c.need > 0)) return;
        for (unsigned e = 0; e < links_; ++e) {
            if (side[problem_.links[e].a] == side[problem_.links[e].b]) continue;
            for (unsigned o = first_[e]; o < first_[e + 1]; ++o) {
                unsigned kind = 0;
                while (kind < c.kinds.size() && c.kinds[kind].capacity != offers_[o].module.capacity) ++kind;
                if (kind == c.kinds.size()) c.kinds.push_back(offers_[o].module);
                offers_[o].entries.push_back(static_cast<unsigned>(entries_.size()));
                c.entries.push_back(static_cast<unsigned>(entries_.size()));
                entries_.push_back({kind, offers_[o].module.cost});
            }
        }
        sides_.push_back(static_cast<list<char>&&>(side));
        if (!c.entries.empty()) cuts_.push_back(static_cast<cut&&>(c));
    }

    // ---- shares ------------------------------------------------------------------------------------------------------------
    // Half for flow and half for cuts; or, by `opening`, so much for being there that a direct way costs as much as one of two links.
    void start(bool opening) {
        unsigned busiest = 0;
        list<double> total(periods_, 0.0);
        for (const auto& d : problem_.demands)
            if (counts(d)) total[d.period] += d.amount;
        for (unsigned t = 0; t < periods_; ++t)
            if (total[t] > total[busiest]) busiest = t;
        flow_share_.assign(flow_share_.size(), 0.0);
        for (unsigned e = 0; e < links_; ++e)
            if (first_[e] != first_[e + 1]) flow_share_[e * periods_ + busiest] = cuts_.empty() ? 1.0 : 0.5;
        for (const offer& o : offers_)
            for (const unsigned i : o.entries) cut_share_[i] = 0.5 / static_cast<double>(o.entries.size());
        open_share_.assign(open_share_.size(), 0.0);
        for (unsigned e = 0; opening && e < links_; ++e) {
            if (first_[e] == first_[e + 1]) continue;
            const unsigned long at = 1ul * e * periods_ + busiest;
            const double due = between_[at] > 0 ? least_[e] / between_[at] : 0.0;
            flow_share_[at] = due > 0 ? due / (unit_[e] + due) : 1.0;
            open_share_[at] = due > 0 ? 1 - flow_share_[at] : 0.0;
        }
        if (opening)
            for (double& c : cut_share_) c = 0.0;
        share_out();
    }

    // Shares of no module come to more than its price, and none is below 0: the excess is taken from all alike.
    void share_out() {
        for (double& s : flow_share_) s = s > 0 ? s : 0.0;
        for (double& s : cut_share_) s = s > 0 ? s : 0.0;
        for (double& s : open_share_) s = s > 0 ? s : 0.0;
        for (unsigned e = 0; e < links_; ++e) {
            if (first_[e] == first_[e + 1]) continue;
            double* const flow = flow_share_.data() + static_cast<unsigned long>(e) * periods_;
            double* const open = open_share_.data() + static_cast<unsigned long>(e) * periods_;
            double take = 0.0; // from each of the flow's
            for (unsigned o = first_[e]; o < first_[e + 1]; ++o) {
                const double part = portion(e, o);
                const double opening = opening_portion(e, o);
                double low = 0.0;
                for (unsigned round = 0; round < 4; ++round) {
                    double sum = 0.0;
                    unsigned positive = 0;
                    for (unsigned t = 0; t < periods_; ++t)
                        if (flow[t] > low) sum += (flow[t] - low) * part, ++positive;
                    for (unsigned t = 0; t < periods_; ++t)
                        if (open[t] > low) sum += (open[t] - low) * opening, ++positive;
                    for (const unsigned i : offers_[o].entries)
                        if (cut_share_[i] > low) sum += cut_share_[i] - low, ++positive;
                    if (sum <= 1 || positive == 0) break;
                    low += (sum - 1) / positive;
                }
                for (const unsigned i : offers_[o].entries)
                    cut_share_[i] = cut_share_[i] > low ? cut_share_[i] - low : 0.0;
                take = low > take ? low : take;
            }
            for (unsigned t = 0; t < periods_; ++t) flow[t] = flow[t] > take ? flow[t] - take : 0.0;
            for (unsigned t = 0; t < periods_; ++t) open[t] = open[t] > take ? open[t] - take : 0.0;
            // and exactly so
            double sum = 0.0;
            for (unsigned t = 0; t < periods_; ++t) sum += flow[t];
            if (sum > 1) {
                for (unsigned t = 0; t < periods_; ++t) flow[t] /= sum;
                sum = 1;
            }
            double opened = 0.0;
            for (unsigned t = 0; t < periods_; ++t) opened += open[t];
            for (unsigned o = first_[e]; opened > 0 && o < first_[e + 1]; ++o) {
                const double left = 1 - sum * portion(e, o);
                if (opened * opening_portion(e, o) <= left) continue;
                const double keep = left > 0 ? left / (opened * opening_portion(e, o)) : 0.0;
                for (unsigned t = 0; t < periods_; ++t) open[t] *= keep;
                opened *= keep;
            }
            for (unsigned o = first_[e]; o < first_[e + 1]; ++o) {
                double cuts = 0.0;
                for (const unsigned i : offers_[o].entries) cuts += cut_share_[i];
                const double left = 1 - sum * portion(e, o) - opened * opening_portion(e, o);
                if (cuts > left)
                    for (const unsigned i : offers_[o].entries) cut_share_[i] *= left > 0 ? left / cuts : 0.0;
            }
        }
    }

    // Which part of a module's price goes to flow if the link's whole unit price does.
    double portion(unsigned e, unsigned o) const {
        return offers_[o].module.cost > 0 ? unit_[e] * offers_[o].module.capacity / offers_[o].module.cost : 1.0;
    }

    // Which part if as much as the link's cheapest module costs is due for being there.
    double opening_portion(unsigned e, unsigned o) const {
        return offers_[o].module.cost > 0 ? least_[e] / offers_[o].module.cost : least_[e] > 0 ? 1.0 : 0.0;
    }

    // The bound of the shares as they are, and the direction in which it grows.
    double evaluate() {
        double bound = 0.0;
        for (double& s : flow_step_) s = 0.0;
        for (double& s : cut_step_) s = 0.0;
        for (double& s : open_step_) s = 0.0;
        weights_.resize(2ul * links_);
        for (unsigned t = 0; t < periods_; ++t) {
            for (unsigned e = 0; e < links_; ++e) {
                weights_[2ul * e] = weights_[2ul * e + 1] = flow_share_[e * periods_ + t] * unit_[e];
                bound -= weights_[2ul * e] * problem_.links[e].installed;
                flow_step_[e * periods_ + t] -= unit_[e] * problem_.links[e].installed;
            }
            for (unsigned a = 0; a < problem_.nodes; ++a) {
                bool searched = false;
                for (unsigned i = 0; i < problem_.demands.size(); ++i) {
                    const design_demand& d = problem_.demands[i];
                    if (d.a != a || d.period != t || !counts(d)) continue;
                    if (!searched) search_.run(net_, weights_, a), searched = true;
                    if (search_.reached(d.b)) bound += route(d, direct_[i]);
                }
            }
        }
        for (cut& c : cuts_) bound += cheapest_cover(c);
        return bound;
    }

    // The demand's cheapest way, or the next if that is the direct link and being there costs more.
    double route(const design_demand& d, unsigned direct) {
        const double amount = d.amount * d.copies;
        const basic_dijkstra<least_sum>* way = &search_;
        double opening = 0.0;
        if (direct != no_edge && search_.step(d.b).edge / 2 == direct) {
            const unsigned long at = 1ul * direct * periods_ + d.period;
            opening = open_share_[at] * least_[direct] / between_[at];
            if (opening > 0) {
                const double own = weights_[2ul * direct];
                weights_[2ul * direct] = weights_[2ul * direct + 1] = __builtin_huge_val();
                around_.run(net_, weights_, d.a, d.b);
                weights_[2ul * direct] = weights_[2ul * direct + 1] = own;
                if (around_.reached(d.b) && around_.cost(d.b) < own + opening) way = &around_, opening = 0.0;
            }
            if (way == &search_) open_step_[at] += amount * least_[direct] / between_[at];
        }
        for (unsigned n = d.b; n != d.a; n = way->step(n).node) {
            const unsigned e = way->step(n).edge / 2;
            flow_step_[e * periods_ + d.period] += amount * unit_[e];
        }
        return amount * (way->cost(d.b) + opening);
    }

    double cheapest_cover(cut& c) {
        cheapest_.assign(c.kinds.size(), no_edge);
        for (const unsigned i : c.entries) {
            const unsigned k = entries_[i].kind;
            const double price = entries_[i].cost * cut_share_[i];
            if (cheapest_[k] == no_edge || price < c.kinds[k].cost) c.kinds[k].cost = price, cheapest_[k] = i;
        }
        levels_.build(0.0, c.kinds, c.need);
        const capacity_levels::level& last = levels_[levels_.size() - 1];
        if (levels_.exact()) {
            counts_.assign(c.kinds.size(), 0);
            levels_.add_modules(levels_.size() - 1, counts_);
            for (unsigned k = 0; k < c.kinds.size(); ++k)
                cut_step_[cheapest_[k]] += counts_[k] * entries_[cheapest_[k]].cost;
            return last.cost;
        }
        unsigned thrifty = 0; // parts of modules, at the least price for a unit
        for (unsigned k = 1; k < c.kinds.size(); ++k)
            if (c.kinds[k].cost * c.kinds[thrifty].capacity < c.kinds[thrifty].cost * c.kinds[k].capacity) thrifty = k;
        const double bought = c.need / c.kinds[thrifty].capacity;
        cut_step_[cheapest_[thrifty]] += bought * entries_[cheapest_[thrifty]].cost;
        return bought * c.kinds[thrifty].cost;
    }

    const later_t<design_problem, Lazy>& problem_;
    unsigned links_ = 0;
    unsigned periods_ = 1;
    double paid_ = 0.0;
    later_t<graph, Lazy> net_;
    list<offer> offers_;
    list<unsigned> first_; ///< offer of each link
    list<double> unit_, weights_;
    list<cut> cuts_;
    list<entry> entries_;
    list<std::vector<char>> sides_;
    list<double> flow_share_, flow_step_, cut_share_, cut_step_;
    list<unsigned> direct_; ///< link of each demand
    list<double> least_, between_, open_share_, open_step_;
    list<unsigned> cheapest_, counts_;
    later_t<capacity_levels, Lazy> levels_;
    basic_dijkstra<least_sum> search_, around_;
};

} // namespace uonaco::inline UONACO_ABI::detail
