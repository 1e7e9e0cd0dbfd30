// SPDX-License-Identifier: Apache-2.0
// How much of all demands a network carries at once, how full that makes its links, and what each demand would get if all asked alike.
#include "decisions.hpp"
#include "demands.hpp"
#include "network_columns.hpp"
#include "text.hpp"
#include "verbs.hpp"

#include <uonaco/network/dijkstra.hpp>
#include <uonaco/network/flows/concurrent_flow.hpp>
#include <uonaco/network/flows/integral.hpp>
#include <uonaco/network/flows/max_min.hpp>

#include <algorithm>

namespace program {

namespace {

namespace units = uonaco::units;
using uonaco::flow_failure;

/// A routing of all demands in full, and how full it makes the fullest link.
struct routed {
    routing by = routing::split;
    double greatest = 0;             ///< utilisation
    double at_least = 0;             ///< no routing of its kind makes the fullest link less full
    bool proven = true;              ///< within the gap asked for, where a kind is asked to be
    std::vector<double> load{};      ///< by edge
    std::vector<std::string> ways{}; ///< by demand: the paths taken, where they are few
};

struct flow_answer {
    std::vector<routed> routings{};
    std::vector<double> fair{}; ///< by demand, if it was asked for
    bool fair_exact = true;
    flow_failure failed{};
};

class flow_desk {
  public:
    flow_desk(const desk& d, const std::vector<traffic>& asked)
        : d_(d), g_(d.where.net().net), room_(room_of(d, d.args.flow.potential)) {
        for (const traffic& t : asked)
            demands_.push_back(
                uonaco::demand::of(node_of(d.record.estate, t.from), node_of(d.record.estate, t.to), t.rate));
    }

    flow_answer answer() {
        flow_answer a;
        const flow_question& q = d_.args.flow;
        const auto best = max_concurrent_flow(g_, room_, demands_, {.gap = q.gap / 100});
        if (!best) return {{}, {}, true, best.error()};
        a.routings.push_back({routing::split, full(best->share), full(best->bound), best->proven, best->load, {}});
        tunnels_ = k_shortest_tunnels(g_, room_, demands_, d_.where.net().edge_delay, static_cast<unsigned>(q.tunnels));
        const auto few = max_path_flow(g_, room_, demands_, tunnels_, {.gap = q.gap / 100});
        if (!few) return {{}, {}, true, few.error()};
        a.routings.push_back(over_tunnels(*few));
        for (const unsigned parts : {1u, static_cast<unsigned>(q.parts)}) {
            const auto whole = unsplittable_flow(g_, room_, demands_, tunnels_, {.parts = parts});
            if (!whole) return {{}, {}, true, whole.error()};
            a.routings.push_back(in_parts(*whole, full(few->bound)));
            a.routings.back().by = a.routings.size() == 3 ? routing::single : routing::parts;
        }
        if (q.fair) {
            const auto rates = max_min_fair(g_, room_, demands_, tunnels_);
            if (!rates) return {{}, {}, true, rates.error()};
            a.fair = rates->rate;
            a.fair_exact = rates->exact;
        }
        return a;
    }

    const std::vector<double>& room() const { return room_; }

    /// Cost of B. Fortz and M. Thorup over that of the shortest paths in hops through empty links: 1 is as good as it gets, 32/3 is what
    /// links exactly full along such paths come to.
    double congestion(const routed& r) const {
        double least = 0;
        std::vector<unsigned char> open(room_.size());
        for (unsigned e = 0; e < open.size(); ++e) open[e] = room_[e] > 0;
        uonaco::dijkstra search;
        const std::vector<double> ones(room_.size(), 1.0);
        for (const uonaco::demand& x : demands_) {
            if (!(x.amount > 0)) continue; // it may lead nowhere
            search.run(g_, ones, x.from, x.to, open);
            if (!search.reached(x.to)) continue;
            least += x.amount * search.cost(x.to);
        }
        return least > 0 ? uonaco::congestion(uonaco::view<double>(r.load), room_) / least : 0;
    }

