// SPDX-License-Identifier: Apache-2.0
// Paths that are asked for with constraints: the answer, what is proven of it, or why there is none.
#include "decisions.hpp"
#include "network_columns.hpp"
#include "text.hpp"
#include "verbs.hpp"

#include <algorithm>
#include <uonaco/network/paths/power_control.hpp>
#include <uonaco/network/paths/widest.hpp>
#include <uonaco/network/risk/availability.hpp>
#include <uonaco/place/describe.hpp>

namespace program {

namespace {

namespace units = uonaco::units;
using uonaco::errc;

struct way {
    const char* role = "path";
    uonaco::path along{};
};

/// What was found, in the words it is told with.
struct findings {
    std::string asked{};
    std::vector<way> ways{};
    std::string refused{}; ///< why there are none
    bool proven = true;
    uonaco::maybe<double> at_least{}; ///< the lower bound where it is not
    bool pair = false;
    std::vector<std::string> shared_links{};
    std::vector<std::string> shared_nodes{};
    std::vector<std::string> shared_risks{};
    uonaco::maybe<units::duration> healing{};
    uonaco::maybe<units::ratio> either_up{};
};

std::string said(units::latency l) { return units::to_text(l).c_str(); }
std::string list_of(const char* noun, const std::vector<std::string>& names) {
    return std::string(noun) + (names.size() > 1 ? "s " : " ") + joined(names);
}

class question {
  public:
    question(desk& d, unsigned from, unsigned to)
        : d_(d), asked_(d.args.path), net_(d.where.net()), from_(from), to_(to),
          least_(asked_.least.value_or(limited() ? measure::lease : measure::delay)), costs_(figures_of(least_, d)),
          room_(room_of(d, asked_.potential)), delays_(delays_of(d)), jitters_(jitters_of(d)), open_(net_.edge_usable) {
        for (unsigned e = 0; e < open_.size(); ++e)
            open_[e] = open_[e] && room_[e] >= asked_.min_rate.value_or(0) * 1e9;
        if (jitter_matters()) leave_out("jitter", [&](unsigned e) { return jitters_[e].si(); });
        if (!asked_.widest) leave_out(to_string(least_), [&](unsigned e) { return costs_[e]; });
    }

    findings answer() {
        if (asked_.power_control || asked_.critical_control) return power_control();
        if (asked_.pair) return pair(*asked_.pair);
        if (asked_.widest || asked_.shortest_widest) return widest();
        if (bounded()) return within();
        findings f;
        f.asked = "Paths, by " + word();
        for (auto& p : k_shortest(net_.net, costs_, from_, to_, static_cast<unsigned>(d_.args.paths), open_))
            f.ways.push_back({"path", std::move(p)});
        if (f.ways.empty()) f.refused = no_path();
        return f;
    }

    measure least() const { return least_; }
    const std::vector<double>& room() const { return room_; }
    double cost(const uonaco::path& p) const {
        double sum = 0;
        for (const unsigned e : p.edges) sum += costs_[e];
        return sum;
    }
    const lines& notes() const { return notes_; }

  private:
    using bound = uonaco::path_bound<units::latency>;

    bool bounded() const { return asked_.max_delay || asked_.max_jitter; }
    bool limited() const { return bounded() || asked_.power_control || asked_.critical_control; }
    bool jitter_matters() const { return asked_.max_jitter || asked_.power_control || asked_.critical_control; }
    std::string word() const { return to_string(least_); }

    /// Closes links without a figure that counts, and notes how many.
    template <class Figure>
    void leave_out(const char* what, Figure figure) {
        std::vector<std::string> links;
        for (unsigned e = 0; e < open_.size(); ++e) {
            if (!open_[e] || figure(e) < __builtin_huge_val()) continue;
            open_[e] = 0;
            const std::string& id = d_.record.estate.links[net_.edge_link[e]].id.text;
            if (links.empty() || links.back() != id) links.push_back(id);
        }
        if (!links.empty()) notes_.push_back(list_of("link", links) + ": " + what + " unknown");
    }

    bound delay_bound() const {
        if (asked_.max_delay) return {delays_, units::latency::from_si(*asked_.max_delay * 1e-3)};
        return {nothing_, units::latency{}};
    }
    bound jitter_bound() const {
        if (asked_.max_jitter) return {jitters_, units::latency::from_si(*asked_.max_jitter * 1e-3)};
        return {nothing_, units::latency{}};
    }
    std::string limits() const {
        std::string text;
        if (asked_.max_delay) text += " within " + said(delay_bound().most);
        if (asked_.max_jitter) text += (text.empty() ? " within " : " and ") + said(jitter_bound().most) + " of jitter";
        return text;
    }

