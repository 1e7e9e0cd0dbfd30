// SPDX-License-Identifier: Apache-2.0
#include "instance.hpp"
#include "text.hpp"

#include <uonaco/io/literal.hpp>
#include <uonaco/io/parse.hpp>
#include <uonaco/network/topology.hpp>
#include <uonaco/units/format.hpp>

#include <algorithm>

namespace program {

namespace {

namespace io = uonaco::io;
namespace units = uonaco::units;

units::bit_rate gbps(double x) { return units::bit_rate::from_si(x * 1e9); }

/// Reads objects member by member and notes what is wrong, each with its place.
class instance_reader {
  public:
    instance_reader(planning_instance& out, double percentile, io::problems& found)
        : out_(out), percentile_(percentile), found_(found) {}

    void read(io::value root) {
        known(root, "",
              {"kind", "name", "reference", "nodes", "fibres", "demands", "periods", "slots", "modules", "cost_unit",
               "wavelength_cost_per_km", "wavelength_cost_per_fibre", "router_delay_us"});
        auto& p = out_.problem;
        out_.name = text(root, "", "name", false);
        p.periods = static_cast<unsigned>(whole(root, "", "periods", 1, 10000, 1));
        p.slots = static_cast<unsigned>(whole(root, "", "slots", 1, 100000, p.slots));
        p.wavelength_per_km = number(root, "", "wavelength_cost_per_km", 0, 1e12, 0);
        p.wavelength_per_fibre = number(root, "", "wavelength_cost_per_fibre", 0, 1e12, 0);
        p.router_delay = units::latency::from_si(1e-6 * number(root, "", "router_delay_us", 0, 1e9, 0));
        each(root, "nodes", [&](io::value v, const std::string& at) {
            if (!v.is(io::json_kind::string)) return wrong(at, "the name of a node", "something else");
            if (node(std::string(v.text())) != ~0u) return wrong(at, "a name of its own", std::string(v.text()));
            out_.nodes.emplace_back(v.text());
        });
        p.nodes = static_cast<unsigned>(out_.nodes.size());
        each(root, "fibres", [&](io::value v, const std::string& at) { fibre(v, at); });
        each(
            root, "demands", [&](io::value v, const std::string& at) { demand(v, at); }, false);
        if (root.find("modules")) {
            each(root, "modules", [&](io::value v, const std::string& at) { module(v, at); });
            out_.cost_unit = text(root, "", "cost_unit", true);
        } else {
            for (const char* key : {"cost_unit", "wavelength_cost_per_km", "wavelength_cost_per_fibre"})
                if (root.find(key)) wrong(std::string("/") + key, "modules, whose costs are in the same unit", "none");
            add_default_modules(out_);
        }
        const double nodes = static_cast<double>(out_.nodes.size()), modules = static_cast<double>(p.modules.size());
        if (nodes * nodes * modules > uonaco::most_lightpath_choices)
            wrong("/nodes", "at most 4 million pairs of nodes times modules",
                  counted(out_.nodes.size(), "node") + " and " + counted(p.modules.size(), "module"));
    }