  private:
    /// How full the fullest link is where this share of all demands fits; 0 where nothing is to be carried.
    static double full(double share) { return share > 0 && share < uonaco::math::most ? 1 / share : 0; }
    std::string via(unsigned tunnel) const {
        const unsigned from = demands_[tunnels_.demand_of(tunnel)].from;
        std::string text = name_of_node(d_.record.estate, from);
        for (const unsigned e : tunnels_.edges_of(tunnel)) text += "-" + name_of_node(d_.record.estate, g_.to(e));
        return text;
    }
    std::string part(unsigned tunnel, double amount) const {
        const double whole = demands_[tunnels_.demand_of(tunnel)].amount;
        if (amount >= whole * (1 - 1e-9)) return via(tunnel);
        return shown(units::ratio(amount / whole)).text + " " + via(tunnel);
    }
    void put(routed& r, unsigned tunnel, double amount) const {
        for (const unsigned e : tunnels_.edges_of(tunnel)) r.load[e] += amount;
    }
    routed empty() const {
        routed r;
        r.load.resize(g_.edges());
        r.ways.resize(demands_.size());
        return r;
    }
    /// What a demand sends over each tunnel, as words and as load.
    void spread(routed& r, const std::vector<double>& by_tunnel) const {
        for (unsigned i = 0; i < tunnels_.size(); ++i) {
            const double whole = demands_[tunnels_.demand_of(i)].amount;
            if (!(by_tunnel[i] > 0)) continue;
            put(r, i, by_tunnel[i]);
            std::string& text = r.ways[tunnels_.demand_of(i)];
            if (by_tunnel[i] > 1e-3 * whole) text += (text.empty() ? "" : ", ") + part(i, by_tunnel[i]);
        }
    }
    routed over_tunnels(const uonaco::path_flow& f) const {
        routed r = empty();
        r.by = routing::tunnels;
        r.greatest = full(f.share);
        r.at_least = full(f.bound);
        r.proven = f.proven;
        spread(r, f.tunnel);
        return r;
    }
    routed in_parts(const uonaco::integral_flow& f, double at_least) const {
        routed r = empty();
        r.greatest = f.max_utilisation;
        r.at_least = at_least;
        std::vector<double> by_tunnel(tunnels_.size());
        for (unsigned i = 0; i < f.tunnel.size(); ++i)
            if (f.tunnel[i] != uonaco::integral_flow::no_tunnel) by_tunnel[f.tunnel[i]] += f.amount[i];
        spread(r, by_tunnel);
        return r;
    }