    std::string no_path() const {
        std::string text = "no path joins '" + d_.args.from + "' and '" + d_.args.to + "'";
        if (asked_.min_rate)
            text += std::string(" with ") + units::to_text(units::bit_rate::from_si(*asked_.min_rate * 1e9)).c_str() +
                    (asked_.potential ? "" : " free in service");
        return text;
    }
    static std::string too_much(const char* what, units::duration least, units::duration most) {
        return std::string("the least ") + what + " there is comes to " + units::to_text(least).c_str() +
               ", more than " + units::to_text(most).c_str();
    }
    static units::duration seconds(double si) { return units::duration::from_si(si); }

    findings widest() {
        findings f;
        f.asked =
            asked_.widest ? "The path with the most room" : "The least " + word() + " of the paths with the most room";
        uonaco::widest_search search;
        auto found = asked_.widest ? search(net_.net, room_, from_, to_, open_)
                                   : search.shortest(net_.net, room_, costs_, from_, to_, open_);
        if (found)
            f.ways.push_back({"path", std::move(found.way)});
        else
            f.refused = no_path() + (asked_.min_rate ? "" : " with any rate free in service");
        return f;
    }

    findings within() {
        findings f;
        f.asked = "The least " + word() + limits();
        const bool two = asked_.max_delay && asked_.max_jitter;
        const bound only = asked_.max_delay ? delay_bound() : jitter_bound();
        const auto found = two ? cheapest_within(net_.net, costs_, from_, to_, delay_bound(), jitter_bound(), open_)
                               : cheapest_within(net_.net, costs_, from_, to_, only, open_);
        if (found) {
            f.ways.push_back({"path", found->way});
            f.proven = found->proven;
            f.at_least = found->lower_bound;
            return f;
        }
        const uonaco::bound_missed& why = found.error();
        const bool of_jitter = why.bound == 2 || !asked_.max_delay;
        if (why.code == errc::unreachable)
            f.refused = no_path();
        else if (why.code == errc::too_many)
            f.refused = "the search gave up before it found a path, which is no proof that there is none";
        else if (why.bound == 0)
            f.refused = "each limit can be met alone, but no path meets both";
        else
            f.refused = too_much(of_jitter ? "jitter" : "delay", seconds(why.least), seconds(why.most));
        return f;
    }

    static const char* wanted(apartness a) {
        switch (a) {
        case apartness::link: return "without a common link";
        case apartness::node: return "without a common link or node between their ends";
        case apartness::srlg: return "without a common link, span or risk group";
        case apartness::full: return "without a common link, span, risk group or node between their ends";
        case apartness::maximal: return "with as few common links, then nodes, as can be";
        }
        return "";
    }

    findings pair(apartness a) {
        findings f;
        f.asked = std::string("Two paths ") + wanted(a) + ", of least " + word() + limits();
        f.pair = true;
        if (bounded())
            bounded_pair(a, f);
        else if (a == apartness::srlg || a == apartness::full)
            protected_pair(a, f);
        else
            plain_pair(a, f);
        return f;
    }

    void plain_pair(apartness a, findings& f) {
        const auto what = a == apartness::link ? uonaco::disjoint::edges : uonaco::disjoint::nodes;
        const uonaco::path_pair found = maximally_disjoint_pair(net_.net, costs_, from_, to_, what, open_);
        if (!found) {
            f.refused = no_path();
            return;
        }
        name_shared(found, f);
        if (a != apartness::maximal && !(f.shared_links.empty() && (a == apartness::link || f.shared_nodes.empty())))
            f.refused = "there are no two paths " + std::string(wanted(a)) + "; of all, those that share least have " +
                        shared(f) + " in common (--pair maximal)";
        else
            add(found, f);
    }

    void protected_pair(apartness a, findings& f) {
        const network_risks risks(d_, true);
        const auto asked = a == apartness::full ? uonaco::protection::full : uonaco::protection::risk;
        const auto found = find_protected_pair(net_.net, costs_, risks.groups, from_, to_, asked, open_);
        if (found) {
            f.proven = found->proven;
            name_shared(*found, f);
            add(*found, f);
            return;
        }
        const uonaco::protection_refused& why = found.error();
        if (why.code == errc::unreachable) {
            f.refused = no_path();
            return;
        }
        f.refused = why.code == errc::no_candidate
                        ? "there are no two paths " + std::string(wanted(a))
                        : "the search gave up before it found such a pair, which is no proof that there is none";
        if (!why.pair) return;
        name_shared(why.pair, f);
        f.refused += std::string("; the closest is a ") + to_string(why.closest) + " pair, " + via(why.pair.working) +
                     " and " + via(why.pair.backup) + ", which has " + shared(f) + " in common";
    }

