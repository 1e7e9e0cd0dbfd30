// SPDX-License-Identifier: Apache-2.0
#include "arguments.hpp"
#include "candidates.hpp"
#include "records.hpp"
#include "text.hpp"

#include <uonaco/base/version.hpp>
#include <uonaco/io/reader.hpp>
#include <uonaco/units/instant.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>

namespace program {

namespace {

constexpr const char* what_it_does = "Place AI workloads over compute, network and power at once, and say why.\n"
                                     "A FILE is a scenario (see 'uonaco schema scenario'); '-' is stdin.";

constexpr const char* main_footer = R"(Examples:
  uonaco compare examples/scenarios/figure1.json
  uonaco place examples/scenarios/regions.json --format json > decisions.json
  uonaco explain examples/scenarios/figure1.json --against compute_first
  uonaco paths A B examples/scenarios/figure1.json
  uonaco flows examples/scenarios/sample_upload.json
  generate_scenario | uonaco validate -

Exit status: 0 done, 1 the answer is no (infeasible, not found), 2 the input is not acceptable, 3 usage, 4 internal error.
Colour is used on terminals only, and never if NO_COLOR is set.)";

template <class E>
std::vector<std::string> names_of() {
    const auto& all = uonaco::enum_names<E>;
    return {std::begin(all.text), std::end(all.text)};
}
template <class E>
E parsed(const std::string& name) {
    const auto names = names_of<E>();
    return static_cast<E>(std::find(names.begin(), names.end(), name) - names.begin());
}

std::string check_instant(const std::string& text) {
    const auto t = uonaco::units::parse_instant(text.data(), static_cast<int>(text.size()));
    if (!t) return "'" + text + "' is no RFC 3339 time such as 2026-01-31T12:00:00Z";
    return uonaco::io::writable(*t) ? "" : "'" + text + "' is not in the years 0000 to 9999 UTC";
}

/// An empty word, as of a variable that was not set, would ask for something else than was meant.
std::string check_given(const std::string& text) { return text.empty() ? "it is empty" : ""; }

/// A validator of plain decimal numbers within bounds; what the parser reads next cannot be anything else.
template <class Number>
CLI::Validator within(Number least, Number most) {
    const auto check = [least, most](std::string& text) -> std::string {
        Number x{};
        const auto end = std::from_chars(text.data(), text.data() + text.size(), x);
        const bool number = end.ec == std::errc() && end.ptr == text.data() + text.size();
        if (number && x >= least && x <= most) return {}; // not a number is not within anything
        std::string bounds = std::is_integral_v<Number> ? "a whole number from " : "a number from ";
        uonaco::io::append_number(bounds, static_cast<double>(least));
        uonaco::io::append_number(bounds += " to ", static_cast<double>(most));
        return "'" + text + "' is not " + bounds;
    };
    return CLI::Validator(check, "");
}

std::string check_currency(const std::string& text) {
    const bool good = text.size() == 3 && text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == text.npos;
    return good ? "" : "'" + text + "' is no currency code of three capital letters";
}

std::string check_model(const std::string& text) {
    const std::size_t at = text.find('=');
    return at != text.npos && at > 0 && at + 1 < text.size() ? "" : "'" + text + "' is not TYPE=MODEL";
}

std::string check_candidate(const std::string& text) {
    return is_candidate(text) ? ""
                              : "'" + text +
                                    "' is neither POOL=DEVICES, several joined by '+', nor a site, with ',use',"
                                    " ',resize', ',create' or nothing after it";
}
std::string check_other_choice(const std::string& text) {
    std::vector<std::string> known;
    for (const policy p : all_policies) known.push_back(to_string(p));
    const bool number = !text.empty() && text.find_first_not_of("0123456789") == text.npos && text.size() <= 9;
    if (number || std::find(known.begin(), known.end(), text) != known.end()) return "";
    return "'" + text + "' is neither the number of a runner-up nor a heuristic" + hint(text, known);
}

/// Line by line, as it may be shown.
std::string printable_lines(std::string text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string safe = printable(std::string_view(text).substr(at, end - at));
        text.replace(at, end - at, safe);
        at += safe.size() + 1;
    }
    return text;
}