  private:
    void wrong(const std::string& at, const std::string& expected, const std::string& what) {
        found_.push_back({io::problem_level::schema, at, expected, what, ""});
    }
    void known(io::value object, const std::string& at, const std::vector<std::string>& keys) {
        for (const io::value v : object) {
            const std::string key(v.key());
            if (std::find(keys.begin(), keys.end(), key) == keys.end())
                found_.push_back(
                    {io::problem_level::schema, at + "/" + key, "one of " + joined(keys), key, hint(key, keys)});
        }
    }
    template <class F>
    void each(io::value object, const char* key, const F& f, bool needed = true) {
        const io::value list = object.find(key);
        const std::string at = std::string("/") + key;
        if (!list) {
            if (needed) wrong(at, "a list", "nothing");
            return;
        }
        if (!list.is(io::json_kind::array)) return wrong(at, "a list", "something else");
        unsigned long i = 0;
        for (const io::value v : list) f(v, at + "/" + std::to_string(i++));
    }
    double in_range(io::value v, const std::string& at, double least, double most) {
        if (v && v.is_number() && v.number() >= least && v.number() <= most) return v.number();
        std::string bounds = "a number from ";
        io::append_number(bounds, least);
        io::append_number(bounds += " to ", most);
        std::string was = !v ? "nothing" : "something else";
        if (v && v.is_number()) was.clear(), io::append_number(was, v.number());
        wrong(at, bounds, was);
        return least;
    }
    double number(io::value object, const std::string& at, const char* key, double least, double most) {
        return in_range(object.find(key), at + "/" + key, least, most);
    }
    double number(io::value object, const std::string& at, const char* key, double least, double most, double other) {
        return object.find(key) ? number(object, at, key, least, most) : other;
    }
    double whole(io::value object, const std::string& at, const char* key, double least, double most, double other) {
        const double x = number(object, at, key, least, most, other);
        if (x != static_cast<double>(static_cast<long>(x))) wrong(at + "/" + key, "a whole number", "a fraction");
        return x;
    }
    std::string text(io::value object, const std::string& at, const char* key, bool needed) {
        const io::value v = object.find(key);
        if (v && v.is(io::json_kind::string)) return std::string(v.text());
        if (v || needed) wrong(at + "/" + key, "a text", v ? "something else" : "nothing");
        return {};
    }
    bool object(io::value v, const std::string& at) {
        if (!v.is(io::json_kind::object)) wrong(at, "an object", "something else");
        return v.is(io::json_kind::object);
    }
    unsigned node(const std::string& name) const {
        const auto at = std::find(out_.nodes.begin(), out_.nodes.end(), name);
        return at == out_.nodes.end() ? ~0u : static_cast<unsigned>(at - out_.nodes.begin());
    }
    unsigned end_of(io::value v, const std::string& at, const char* key) {
        const std::string name = text(v, at, key, true);
        const unsigned n = node(name);
        if (n == ~0u && !name.empty())
            found_.push_back(
                {io::problem_level::semantic, at + "/" + key, "the name of a node", name, hint(name, out_.nodes)});
        return n == ~0u ? 0 : n;
    }

    void fibre(io::value v, const std::string& at) {
        if (!object(v, at)) return;
        known(v, at, {"a", "b", "km", "fibre", "risks"});
        uonaco::optical_fibre f{end_of(v, at, "a"), end_of(v, at, "b")};
        f.length = units::distance::from_si(1e3 * number(v, at, "km", 1e-3, 1e6));
        const std::string kind = text(v, at, "fibre", false);
        if (!kind.empty() && kind != "smf" && kind != "hcf") wrong(at + "/fibre", "smf or hcf", kind);
        if (kind == "hcf") f.group_index = uonaco::group_index(uonaco::fibre_type::hcf);
        if (const io::value risks = v.find("risks")) {
            unsigned i = 0;
            if (!risks.is(io::json_kind::array)) return wrong(at + "/risks", "a list of numbers", "something else");
            for (const io::value r : risks) {
                const std::string here = at + "/risks/" + std::to_string(i++);
                const double x = in_range(r, here, 0, 4294967295.0);
                if (x != static_cast<double>(static_cast<unsigned>(x))) wrong(here, "a whole number", "a fraction");
                f.risks.push_back(static_cast<unsigned>(x));
            }
        }
        out_.problem.fibres.push_back(f);
    }