    /// Links fail both ways, so that a class without shared risks has each link as a risk.
    void bounded_pair(apartness a, findings& f) {
        const bool shared = a == apartness::srlg || a == apartness::full;
        const bool nodes = a == apartness::node || a == apartness::full;
        const network_risks risks(d_, shared);
        const auto found =
            bounded_disjoint_pair(net_.net, costs_, risks.groups, from_, to_, delay_bound(), jitter_bound(),
                                  nodes ? uonaco::apart::risks_and_nodes : uonaco::apart::risks, open_);
        if (found) {
            f.proven = found->proven;
            if (found->lower_bound > 0) f.at_least = found->lower_bound;
            add(*found, f);
            return;
        }
        switch (found.error().code) {
        case errc::unreachable: f.refused = no_path(); break;
        case errc::slo_missed: f.refused = within().refused; break;
        case errc::no_candidate:
            f.refused = "single paths keep to the limits, but there are no two of them " + std::string(wanted(a));
            break;
        default: f.refused = "the search gave up before it found such a pair, which is no proof that there is none";
        }
    }

    findings power_control() {
        findings f;
        const auto asked =
            asked_.critical_control ? uonaco::power_control_class::critical() : uonaco::power_control_class{};
        f.asked = "Two paths for power control, of least " + word() + ": " + said(asked.delay) + ", " +
                  said(asked.jitter) + " of jitter, apart in links, risks and nodes, healed below " +
                  units::to_text(asked.healing).c_str();
        f.pair = true;
        const network_risks risks(d_, true);
        const auto found =
            power_control_connection(net_.net, costs_, delays_, jitters_, risks.groups, from_, to_, asked, open_);
        if (found) {
            f.proven = found->proven;
            f.healing = found->healing;
            add(*found, f);
            return f;
        }
        const uonaco::power_control_refused& why = found.error();
        constexpr const char* figures[] = {"", "delay", "jitter", "time to heal"};
        if (why.code == errc::unreachable)
            f.refused = no_path();
        else if (why.code == errc::slo_missed && why.bound == 0)
            f.refused = "delay and jitter can be met alone, but no path meets both";
        else if (why.code == errc::slo_missed)
            f.refused = too_much(figures[why.bound], why.least, why.most);
        else if (why.code == errc::no_candidate)
            f.refused = "single paths meet delay and jitter, " + via(why.single) +
                        " for one, but there are no two of them " + wanted(apartness::full);
        else
            f.refused = "the search gave up before it found such a pair, which is no proof that there is none";
        return f;
    }

    template <class Pair>
    void add(const Pair& found, findings& f) const {
        f.either_up = network_risks(d_, true).either_up(found.working.edges, found.backup.edges);
        f.ways.push_back({"working", found.working});
        f.ways.push_back({"backup", found.backup});
    }

    template <class Pair>
    void name_shared(const Pair& found, findings& f) const {
        for (const unsigned e : found.shared_edges)
            f.shared_links.push_back(d_.record.estate.links[net_.edge_link[e]].id.text);
        for (const unsigned n : found.shared_nodes) f.shared_nodes.push_back(name_of_node(d_.record.estate, n));
        const network_risks all(d_, true); // whatever was asked: that two ways have a risk in common is said
        for (const unsigned e : found.working.edges)
            for (const unsigned g : all.groups.of(e)) {
                bool both = false;
                for (const unsigned other : found.backup.edges)
                    for (const unsigned h : all.groups.of(other)) both = both || h == g;
                const std::string name = both ? all.name(g) : std::string();
                if (!name.empty() &&
                    std::find(f.shared_risks.begin(), f.shared_risks.end(), name) == f.shared_risks.end())
                    f.shared_risks.push_back(name);
            }
    }
    static std::string shared(const findings& f) {
        std::vector<std::string> parts;
        if (!f.shared_links.empty()) parts.push_back(list_of("link", f.shared_links));
        if (!f.shared_nodes.empty()) parts.push_back(list_of("node", f.shared_nodes));
        if (!f.shared_risks.empty()) parts.push_back(joined(f.shared_risks));
        return parts.empty() ? "nothing" : joined(parts);
    }
    std::string via(const uonaco::path& p) const {
        return uonaco::detail::route(d_.where, whole_path(d_, p, room_), d_.args.from);
    }