/// The command line as CLI11 fills it, before names become enumerators.
struct raw_arguments {
    arguments args{};
    std::string file{}; // of the verbs that take one
    std::string format = "table";
    std::string profile{};
    std::string heuristic{};
    int paths = 16; // of options
    std::string least{};
    std::string pair{};
    std::string routing{};
    std::string from_format = "uonaco", to_format = "uonaco";
};

class command_line {
  public:
    command_line() {
        app_.footer(main_footer);
        app_.set_version_flag("--version", "uonaco " + version());
        app_.require_subcommand(1);
        app_.get_formatter()->column_width(34);
        add_validate();
        add_schema();
        add_convert();
        add_evaluate();
        add_place();
        add_compare();
        add_explain();
        add_paths();
        add_flows();
        add_options();
        add_plan();
    }

    std::variant<arguments, answer> parse(int argc, char** argv) {
        if (argc > 1 && argv[1][0] != '-' && !is_verb(argv[1])) return unknown_verb(argv[1]);
        try {
            app_.parse(argc, argv);
        } catch (const CLI::ParseError& e) {
            return answer_to(e);
        }
        return finished();
    }

  private:
    static std::string version() {
        return std::to_string(UONACO_VERSION_MAJOR) + "." + std::to_string(UONACO_VERSION_MINOR) + "." +
               std::to_string(UONACO_VERSION_PATCH);
    }