    // A figure for all periods, or one for each.
    std::vector<double> by_period(io::value v, const std::string& at) {
        const unsigned n = out_.problem.periods;
        if (!v.is(io::json_kind::array)) return std::vector<double>(n, in_range(v, at, 0, 1e6));
        std::vector<double> all;
        unsigned i = 0;
        for (const io::value x : v) all.push_back(in_range(x, at + "/" + std::to_string(i++), 0, 1e6));
        if (all.size() != n) wrong(at, "a figure for each of " + counted(n, "period"), std::to_string(all.size()));
        all.resize(n);
        return all;
    }
    std::vector<units::bit_rate> rates(io::value v, const std::string& at) {
        const unsigned n = out_.problem.periods;
        std::string first;
        for (const char* key : {"rate_gbps", "samples_gbps", "bursts"}) {
            if (!v.find(key)) continue;
            if (!first.empty())
                wrong(at + "/" + key, "one kind of demand: rate_gbps, samples_gbps or bursts",
                      key + (" beside " + first));
            if (first.empty()) first = key;
        }
        if (v.find("deviation_gbps") && !v.find("rate_gbps"))
            wrong(at + "/deviation_gbps", "rate_gbps, of which it is the deviation", "none");
        if (const io::value seen = v.find("samples_gbps")) {
            std::vector<units::bit_rate> samples;
            unsigned i = 0;
            if (!seen.is(io::json_kind::array) || seen.size() == 0)
                wrong(at + "/samples_gbps", "a list of rates, seen in any period", "something else");
            else
                for (const io::value x : seen)
                    samples.push_back(gbps(in_range(x, at + "/samples_gbps/" + std::to_string(i++), 0, 1e6)));
            return uonaco::rates_at(percentile_, std::vector(n, samples));
        }
        if (const io::value b = v.find("bursts"); b && object(b, at + "/bursts")) {
            const std::string here = at + "/bursts";
            known(b, here, {"count", "peak_gbps", "utilisation_ratio", "burst_s", "buffer_gb"});
            const uonaco::demands::on_off one{gbps(number(b, here, "peak_gbps", 0, 1e6)),
                                              number(b, here, "utilisation_ratio", 0, 1),
                                              units::duration::from_si(number(b, here, "burst_s", 0, 1e6))};
            const std::vector all(static_cast<unsigned long>(whole(b, here, "count", 1, 100000, 1)), one);
            const auto one_period =
                uonaco::rates_at(percentile_, std::vector(1, all),
                                 units::volume::from_si(8e9 * number(b, here, "buffer_gb", 0, 1e6, 0)));
            return std::vector(n, one_period.front()); // the same in each
        }
        if (!v.find("rate_gbps")) {
            wrong(at, "rate_gbps, samples_gbps or bursts", "none of them");
            return std::vector<units::bit_rate>(n);
        }
        const auto means = by_period(v.find("rate_gbps"), at + "/rate_gbps");
        std::vector<double> deviations(n, 0.0);
        if (const io::value d = v.find("deviation_gbps")) deviations = by_period(d, at + "/deviation_gbps");
        std::vector<uonaco::demands::normal> all;
        for (unsigned t = 0; t < n; ++t) all.push_back({gbps(means[t]), gbps(deviations[t])});
        return uonaco::rates_at(percentile_, all);
    }
    void demand(io::value v, const std::string& at) {
        if (!object(v, at)) return;
        known(v, at, {"a", "b", "rate_gbps", "deviation_gbps", "samples_gbps", "bursts", "within_us", "protection"});
        uonaco::traffic_demand d{end_of(v, at, "a"), end_of(v, at, "b"), rates(v, at)};
        if (v.find("within_us")) d.within = units::latency::from_si(1e-6 * number(v, at, "within_us", 0, 1e9));
        const std::string p = text(v, at, "protection", false);
        if (!p.empty() && p != "none" && p != "1+1") wrong(at + "/protection", "none or 1+1", p);
        if (p == "1+1") d.protection = uonaco::demand_protection::one_plus_one;
        out_.problem.demands.push_back(d);
    }

    void module(io::value v, const std::string& at) {
        if (!object(v, at)) return;
        known(v, at,
              {"name", "rate_gbps", "width_ghz", "reach_km", "transceiver_cost", "port_cost", "regenerator_cost"});
        uonaco::lightpath_module m;
        m.mode.rate = gbps(number(v, at, "rate_gbps", 1e-3, 1e6));
        m.mode.width_hz = 1e9 * number(v, at, "width_ghz", 1e-3, 1e6);
        m.mode.reach = units::distance::from_si(1e3 * number(v, at, "reach_km", 0, 1e6));
        m.transceiver = number(v, at, "transceiver_cost", 0, 1e12);
        m.port = number(v, at, "port_cost", 0, 1e12, 0);
        m.regenerator = number(v, at, "regenerator_cost", 0, 1e12, 2 * m.transceiver);
        out_.modules.push_back(text(v, at, "name", true));
        out_.problem.modules.push_back(m);
    }