    desk& d_;
    const path_question& asked_;
    const uonaco::topology& net_;
    unsigned from_;
    unsigned to_;
    measure least_;
    std::vector<double> costs_;
    std::vector<double> room_;
    std::vector<units::latency> delays_;
    std::vector<units::latency> jitters_;
    std::vector<units::latency> nothing_ = std::vector<units::latency>(delays_.size());
    std::vector<unsigned char> open_;
    lines notes_{};
};

table table_of(const desk& d, const findings& f, const question& q) {
    table t;
    t.columns = {words_column("role"),
                 column_of<units::latency>("latency"),
                 column_of<units::latency>("jitter"),
                 column_of<units::bit_rate>("rate"),
                 column_of<units::ratio>("availability"),
                 q.least() == measure::delay ? column_for(measure::hops) : column_for(q.least()),
                 words_column("links"),
                 words_column("via")};
    t.columns[2].expendable = 3;
    t.columns[4].expendable = 2;
    t.columns[6].shown = false;
    for (const way& w : f.ways) {
        const uonaco::path_option o = whole_path(d, w.along, q.room());
        const auto hops = static_cast<long long>(o.links.size());
        row r;
        r.figures = {shown(w.role),
                     shown(o.latency),
                     shown(o.jitter_known ? uonaco::maybe(o.jitter) : uonaco::maybe<units::latency>{}),
                     shown(o.rate),
                     shown(o.availability_known ? uonaco::maybe(o.availability) : uonaco::maybe<units::ratio>{}),
                     q.least() == measure::delay ? shown(hops) : shown(q.least(), q.cost(w.along)),
                     {"", link_names(d, o)},
                     shown(uonaco::detail::route(d.where, o, d.args.from))};
        if (o.availability_known)
            r.figures[4].text = units::to_text(100 * o.availability.si(), 6).c_str() + std::string(" %");
        t.rows.push_back(std::move(r));
    }
    return t;
}

/// What holds of the paths, a sentence each.
lines sentences(const findings& f, const question& q) {
    lines all;
    if (f.pair) {
        double sum = 0;
        for (const way& w : f.ways) sum += q.cost(w.along);
        all.push_back("Both together: " + std::string(to_string(q.least())) + " " + shown(q.least(), sum).text + ".");
        if (!f.shared_links.empty()) all.push_back("Both take " + list_of("link", f.shared_links) + ".");
        if (!f.shared_nodes.empty()) all.push_back("Both pass " + list_of("node", f.shared_nodes) + ".");
        if (!f.shared_risks.empty()) all.push_back("Both depend on " + joined(f.shared_risks) + ".");
        if (f.either_up)
            all.push_back(std::string("Both are down at once for ") +
                          units::to_text(uonaco::risk::downtime_a_year(*f.either_up)).c_str() + " a year.");
        if (f.healing)
            all.push_back(std::string("A fault is healed within ") + units::to_text(*f.healing).c_str() + ".");
    }
    if (!f.proven)
        all.push_back("Not proven to be the least" +
                      (f.at_least ? ", which is at least " + shown(q.least(), *f.at_least).text : std::string()) + ".");
    return all;
}

void add_names(uonaco::io::document& json, const char* key, const std::vector<std::string>& names) {
    json.key(key).open_array();
    for (const std::string& n : names) json.string(n);
    json.close();
}

uonaco::io::document document_of(const desk& d, const findings& f, const question& q, const table& t) {
    uonaco::io::document json;
    json.open_object();
    json.key("kind").string("paths");
    json.key("from").string(d.args.from);
    json.key("to").string(d.args.to);
    json.key("asked").string(f.asked);
    json.key("least").string(to_string(q.least()));
    json.key("proven").boolean(f.proven);
    json.key("paths").open_array();
    add_rows(json, t);
    json.close();
    if (f.pair) {
        add_names(json, "shared_links", f.shared_links);
        add_names(json, "shared_nodes", f.shared_nodes);
        add_names(json, "shared_risks", f.shared_risks);
    }
    if (f.either_up) json.key("either_up", units::kinds::ratio::suffix).real(f.either_up->si());
    if (f.healing) json.key("healing", units::kinds::duration::suffix).real(f.healing->si());
    add_names(json, "left_out", q.notes());
    json.close();
    return json;
}

} // namespace

answer ask_for_paths(desk& d, unsigned from, unsigned to) {
    if (from == to) return no("'" + d.args.from + "' is the same place", d.screen);
    question q(d, from, to);
    const findings f = q.answer();
    std::string unknown = left_out(d);
    for (const std::string& note : q.notes())
        unknown += hanging("  left out: ", printable(note), d.screen, style::faint);
    if (!f.refused.empty()) {
        answer out = no(f.refused, d.screen);
        out.err += unknown;
        return out;
    }
    const table t = table_of(d, f, q);
    answer out;
    switch (d.args.format) {
    case output_format::json: out.out = text_of(document_of(d, f, q, t)); break;
    case output_format::csv: out.out = as_csv(t); break;
    case output_format::table:
        for (const std::string& part : wrapped(f.asked, static_cast<unsigned long>(d.screen.width)))
            out.out += styled(part, style::strong, d.screen.colour) + "\n";
        out.out += "\n" + as_text(t, d.screen);
        if (const lines all = sentences(f, q); !all.empty()) {
            out.out += "\n";
            for (const std::string& s : all)
                for (const std::string& part : wrapped(printable(s), static_cast<unsigned long>(d.screen.width)))
                    out.out += part + "\n";
        }
        out.out += unknown;
        break;
    }
    return out;
}

} // namespace program