    const desk& d_;
    const uonaco::graph& g_;
    std::vector<double> room_;
    std::vector<uonaco::demand> demands_{};
    uonaco::tunnel_set tunnels_{};
};

table table_of(const std::vector<traffic>& asked, const flow_answer& a, const routed& chosen) {
    table t;
    t.columns = {words_column("from"), words_column("to"), column_of<units::bit_rate>("rate"),
                 column_of<units::bit_rate>("fair_rate"), words_column("via")};
    for (std::size_t i = 0; i < asked.size(); ++i)
        t.rows.push_back({{shown(asked[i].from), shown(asked[i].to), shown(asked[i].rate),
                           a.fair.empty() ? figure{} : shown(units::bit_rate::from_si(a.fair[i])),
                           chosen.ways.empty() ? figure{} : shown(chosen.ways[i])},
                          style::plain});
    return t;
}

table table_of(const flow_answer& a, const flow_desk& f) {
    table t;
    t.columns = {words_column("routing"), column_of<units::ratio>("fullest_link"), column_of<units::ratio>("at_least"),
                 column_of<units::ratio>("fits"), column_of<units::factor>("congestion")};
    for (const routed& r : a.routings)
        t.rows.push_back(
            {{shown(to_string(r.by)), shown(units::ratio(r.greatest)), shown(units::ratio(r.at_least)),
              r.greatest > 0 ? shown(units::ratio(1 / r.greatest)) : figure{}, shown(units::factor(f.congestion(r)))},
             style::plain});
    return t;
}

/// The fullest first; equal ones in the order of the scenario.
table table_of(const desk& d, const routed& r, const std::vector<double>& room) {
    const uonaco::topology& net = d.where.net();
    std::vector<unsigned> order;
    for (unsigned e = 0; e < room.size(); ++e)
        if (room[e] > 0) order.push_back(e);
    const auto full = [&](unsigned e) { return r.load[e] / room[e]; };
    std::stable_sort(order.begin(), order.end(), [&](unsigned a, unsigned b) { return full(a) > full(b); });
    const auto top = static_cast<std::size_t>(d.args.flow.top);
    if (top > 0 && order.size() > top) order.resize(top);
    table t;
    t.columns = {words_column("link"),
                 words_column("from"),
                 words_column("to"),
                 column_of<units::bit_rate>("load"),
                 column_of<units::bit_rate>("capacity"),
                 column_of<units::ratio>("utilisation")};
    for (const unsigned e : order)
        t.rows.push_back(
            {{shown(d.record.estate.links[net.edge_link[e]].id.text),
              shown(name_of_node(d.record.estate, net.net.from(e))),
              shown(name_of_node(d.record.estate, net.net.to(e))), shown(units::bit_rate::from_si(r.load[e])),
              shown(units::bit_rate::from_si(room[e])), shown(units::ratio(full(e)))},
             full(e) > 1 ? style::bad : style::plain});
    return t;
}

std::string why_not(const flow_failure& f, const std::vector<traffic>& asked) {
    if (f.code == uonaco::errc::unreachable && f.demand != uonaco::no_demand)
        return "no path with capacity joins '" + asked[f.demand].from + "' and '" + asked[f.demand].to + "'";
    if (f.demand != uonaco::no_demand)
        return "the demand from '" + asked[f.demand].from + "' to '" + asked[f.demand].to + "' is beyond all measure";
    return "the capacities are beyond all measure";
}

std::string verdict(const routed& best) {
    if (!(best.greatest > 0)) return "Nothing is to be carried.";
    const auto percent = [](double x) { return shown(units::ratio(x)).text; };
    if (best.greatest <= 1)
        return "All demands fit: split as it pays, the fullest link is at " + percent(best.greatest) +
               "; no routing makes it less than " + percent(best.at_least) + ".";
    return "Not all demands fit: " + percent(1 / best.greatest) +
           " of each does at once, and no routing carries more than " + percent(1 / best.at_least) + ".";
}

/// Which routings may be further from the best than was asked for, and how far; nothing if none is.
std::string beyond_gap(const flow_answer& a, double percent) {
    std::string text;
    for (const routed& r : a.routings)
        if (!r.proven)
            text += (text.empty() ? "" : ", ") + std::string(to_string(r.by)) + " within " +
                    shown(units::ratio(r.at_least > 0 ? r.greatest / r.at_least - 1 : 0)).text;
    if (text.empty()) return text;
    return "The gap asked for, " + shown(units::ratio(percent / 100)).text + ", was not reached: proven is " + text +
           " of the best.";
}

} // namespace

answer flows(desk& d) {
    std::vector<std::string> missing;
    std::vector<traffic> asked;
    if (d.args.flow.demands.empty()) {
        asked = transfers_of(d.record, missing);
    } else {
        auto read = read_demands(d.args.flow.demands, d.record.estate);
        if (!read) return refuse({read.error()}, d.args.format, d.screen);
        asked = *std::move(read);
    }
    std::string unknown = left_out(d);
    for (const std::string& m : missing) unknown += hanging("  left out: ", printable(m), d.screen, style::faint);
    if (asked.empty()) {
        answer out =
            no(d.args.flow.demands.empty() ? "the scenario has no transfer with a deadline: --demands names a file"
                                           : "no demands are stated",
               d.screen);
        out.err += unknown;
        return out;
    }
    flow_desk f(d, asked);
    const flow_answer a = f.answer();
    if (a.failed.code != uonaco::errc::none) {
        answer out = no(why_not(a.failed, asked), d.screen);
        out.err += unknown;
        return out;
    }
    const routed& chosen = a.routings[static_cast<std::size_t>(d.args.flow.shown)];
    const table routings = table_of(a, f);
    const table demands = table_of(asked, a, chosen);
    const table links = table_of(d, chosen, f.room());
    const std::string beyond = beyond_gap(a, d.args.flow.gap);
    answer out;
    switch (d.args.format) {
    case output_format::csv:
        out.out = as_csv(links);
        if (!beyond.empty()) out.err += "uonaco: " + beyond + "\n";
        break;
    case output_format::json: {
        uonaco::io::document json;
        json.open_object();
        json.key("kind").string("flows");
        json.key("routing").string(to_string(chosen.by));
        for (const auto& [key, rows] : {std::pair{"routings", &routings}, {"demands", &demands}, {"links", &links}}) {
            json.key(key).open_array();
            add_rows(json, *rows);
            json.close();
        }
        json.key("beyond_gap").open_array();
        for (const routed& r : a.routings)
            if (!r.proven) json.string(to_string(r.by));
        json.close();
        if (!a.fair.empty()) json.key("fair_exact").boolean(a.fair_exact);
        json.key("left_out").open_array();
        for (const std::string& m : missing) json.string(m);
        json.close();
        json.close();
        out.out = text_of(json);
        break;
    }
    case output_format::table: {
        const auto title = [&](const std::string& text) {
            return styled(text, style::strong, d.screen.colour) + "\n\n";
        };
        out.out = title("Routings of " + counted(asked.size(), "demand")) + as_text(routings, d.screen) + "\n";
        for (const std::string& part : wrapped(verdict(a.routings[0]), static_cast<unsigned long>(d.screen.width)))
            out.out += part + "\n";
        if (!beyond.empty())
            for (const std::string& part : wrapped(beyond, static_cast<unsigned long>(d.screen.width)))
                out.out += part + "\n";
        out.out += "\n" + title("Demands") + as_text(demands, d.screen) +
                   (a.fair_exact ? "" : "(fair rates are an approximation: there are too many demands and tunnels)\n");
        out.out += "\n" + title("Links, the fullest first, by routing " + std::string(to_string(chosen.by))) +
                   as_text(links, d.screen) + unknown;
        break;
    }
    }
    return out;
}

} // namespace program