    planning_instance& out_;
    double percentile_;
    io::problems& found_;
};

/// Links that run both ways as fibre; those on the same span share its risk.
planning_instance instance_of(const scenario_record& s, const uonaco::topology& net) {
    planning_instance out{.name = s.name};
    for (const auto& site : s.estate.sites) out.nodes.push_back(site.id.text);
    for (const auto& node : s.estate.nodes) out.nodes.push_back(node.id.text);
    out.problem.nodes = static_cast<unsigned>(out.nodes.size());
    constexpr unsigned spans_from = 1u << 31; // beyond any group of its own
    std::vector<long long> groups;            // in the order they are met
    const auto number = [&](auto group) {
        unsigned i = 0;
        while (i < groups.size() && groups[i] != static_cast<long long>(group)) ++i;
        if (i == groups.size()) groups.push_back(static_cast<long long>(group));
        return i;
    };
    for (unsigned row = 0; row < s.estate.links.size(); ++row) {
        const uonaco::wan_link& l = s.estate.links[row];
        const uonaco::link_facts& facts = net.links[row];
        if (!l.bidirectional || !facts.usable || !facts.length || !(facts.length->si() > 0)) {
            out.left_out.push_back(l.id.text);
            continue;
        }
        uonaco::optical_fibre f{net.net.from(facts.edge), net.net.to(facts.edge), *facts.length};
        const double index = facts.latency.si() * 299792458.0 / facts.length->si();
        f.group_index = index < 1 ? 1 : index > 1e6 ? 1e6 : index; // what it takes, switching included
        for (const auto& g : l.srlgs) f.risks.push_back(number(g));
        for (const auto& id : l.spans)
            for (unsigned i = 0; i < s.estate.spans.size(); ++i) {
                if (s.estate.spans[i].id != id) continue;
                f.risks.push_back(spans_from + i);
                for (const auto& g : s.estate.spans[i].srlgs) f.risks.push_back(number(g));
            }
        out.problem.fibres.push_back(f);
    }
    add_default_modules(out);
    return out;
}

} // namespace

void add_default_modules(planning_instance& i) {
    for (const uonaco::transceiver_mode& m : uonaco::transceivers::all) {
        if (m.family != uonaco::transceiver_family::zr_plus) continue;
        const double own = m.power->si();
        const double slot = 60; // of a router's 400G slot with its transceiver (trade press)
        i.modules.push_back("ZR+ " + std::to_string(static_cast<int>(m.rate.si() / 1e9)) + "G");
        i.problem.modules.push_back({m, own, slot - own, 2 * own});
    }
}

uonaco::basic_result<planning_instance, rejected_file> read_instance(const std::string& file, double percentile) {
    const auto content = read(file);
    if (!content) return content.error();
    rejected_file rejected{file == "-" ? "stdin" : file, {}};
    io::document d;
    io::parse(*content, d, rejected.problems, {});
    if (!rejected.problems.empty()) return rejected;
    const bool is_object = d.root().is(io::json_kind::object);
    const io::value kind = is_object ? d.root().find("kind") : io::value{};
    if (kind && kind.is(io::json_kind::string) && kind.text() == "planning_instance") {
        planning_instance out;
        instance_reader(out, percentile, rejected.problems).read(d.root());
        if (!rejected.problems.empty()) return rejected;
        return out;
    }
    const auto scenario = scenario_of(*content, rejected.file);
    if (!scenario) return scenario.error();
    const auto net = uonaco::make_topology(scenario->estate);
    if (!net) {
        rejected.problems.push_back(
            {io::problem_level::semantic, "", "a scenario whose ids all name something", net.error().detail, ""});
        return rejected;
    }
    return instance_of(*scenario, *net);
}

} // namespace program