    CLI::App* add(verb what, const char* name, const char* purpose, const char* footer) {
        CLI::App* sub = app_.add_subcommand(name, purpose);
        sub->footer(footer);
        sub->callback([this, what] { raw_.args.what = what; });
        sub->add_option("--format", raw_.format, "table, json or csv")
            ->check(CLI::IsMember({"table", "json", "csv"}).description(""))
            ->option_text("FORMAT [table]");
        return sub;
    }
    void add_file(CLI::App* sub) {
        sub->add_option("FILE", raw_.file, "a scenario; '-' is stdin")->required()->option_text(" ");
    }
    /// What all verbs share that judge candidates.
    void add_judging(CLI::App* sub) {
        add_file(sub);
        sub->add_option("--workload", raw_.args.workload, "only this one")
            ->check(CLI::Validator(check_given, ""))
            ->option_text("ID");
        sub->add_option("--profile", raw_.profile,
                        "what is minimised: full_cost, fastest, cheapest, greenest or balanced (the scenario's)")
            ->check(CLI::IsMember(names_of<uonaco::preset>()).description(""))
            ->option_text("NAME");
        sub->add_option("--carbon-price", raw_.args.carbon_price, "in the full cost, a tonne of CO2e (the scenario's)")
            ->check(within(0.0, 1e9))
            ->option_text("PRICE");
        sub->add_option("--max-sites", raw_.args.max_sites, "spread a workload over at most so many sites, up to 8")
            ->check(within(1, 8))
            ->option_text("N [3]");
        sub->add_option("--now", raw_.args.now,
                        "when the workloads are submitted, RFC 3339 (when the scenario was observed)")
            ->check(CLI::Validator(check_instant, ""))
            ->option_text("TIME");
        sub->add_option("--seed", raw_.args.seed, "noted in decisions; no heuristic shipped here draws lots")
            ->check(within(0LL, 9007199254740991LL)) // 2^53 - 1: every reader of JSON keeps it
            ->option_text("N");
    }
    void add_heuristic(CLI::App* sub, const char* text) {
        sub->add_option("--heuristic", raw_.heuristic, text)
            ->check(CLI::IsMember(names_of<policy>()).description(""))
            ->option_text("NAME");
        sub->add_option("--device-step", raw_.args.device_step,
                        "of the optimum, which looks at every candidate: "
                        "device counts are multiples of it")
            ->check(within(1LL, 1'000'000'000LL))
            ->option_text("N [1]");
    }
    void add_candidate(CLI::App* sub, const char* text) {
        sub->add_option("--candidate", raw_.args.candidates, text)
            ->check(CLI::Validator(check_candidate, ""))
            ->option_text("SPEC ...")
            ->take_all();
    }

    void add_validate() {
        CLI::App* sub = add(
            verb::validate, "validate", "Check files and name every problem, each with its place",
            "A list of records, such as 'uonaco place --format json' prints, is checked record by record, and what\n"
            "stands beside a scenario in it against that scenario. Of files called .ndjson or .jsonl each line is a\n"
            "record; they may be of any length, and problems are named by line.\n\n"
            "Examples:\n  uonaco validate scenario.json\n  uonaco validate *.json --format json\n"
            "  feed | uonaco validate --lines -");
        sub->add_option("FILE", raw_.args.files, "records of any kind, or lists of them; '-' is stdin")
            ->required()
            ->option_text("...");
        CLI::Option* as =
            sub->add_option("--as", raw_.args.as, "documents of another format, of 'uonaco convert --list'")
                ->check(readable())
                ->option_text("NAME");
        sub->add_flag("--lines", raw_.args.lines, "a record a line, whatever the files are called")
            ->excludes(as)
            ->option_text(" ");
        add_foreign(sub);
    }
    /// What formats do not say and uonaco needs, each with the formats that it is for.
    void add_foreign(CLI::App* sub) {
        format_options& o = raw_.args.foreign;
        const auto add = [&](CLI::Option* option, const char* argument) {
            option->description(option->get_description() + " (" + joined(formats_with(option->get_name())) + ")");
            option->option_text(argument)->group("Options of formats");
            foreign_.push_back(option);
            return option;
        };
        add(sub->add_option("--site", o.sites,
                            "of a network, each node that is a site; of others, the site it is about"),
            "ID ...")
            ->take_all()
            ->allow_extra_args(false);
        add(sub->add_option("--network", o.network, "the id of the network that is meant, or that is written"), "ID");
        add(sub->add_option("--zone", o.zone, "the zone of the grid that it is about"), "ZONE");
        add(sub->add_option("--currency", o.currency, "of prices, ISO 4217, where it states none"), "CODE")
            ->check(CLI::Validator(check_currency, ""));
        add(sub->add_option("--unit", o.unit, "one unit of its capacities, where it does not say"), "GBPS")
            ->check(within(1e-9, 1e9));
        add(sub->add_option("--capacity", o.capacity, "of links that state none"), "GBPS")->check(within(0.0, 1e9));
        add(sub->add_option("--latency-unit", o.latency_unit, "s, ms, us or ns, of latencies that have none"), "UNIT")
            ->check(CLI::IsMember({"s", "ms", "us", "ns"}).description(""));
        add(sub->add_option("--model", o.models, "what a type of device is here, such as 'h100=H100 SXM'"),
            "TYPE=MODEL ...")
            ->check(CLI::Validator(check_model, ""))
            ->take_all()
            ->allow_extra_args(false);
        add(sub->add_option("--now", o.now, "when events begin that begin at once, RFC 3339"), "TIME")
            ->check(CLI::Validator(check_instant, ""));
        add(sub->add_option("--route", o.route, "what was asked, such as renewable-percentage/latest"), "ROUTE");
        add(sub->add_flag("--cut-at-gap", o.cut_at_gap, "a series with a gap ends there"), " ");
        add(sub->add_option("--it-load", o.it_load, "the measurand that is the power draw"), "REF");
        add(sub->add_option("--supply-limit", o.supply_limit, "the measurand that is the limit of the supply"), "REF");
        if (sub->get_name() != "convert") return;
        add(sub->add_option("--resource", o.resource, "this one alone, network-map or a metric such as delay-ow"),
            "NAME")
            ->check(CLI::IsMember(alto_resources()).description(""));
        add(sub->add_option("--service", o.service, "the CS-ID of the service whose instances pools are"), "ID");
        add(sub->add_option("--window", o.window, "over which figures were measured"), "SECONDS")
            ->check(within(1e-3, 1e9));
    }
    /// What is wrong with options of formats that have no meaning for those there are; empty: nothing.
    std::string misplaced(const std::string& from, const std::string& to) const {
        for (const CLI::Option* option : foreign_) {
            if (option->count() == 0) continue;
            const std::string name = option->get_name();
            if (from.empty()) return name + " goes with --as";
            const format_row &source = format_named(from), &target = format_named(to);
            if (!source.takes(name, true) && !target.takes(name, false)) {
                std::vector<std::string> all = source.options_to_read;
                for (const std::string& other : target.options_to_write)
                    if (!source.takes(other, true)) all.push_back(other);
                std::replace(all.begin(), all.end(), std::string("--sites"), std::string("--site"));
                return name + " is of " + joined(formats_with(name)) + "; " +
                       (from == to || to == "uonaco" ? from : from + " to " + to) + " takes " +
                       (all.empty() ? "none of the kind" : joined(all));
            }
            if (name == "--site" && option->count() > 1 && (source.of_one_site() || !source.takes(name, true)))
                return "--site is given once for " + (source.takes(name, true) ? from : to);
        }
        return {};
    }
    static std::string check_format(const std::string& name, const std::vector<std::string>& known, const char* does) {
        return std::find(known.begin(), known.end(), name) != known.end()
                   ? ""
                   : "'" + name + "' is no format that the program " + does + hint(name, known) + "; known are " +
                         joined(known);
    }
    static CLI::Validator readable() {
        return {[](std::string& name) { return check_format(name, readable_formats(), "reads"); }, ""};
    }
    static CLI::Validator writable() {
        return {[](std::string& name) { return check_format(name, writable_formats(), "writes"); }, ""};
    }
    void add_convert() {
        CLI::App* sub =
            add(verb::convert, "convert", "Translate a document into another format, and say what that loses",
                "The translation goes to stdout. What the other format cannot carry goes to stderr, a line each:\n"
                "'lost', where it stood (a JSON pointer), what it was. docs/adapt.md tells more of each format.\n\n"
                "Examples:\n  uonaco convert --list\n"
                "  uonaco convert --from nodes_links --site A --site B network.json > scenario.json\n"
                "  uonaco convert --to rfc8345 examples/networks/metro.json --strict");
        sub->add_option("FILE", raw_.file, "the document; '-' is stdin")->option_text(" ");
        sub->add_option("--from", raw_.from_format, "what it is")->check(readable())->option_text("NAME [uonaco]");
        sub->add_option("--to", raw_.to_format, "what it becomes")->check(writable())->option_text("NAME [uonaco]");
        sub->add_flag("--list", raw_.args.list, "the formats, and nothing else");
        sub->add_flag("--strict", raw_.args.strict, "exit status 1 if anything is lost");
        add_foreign(sub);
    }
    void add_schema() {
        CLI::App* sub = add(verb::schema, "schema", "Print the JSON Schema of a kind of record, or list the kinds",
                            "Examples:\n  uonaco schema\n  uonaco schema scenario > scenario.schema.json");
        sub->add_option("KIND", raw_.args.kind, "such as scenario or decision")
            ->check(CLI::Validator(check_given, ""))
            ->option_text(" ");
    }
    void add_evaluate() {
        CLI::App* sub = add(
            verb::evaluate, "evaluate", "Rank the candidates of each workload, or judge those you name",
            "A candidate is POOL=DEVICES, several joined by '+', or the site that data is moved to; ',use', ',resize'\n"
            "or ',create' after it keeps to that network action.\n\n"
            "Examples:\n  uonaco evaluate examples/scenarios/figure1.json --top 5\n"
            "  uonaco evaluate examples/scenarios/figure1.json --candidate a-h100=1024+b-h100=1024,create\n"
            "  uonaco evaluate examples/scenarios/figure1.json --profile greenest --format csv --top 0");
        add_judging(sub);
        add_candidate(sub, "judge this one; may be repeated");
        sub->add_option("--top", raw_.args.top, "how many; 0: all")
            ->check(within(0, 1'000'000'000))
            ->option_text("N [20]");
    }
    void add_place() {
        CLI::App* sub = add(verb::place, "place", "Place the workloads, most urgent first, each in what is left",
                            "With --format json it prints a list of decision records.\n\n"
                            "Examples:\n  uonaco place examples/scenarios/regions.json\n"
                            "  uonaco place examples/scenarios/regions.json --workload agents --profile fastest");
        add_judging(sub);
        add_heuristic(sub, "compute_first, network_first, nearest, cheapest, greedy, exhaustive or optimum "
                           "(exhaustive for one workload, greedy for several)");
    }
    void add_compare() {
        CLI::App* sub = add(verb::compare, "compare", "Set the joint placement beside those that see one side only",
                            "Each workload alone on the whole estate, then all together.\n\n"
                            "Examples:\n  uonaco compare examples/scenarios/figure1.json\n"
                            "  uonaco compare examples/scenarios/regions.json --format csv");
        add_judging(sub);
    }
    void add_explain() {
        CLI::App* sub =
            add(verb::explain, "explain", "Say why a workload is placed where it is, or compare two candidates",
                "Each workload alone on the whole estate. --against takes the number of another placement or the\n"
                "name of a heuristic. SPEC as in 'uonaco evaluate --help'.\n\n"
                "Examples:\n  uonaco explain examples/scenarios/figure1.json\n"
                "  uonaco explain examples/scenarios/figure1.json --against compute_first\n"
                "  uonaco explain examples/scenarios/figure1.json --candidate a-h100=1024 --candidate b-h100=512");
        add_judging(sub);
        add_heuristic(sub, "whose choice is explained (exhaustive)");
        auto* against = sub->add_option("--against", raw_.args.against, "compare with another choice")
                            ->check(CLI::Validator(check_other_choice, ""))
                            ->option_text("N|NAME");
        add_candidate(sub, "compare two of these");
        against->excludes(sub->get_option("--candidate"));
    }
    void add_paths() {
        CLI::App* sub = add(verb::paths, "paths", "Paths between two sites, and what can be used, resized or created",
                            "Without a constraint: the paths of least delay, and what the network can do. With some: "
                            "the one path, or the\n"
                            "two, that meet them all, or why there are none. What is not known meets no limit. A lease "
                            "is that of the links\n"
                            "or of their tariffs, added up link by link.\n\n"
                            "--pair link, node: nothing of that kind is shared; srlg: no link, span or risk group; "
                            "full: no node either;\n"
                            "maximal: as few links, then nodes, as can be. Both paths keep to the limits. The widest "
                            "and those for control\n"
                            "take neither limits of delay nor --pair.\n\n"
                            "Examples:\n  uonaco paths A B examples/scenarios/figure1.json\n"
                            "  uonaco paths A B examples/scenarios/figure1.json --shortest-widest --potential\n"
                            "  uonaco paths plant control examples/networks/metro.json --max-delay 5 --max-jitter 1\n"
                            "  uonaco paths plant control examples/networks/metro.json --pair srlg --least lease\n"
                            "  uonaco paths plant control examples/networks/metro.json --power-control");
        sub->add_option("FROM", raw_.args.from, "a site or node")->required()->option_text(" ");
        sub->add_option("TO", raw_.args.to, "a site or node")->required()->option_text(" ");
        add_file(sub);
        auto* many = sub->add_option("--paths", raw_.args.paths, "how many, the best first")
                         ->check(within(1, 100))
                         ->option_text("N [3]");
        path_question& q = raw_.args.path;
        auto* least =
            sub->add_option("--least", raw_.least,
                            "what adds up and is least: delay, hops, distance or lease (delay; lease with limits)")
                ->check(CLI::IsMember(names_of<measure>()).description(""))
                ->option_text("MEASURE");
        auto* widest = sub->add_flag("--widest", q.widest, "the path with the most room, of these the fewest hops")
                           ->option_text(" ");
        auto* both = sub->add_flag("--shortest-widest", q.shortest_widest, "of those with the most room the least")
                         ->option_text(" ");
        auto* delay = sub->add_option("--max-delay", q.max_delay, "the least within this delay, one way, ms")
                          ->check(within(0.0, 1e9))
                          ->option_text("MS");
        auto* jitter = sub->add_option("--max-jitter", q.max_jitter, "and within this worst-case jitter, ms")
                           ->check(within(0.0, 1e9))
                           ->option_text("MS");
        sub->add_option("--min-rate", q.min_rate, "over links with so much room only, Gb/s")
            ->check(within(0.0, 1e9))
            ->option_text("GBPS");
        auto* pair = sub->add_option("--pair", raw_.pair, "two paths apart: link, node, srlg, full or maximal")
                         ->check(CLI::IsMember(names_of<apartness>()).description(""))
                         ->option_text("CLASS");
        auto* control =
            sub->add_flag("--power-control", q.power_control,
                          "two paths for control of a power grid: 10 ms, jitter 1 ms, redundant, healed within 1 s")
                ->option_text(" ");
        auto* critical =
            sub->add_flag("--critical-control", q.critical_control, "the same within 5 ms")->option_text(" ");
        sub->add_flag("--potential", q.potential, "what can be created or resized counts as room too");
        widest->excludes(both)->excludes(least);
        for (auto* one : {widest, both})
            for (auto* other : {many, delay, jitter, pair, control, critical}) one->excludes(other);
        for (auto* one : {control, critical})
            for (auto* other : {many, delay, jitter, pair}) one->excludes(other);
        control->excludes(critical);
        for (auto* other : {delay, jitter, pair}) many->excludes(other);
    }
    void add_flows() {
        CLI::App* sub =
            add(verb::flows, "flows", "How much of all demands fits at once, and how full that makes the links",
                "Demands: the scenario's transfers with a deadline, volume over deadline; or a file such as\n"
                "{\"demands\": [{\"from\": \"A\", \"to\": \"B\", \"rate_gbps\": 100}]}. What is free in service is "
                "shared out.\n\n"
                "Routings: split (as it pays, with a proof), tunnels (the same over a few paths a demand), single (one "
                "path a\n"
                "demand), parts (elephants in a few even parts).\n\n"
                "Examples:\n  uonaco flows examples/scenarios/sample_upload.json\n"
                "  uonaco flows examples/networks/metro.json --demands examples/networks/metro_demands.json --fair\n"
                "  uonaco flows examples/networks/metro.json --demands examples/networks/metro_demands.json --routing "
                "single");
        add_file(sub);
        flow_question& q = raw_.args.flow;
        sub->add_option("--demands", q.demands, "a file of demands in place of the scenario's; '-' is stdin")
            ->check(CLI::Validator(check_given, ""))
            ->option_text("FILE");
        sub->add_option("--routing", raw_.routing, "whose links are shown: split, tunnels, single or parts")
            ->check(CLI::IsMember(names_of<routing>()).description(""))
            ->option_text("NAME [split]");
        sub->add_option("--gap", q.gap, "how far from the best the split routings may be, in percent")
            ->check(within(1e-4, 100.0))
            ->option_text("PERCENT [1]");
        sub->add_option("--tunnels", q.tunnels, "paths of least delay a demand; split does without")
            ->check(within(1, 100))
            ->option_text("N [4]");
        sub->add_option("--parts", q.parts, "into which an elephant is split at most")
            ->check(within(1, 100))
            ->option_text("N [4]");
        sub->add_flag("--fair", q.fair, "max-min fair rates of the demands over the tunnels");
        sub->add_flag("--potential", q.potential, "what can be created or resized counts as capacity too");
        sub->add_option("--top", q.top, "how many links, the fullest first; 0: all")
            ->check(within(0, 1'000'000'000))
            ->option_text("N [20]");
    }
    void add_options() {
        CLI::App* sub = add(
            verb::options, "options", "All that the network can do for two sites, alone or so that no cut takes it",
            "What is free now, what a resize adds, what a new circuit adds; none that another is at least as good\n"
            "as in everything. With --at or --for, beside what the scenario's workloads hold throughout that window\n"
            "once they are placed as 'uonaco place' does. With --disjoint, pairs of ways without a common link,\n"
            "span or risk group: rate of the lesser, lease and power of both.\n\n"
            "Examples:\n  uonaco options examples/scenarios/figure1.json A B\n"
            "  uonaco options examples/scenarios/figure1.json A B --disjoint --format json\n"
            "  uonaco options examples/scenarios/figure1.json A B --at 2026-05-20T02:00:00Z --for 8 --rate 100");
        add_file(sub);
        sub->add_option("FROM", raw_.args.from, "a site")->required()->option_text(" ");
        sub->add_option("TO", raw_.args.to, "a site")->required()->option_text(" ");
        sub->add_option("--at", raw_.args.at, "ready by then and free from then on, RFC 3339 (now)")
            ->check(CLI::Validator(check_instant, ""))
            ->option_text("TIME");
        sub->add_option("--for", raw_.args.hours, "free for so long; with what that costs")
            ->check(within(1e-3, 1e6))
            ->option_text("HOURS");
        sub->add_option("--rate", raw_.args.rate, "of at least so many Gb/s; lease and power at that rate")
            ->check(within(1e-6, 1e9))
            ->option_text("GBPS");
        sub->add_flag("--disjoint", raw_.args.disjoint, "a way to work on and one to fall back on");
        sub->add_option("--paths", raw_.paths, "look at so many of least delay for each action")
            ->check(within(1, 100))
            ->option_text("N [16]");
        sub->add_option("--now", raw_.args.now, "when that is asked, RFC 3339 (when the scenario was observed)")
            ->check(CLI::Validator(check_instant, ""))
            ->option_text("TIME");
    }

    void add_plan() {
        CLI::App* sub =
            add(verb::plan, "plan", "Which wavelengths to light, with which modules, for all demands at least cost",
                "FILE is a planning instance (docs/network/planning.md) or a scenario, whose links that run both ways "
                "then\n"
                "are fibre. Where it names no modules, ZR+ transceivers in routers are planned by their power.\n\n"
                "Examples:\n  uonaco plan examples/planning/polska.json\n"
                "  uonaco plan examples/planning/polska.json --protect --latency 8000\n"
                "  uonaco plan examples/scenarios/figure1.json --demands A:B=300 A:C=80 --format json");
        sub->add_option("FILE", raw_.file, "a planning instance or a scenario; '-' is stdin")
            ->required()
            ->option_text(" ");
        sub->add_option("--demands", raw_.args.demands, "in place of those of the instance, in Gb/s each way")
            ->option_text("A:B=RATE ...")
            ->take_all();
        sub->add_option("--percentile", raw_.args.percentile, "at which demands that vary are taken")
            ->check(within(0.5, 0.999999))
            ->option_text("P [0.95]");
        sub->add_flag("--protect", raw_.args.protect, "a second way for each, disjoint in fibres and risks (1+1)");
        sub->add_option("--latency", raw_.args.latency, "at most so many microseconds one way, on every route")
            ->check(within(0.0, 1e9))
            ->option_text("US");
        sub->add_option("--iterations", raw_.args.iterations, "of each search")
            ->check(within(0, 10'000'000))
            ->option_text("N [4000]");
        sub->add_option("--seed", raw_.args.seed, "of the search")
            ->check(within(0LL, 4294967295LL))
            ->option_text("N [0]");
    }

    std::vector<std::string> verbs() const {
        std::vector<std::string> all;
        for (const CLI::App* sub : app_.get_subcommands([](const CLI::App*) { return true; }))
            all.push_back(sub->get_name());
        return all;
    }
    bool is_verb(const std::string& word) const {
        const auto all = verbs();
        return std::find(all.begin(), all.end(), word) != all.end();
    }
    answer unknown_verb(const std::string& word) const {
        const auto known = verbs();
        return {exit_status::usage, "",
                "uonaco: there is no verb '" + printable(word) + "'" + hint(word, known) + "; known are " +
                    joined(known) + "\n"};
    }
    answer answer_to(const CLI::ParseError& e) {
        std::ostringstream out, err;
        const bool asked_for = app_.exit(e, out, err) == 0;
        return {asked_for ? exit_status::done : exit_status::usage, out.str(), printable_lines(err.str())};
    }

    std::variant<arguments, answer> finished() {
        arguments& a = raw_.args;
        const bool is_explain = a.what == verb::explain && !a.candidates.empty();
        if (is_explain && a.candidates.size() != 2)
            return answer{exit_status::usage, "", "uonaco explain: --candidate is given twice, or not at all\n"};
        if (!raw_.file.empty()) a.files = {raw_.file};
        if (a.what == verb::validate)
            if (const std::string wrong = misplaced(a.as, "uonaco"); !wrong.empty())
                return answer{exit_status::usage, "", "uonaco validate: " + wrong + "\n"};
        if (a.what == verb::convert) {
            if (a.files.empty() && !a.list)
                return answer{exit_status::usage, "", "uonaco convert: FILE is required, or --list\n"};
            a.from = raw_.from_format;
            a.to = raw_.to_format;
            if (const std::string wrong = misplaced(a.from, a.to); !wrong.empty() && !a.list)
                return answer{exit_status::usage, "", "uonaco convert: " + wrong + "\n"};
        }
        if (a.what == verb::schema && raw_.format == "csv")
            return answer{exit_status::usage, "", "uonaco schema: a schema is JSON, not CSV\n"};
        a.format = raw_.format == "json"  ? output_format::json
                   : raw_.format == "csv" ? output_format::csv
                                          : output_format::table;
        if (a.what == verb::options) a.paths = raw_.paths;
        if (!raw_.profile.empty()) a.profile = parsed<uonaco::preset>(raw_.profile);
        if (!raw_.heuristic.empty()) a.heuristic = parsed<policy>(raw_.heuristic);
        if (a.device_step > 1 && a.heuristic != policy::optimum)
            return answer{exit_status::usage, "", "uonaco: --device-step goes with --heuristic optimum\n"};
        if (!raw_.least.empty()) a.path.least = parsed<measure>(raw_.least);
        if (!raw_.pair.empty()) a.path.pair = parsed<apartness>(raw_.pair);
        if (!raw_.routing.empty()) a.flow.shown = parsed<routing>(raw_.routing);
        if (!a.flow.demands.empty() && a.flow.demands == raw_.file && raw_.file == "-")
            return answer{exit_status::usage, "", "uonaco flows: stdin can be the scenario or the demands, not both\n"};
        const path_question& q = a.path;
        if (q.pair == apartness::maximal && (q.max_delay || q.max_jitter))
            return answer{exit_status::usage, "",
                          "uonaco paths: --pair maximal takes no limits; the other classes do\n"};
        return a;
    }

    CLI::App app_{what_it_does, "uonaco"};
    raw_arguments raw_{};
    std::vector<const CLI::Option*> foreign_{}; // of formats, of each verb that has them
};

} // namespace

std::variant<arguments, answer> parse_arguments(int argc, char** argv) { return command_line().parse(argc, argv); }

} // namespace program
