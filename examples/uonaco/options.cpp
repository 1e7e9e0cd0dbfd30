// SPDX-License-Identifier: Apache-2.0
#include "network_columns.hpp"
#include "text.hpp"
#include "verbs.hpp"

#include <uonaco/network/protected_options.hpp>
#include <uonaco/place/describe.hpp>

namespace program {

namespace {

namespace units = uonaco::units;
using uonaco::maybe;
using uonaco::path_option;
using uonaco::protected_option;

/// What was asked: the sites, from when on and for how long, at which rate.
struct option_question {
    unsigned from = 0;
    unsigned to = 0;
    maybe<units::instant> at{};
    maybe<units::duration> length{};
    maybe<units::bit_rate> rate{};
    uonaco::network_rates free{}; ///< throughout the window
};

maybe<unsigned> site_of(const uonaco::estate& e, const std::string& id) {
    for (unsigned i = 0; i < e.sites.size(); ++i)
        if (e.sites[i].id.text == id) return i;
    return {};
}
std::string nobody(const uonaco::estate& e, const std::string& id) {
    std::vector<std::string> known;
    for (const auto& s : e.sites) known.push_back(s.id.text);
    return "there is no site '" + id + "'" + hint(id, known);
}

/// The least that the scenario's workloads leave anywhere in the window, placed as 'uonaco place' does.
uonaco::result<uonaco::network_rates> left_in_window(desk& d, const option_question& asked) {
    const policy by = d.record.workloads.size() == 1 ? policy::exhaustive : policy::greedy;
    progress meter(d.screen, "place", d.record.workloads.size());
    const auto all = place_all(by, d.where, d.record.workloads, d.wanted, d.how, meter);
    if (!all) return all.error();
    const units::instant from = asked.at.value_or(d.how.now);
    return all->committed.rates().free(from, from + asked.length.value_or(units::duration::from_si(1.0)));
}

/// The rate that is wanted of an option; unknown if it has less.
maybe<units::bit_rate> wanted(const path_option& o, const option_question& asked) {
    const units::bit_rate rate = asked.rate.value_or(o.rate);
    if (!(least_steps(rate, o.step) <= o.rate)) return {};
    return rate;
}
bool in_time(const desk& d, const option_question& asked, const path_option& o) {
    return !asked.at || d.how.now + o.lead_time <= *asked.at;
}

/// What one way takes for a rate, in its own steps, and what that comes to.
struct bill {
    units::bit_rate taken{};
    maybe<units::power> power{};
    maybe<units::price_rate> lease{};
    maybe<units::money> cost{}; ///< fee and lease over the window, billed as tariffs say; without what volume costs
};
bill bill_of(const path_option& o, units::bit_rate rate, const option_question& asked) {
    bill b{least_steps(rate, o.step), {}, {}, {}};
    if (o.transport_energy_known) b.power = units::power(o.transport_energy * b.taken);
    if (o.lease) b.lease = units::price_rate(*o.lease * b.taken);
    units::duration billed = units::max(asked.length.value_or({}), o.least_lease);
    if (o.lease_step.si() > 0) billed = o.lease_step * uonaco::math::ceil((billed / o.lease_step).si());
    if (b.lease && o.set_up_fee) b.cost = units::money(*o.set_up_fee + *b.lease * billed);
    return b;
}

table empty_table(bool pairs, const option_question& asked) {
    table t;
    t.columns = {words_column("action"),
                 column_of<units::bit_rate>("rate"),
                 column_of<units::bit_rate>("step"),
                 column_of<units::latency>("latency"),
                 column_of<units::latency>("worst_latency"),
                 column_of<units::duration>("lead_time"),
                 column_of<units::bit_rate>("taken"),
                 column_of<units::power>("power"),
                 column_of<units::price_rate>("lease"),
                 column_of<units::money>("set_up_fee"),
                 column_of<units::money>("cost"),
                 column_of<units::volume_price>("egress"),
                 column_of<units::ratio>("availability"),
                 words_column("both_ways"),
                 words_column("hitless"),
                 words_column("protection"),
                 words_column("links"),
                 words_column("backup_action"),
                 words_column("backup_links"),
                 column_of<units::bit_rate>("backup_taken"),
                 words_column(pairs ? "working_and_backup" : "via")};
    t.columns[2].expendable = 5;
    t.columns[6].shown = asked.rate.known();
    t.columns[11].expendable = 1;
    t.columns[13].expendable = 3;
    t.columns[14].expendable = 4;
    t.columns[15].expendable = 2;
    for (const int c : {16, 17, 18, 19}) t.columns[static_cast<unsigned>(c)].shown = false;
    return t;
}

/// "A-C-B", and the circuit if it is one.
std::string told(const desk& d, const path_option& o) {
    std::string text = uonaco::detail::route(d.where, o, d.args.from);
    if (o.circuit != path_option::no_circuit) text += " (circuit " + d.record.estate.circuits[o.circuit].id.text + ")";
    return text;
}

/// " by north, south": the links, of pairs those of both ways.
std::string by_links(const row& r) {
    std::string text;
    for (const unsigned c : {16u, 18u})
        if (const auto* ids = std::get_if<std::vector<std::string>>(&r.figures[c].raw))
            text += (text.empty() ? " by " : " and ") + joined(*ids);
    return text;
}

/// `o` is what the two come to where there are two.
row row_of(const desk& d, const option_question& asked, const path_option& o, const protected_option* pair) {
    const units::bit_rate rate = *wanted(o, asked);
    const bool made = o.action != uonaco::network_action::use;
    const path_option& working = pair ? pair->working : o;
    bill b = bill_of(working, rate, asked), other;
    if (pair) {
        other = bill_of(pair->backup, rate, asked);
        b.power = b.power + other.power;
        b.lease = b.lease + other.lease;
        b.cost = b.cost + other.cost;
    }
    row r;
    r.figures = {shown(to_string(working.action)),
                 shown(o.rate),
                 o.step ? shown(o.step) : figure{},
                 shown(o.latency),
                 pair ? shown(pair->worst_latency) : figure{},
                 made ? shown(o.lead_time) : figure{},
                 shown(b.taken),
                 shown(b.power),
                 shown(b.lease),
                 made ? shown(o.set_up_fee) : figure{},
                 asked.length ? shown(b.cost) : figure{},
                 !(o.egress && o.egress->si() == 0) ? shown(o.egress) : figure{},
                 shown(o.availability_known ? maybe(o.availability) : maybe<units::ratio>{}),
                 shown(o.both_ways),
                 made ? shown(o.hitless) : figure{},
                 pair ? shown(to_string(pair->had)) : figure{},
                 {"", link_names(d, working)},
                 pair ? shown(to_string(pair->backup.action)) : figure{},
                 pair ? figure{"", link_names(d, pair->backup)} : figure{},
                 pair ? shown(other.taken) : figure{},
                 shown(pair ? told(d, working) + " and " + to_string(pair->backup.action) + " " + told(d, pair->backup)
                            : told(d, o))};
    if (o.availability_known)
        r.figures[12].text = units::to_text(100 * o.availability.si(), 7).c_str() + std::string(" %");
    if (pair && told(d, working) == told(d, pair->backup)) r.figures.back().text += by_links(r);
    return r;
}
/// Where two rows print alike, the ids of their links follow.
void tell_apart(table& t) {
    const auto alike = [](const row& a, const row& b) {
        return a.figures[0].text == b.figures[0].text && a.figures.back().text == b.figures.back().text;
    };
    std::vector<bool> twin(t.rows.size());
    for (unsigned i = 0; i < t.rows.size(); ++i)
        for (unsigned j = 0; j < t.rows.size(); ++j) twin[i] = twin[i] || (i != j && alike(t.rows[i], t.rows[j]));
    for (unsigned i = 0; i < t.rows.size(); ++i)
        if (twin[i]) t.rows[i].figures.back().text += by_links(t.rows[i]);
}
/// "link a, span b, risk group 7, node c"
std::string named(const uonaco::shared_parts& parts, const desk& d) {
    std::vector<std::string> all;
    const uonaco::estate& e = d.record.estate;
    for (const unsigned l : parts.links) all.push_back("link " + e.links[l].id.text);
    for (const unsigned s : parts.spans) all.push_back("span " + e.spans[s].id.text);
    for (const auto g : parts.srlgs) all.push_back("risk group " + std::to_string(g));
    return joined(all);
}
std::string no_pair(const uonaco::unprotected& why, const desk& d) {
    const std::string ends = "'" + d.args.from + "' and '" + d.args.to + "'";
    switch (why.code) {
    case uonaco::errc::unreachable: return "nothing that is free joins " + ends;
    case uonaco::errc::too_many:
        return "no two ways between " + ends + " that share no risk were found, which is no proof";
    default:
        return "no two ways between " + ends + " share no risk; those that share least share " + named(why.shared, d);
    }
}

/// Why none has the rate: what the widest lacks.
std::string no_rate(const desk& d, const option_question& asked, const std::vector<const path_option*>& widest) {
    std::string text =
        "no option between '" + d.args.from + "' and '" + d.args.to + "' has " + units::to_text(*asked.rate).c_str();
    for (const path_option* o : widest)
        if (const auto lacks = shortage_of(asked.free, d.where.net(), d.record.estate, *o, *asked.rate))
            return text + ": " + describe(lacks, d.record.estate);
    return text;
}

struct listing {
    table rows{};
    unsigned late = 0; ///< not ready at the time asked for
    std::string refused{};
};

listing list_options(desk& d, const option_question& asked) {
    listing out{empty_table(false, asked), 0, ""};
    const uonaco::option_parameters p{.paths = static_cast<unsigned>(d.args.paths)};
    const auto all = uonaco::options(d.where.net(), d.record.estate, {asked.from}, {asked.to}, asked.free, p);
    const path_option* widest = nullptr;
    for (const path_option& o : all) {
        if (!widest || o.rate > widest->rate) widest = &o;
        if (!wanted(o, asked)) continue;
        if (in_time(d, asked, o))
            out.rows.rows.push_back(row_of(d, asked, o, nullptr));
        else
            ++out.late;
    }
    if (all.empty())
        out.refused = "nothing that is free joins '" + d.args.from + "' and '" + d.args.to + "'";
    else if (out.rows.rows.empty() && out.late == 0)
        out.refused = no_rate(d, asked, {widest});
    return out;
}
listing list_pairs(desk& d, const option_question& asked) {
    listing out{empty_table(true, asked), 0, ""};
    const uonaco::option_parameters p{.paths = static_cast<unsigned>(d.args.paths)};
    const auto all = uonaco::protected_options(d.where.net(), d.record.estate, {asked.from}, {asked.to}, asked.free,
                                               uonaco::protection::risk, p);
    if (!all) {
        out.refused = no_pair(all.error(), d);
        return out;
    }
    const protected_option* widest = nullptr;
    for (const protected_option& o : *all) {
        if (!widest || o.both.rate > widest->both.rate) widest = &o;
        if (!wanted(o.both, asked)) continue;
        if (in_time(d, asked, o.both))
            out.rows.rows.push_back(row_of(d, asked, o.both, &o));
        else
            ++out.late;
    }
    if (out.rows.rows.empty() && out.late == 0) out.refused = no_rate(d, asked, {&widest->working, &widest->backup});
    return out;
}

std::string title(const desk& d, const option_question& asked) {
    std::string text = d.args.disjoint ? "Two ways from " : "From ";
    text += printable(d.args.from) + " to " + printable(d.args.to);
    if (d.args.disjoint) text += " that no single cut takes";
    if (asked.at) text += ", from " + d.args.at + " on";
    if (asked.length) text += ", for " + std::string(units::to_text(*asked.length).c_str());
    if (asked.rate) text += ", at " + std::string(units::to_text(*asked.rate).c_str());
    return text + (d.args.disjoint ? "; lease and power of both" : "; lease and power") +
           (asked.rate ? " of what is taken for it" : " at the whole rate");
}

} // namespace

answer options(desk& d) {
    const uonaco::estate& e = d.record.estate;
    option_question asked;
    for (const std::string* name : {&d.args.from, &d.args.to})
        if (!site_of(e, *name)) return no(nobody(e, *name), d.screen);
    asked.from = *site_of(e, d.args.from);
    asked.to = *site_of(e, d.args.to);
    if (asked.from == asked.to) return no("'" + d.args.from + "' is the same place", d.screen);
    if (!d.args.at.empty()) asked.at = units::parse_instant(d.args.at.data(), static_cast<int>(d.args.at.size()));
    if (d.args.hours) asked.length = units::duration::from_si(3600.0 * *d.args.hours);
    if (d.args.rate) asked.rate = units::from_exchange_unit<units::bit_rate>(*d.args.rate);
    if (asked.at && *asked.at < d.how.now)
        return no("the window begins before the scenario does, at " + d.args.at, d.screen);

    asked.free = d.where.rates();
    if ((asked.at || asked.length) && !d.record.workloads.empty()) {
        auto left = left_in_window(d, asked);
        if (!left) return no(left.error().detail, d.screen);
        asked.free = *std::move(left);
    }
    listing found = d.args.disjoint ? list_pairs(d, asked) : list_options(d, asked);
    const std::string late =
        counted(found.late, "more option") + (found.late == 1 ? " is" : " are") + " ready only later than " + d.args.at;
    if (found.refused.empty() && found.rows.rows.empty()) found.refused = "nothing is ready by then: " + late;
    if (!found.refused.empty()) {
        answer out = no(found.refused, d.screen);
        out.err += left_out(d);
        return out;
    }
    tell_apart(found.rows);

    answer out;
    switch (d.args.format) {
    case output_format::json: {
        uonaco::io::document json;
        json.open_object();
        json.key("kind").string("options");
        json.key("from").string(d.args.from);
        json.key("to").string(d.args.to);
        if (asked.at) json.key("at").string(d.args.at);
        if (d.args.hours) json.key("for_h").real(*d.args.hours);
        if (d.args.rate) json.key("rate_gbps").real(*d.args.rate);
        json.key("disjoint").boolean(d.args.disjoint);
        json.key("options").open_array();
        add_rows(json, found.rows);
        json.close();
        json.key("not_ready").integer(found.late);
        json.close();
        out.out = text_of(json);
        break;
    }
    case output_format::csv: out.out = as_csv(found.rows); break;
    case output_format::table:
        out.out = styled(title(d, asked), style::strong, d.screen.colour) + "\n\n" + as_text(found.rows, d.screen);
        if (found.late > 0) out.out += "  " + late + "\n";
        out.out += left_out(d);
        break;
    }
    return out;
}

} // namespace program
