// SPDX-License-Identifier: Apache-2.0
#include "desk.hpp"
#include "text.hpp"

namespace program {

namespace {

/// What the scenario says of the time it describes; else when its first forecast begins.
uonaco::instant time_of(const scenario_record& s) {
    if (s.observed_at) return *s.observed_at;
    for (const auto& p : s.estate.power)
        if (!p.forecast.empty()) return p.forecast.front().start;
    return {};
}

void set_up(desk& d) {
    const arguments& a = d.args;
    d.how.now = time_of(d.record);
    if (!a.now.empty()) d.how.now = *uonaco::units::parse_instant(a.now.data(), static_cast<int>(a.now.size()));
    d.how.carbon_price = d.record.profile.carbon_price;
    if (a.carbon_price)
        d.how.carbon_price = uonaco::units::from_exchange_unit<uonaco::units::carbon_price>(*a.carbon_price);
    if (a.max_sites) d.how.space.sites = *a.max_sites;
    const uonaco::scoring_profile& own = d.record.profile;
    const bool same = !a.profile || (own.terms.empty() && *a.profile == own.preset);
    d.wanted = same ? objective(own) : objective(*a.profile);
    d.profile = same ? own.id.text : to_string(*a.profile);
    d.how.normalization = own.normalization;
}

/// Empty if it could not be found; then `known` names those that could.
std::vector<uonaco::workload> select(const desk& d, std::vector<std::string>& known) {
    if (d.args.workload.empty()) return d.record.workloads;
    for (const uonaco::workload& w : d.record.workloads) {
        if (w.id.text == d.args.workload) return {w};
        known.push_back(w.id.text);
    }
    return {};
}

} // namespace

void desk::sign(uonaco::decision& d) const {
    d.profile = uonaco::profile_id(profile);
    d.seed = args.seed;
    d.meta.observed_at = how.now;
    d.meta.source = uonaco::source_type::estimation;
}

std::variant<std::unique_ptr<desk>, answer> open_desk(const arguments& args, const terminal& screen) {
    auto d = std::make_unique<desk>();
    d->args = args;
    d->screen = screen;
    auto record = read_scenario(args.files.front());
    if (!record) return refuse({record.error()}, args.format, screen);
    d->record = *std::move(record);
    set_up(*d);

    uonaco::option_parameters ways;
    if (args.heuristic && needs_every_way(*args.heuristic)) ways = {.paths = 64, .every = true};
    auto where = uonaco::survey::of(d->record.estate, {}, ways);
    if (!where)
        return refuse({{args.files.front(),
                        {{uonaco::io::problem_level::semantic, "", "a scenario whose ids all name something",
                          where.error().detail, ""}}}},
                      args.format, screen);
    d->where = *std::move(where);

    if (args.what == verb::paths || args.what == verb::flows || args.what == verb::options) return d;
    std::vector<std::string> known;
    d->workloads = select(*d, known);
    if (!d->workloads.empty()) return d;
    d->nothing_asked =
        no(args.workload.empty() ? "the scenario asks for nothing: it has no workloads"
                                 : "there is no workload '" + args.workload + "'" + hint(args.workload, known),
           screen);
    if (args.format != output_format::json) return d->nothing_asked;
    return d; // programs get the answer's usual form, with nothing in it
}

answer no(const std::string& why, const terminal& screen) {
    return {exit_status::negative, "",
            styled("uonaco: ", style::strong, screen.colour_on_error) + printable(why) + "\n"};
}

} // namespace program
