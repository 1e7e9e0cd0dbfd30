// SPDX-License-Identifier: Apache-2.0
// OpenADR 3.1: events of a grid operator in (prices, emissions, limits, alerts), planned load out as a report. docs/adapt/openadr.md
#pragma once

#include "foreign_ids.hpp"
#include "foreign_quantity.hpp"
#include "iso_duration.hpp"
#include "power_steps.hpp"

#include "../io/dump.hpp"
#include "../reflect/resource.hpp"

namespace uonaco::inline UONACO_ABI::adapt {

struct openadr_options {
    std::string site{};      ///< whose feed the events are about; or
    std::string grid_zone{}; ///< of which zone; neither: each program is a zone of its own
    maybe<instant> now{};    ///< what a start of 0001-01-01 means
    std::string
        currency{}; ///< ISO 4217, of prices whose descriptor states none; empty: that of the other prices, or an estate's default
    io::load_options load{};
};

namespace detail {

/// intervalPeriod, of an event, a report's resource or an interval.
struct openadr_period {
    maybe<instant> start{};
    bool now = false; ///< "the beginning of time": now, or as soon as the interval before ends
    maybe<iso_duration> duration{};
};
/// P9999Y stands for ever.
inline bool endless(const iso_duration& d) { return d.months >= 9999 * 12; }

inline maybe<iso_duration> read_duration(const foreign_object& o, std::string_view key) {
    const io::value v = o.find(key);
    if (!v) return {};
    const parsed_duration p = v.is(io::json_kind::string) ? parse_iso_duration(v.text()) : parsed_duration{};
    if (!p.value && !v.is(io::json_kind::unreadable))
        o.problems().report(io::problem_level::schema, io::place(o.at(), key), "an ISO 8601 duration such as PT1H",
                            io::describe(v), p.wrong);
    return p.value;
}

inline openadr_period read_period(const foreign_object& o, std::vector<loss>& losses) {
    openadr_period p;
    o.within("intervalPeriod", "an interval period", [&](const foreign_object& period) {
        const io::value start = period.find("start");
        if (start && start.is(io::json_kind::string))
            for (const std::string_view origin : {"0001-01-01", "0000-01-01", "0000-00-00"}) // 3.1.1, 3.1.0, 3.0
                p.now = p.now || start.text() == origin ||
                        (start.text().substr(0, 10) == origin && start.text().substr(10, 9) == "T00:00:00");
        if (!p.now) p.start = read_time(period, "start");
        p.duration = read_duration(period, "duration");
        const auto random = read_duration(period, "randomizeStart");
        if (random && *random != iso_duration{})
            losses.push_back({io::place(period.at(), "randomizeStart").pointer(),
                              "how far starts are to be spread: times here are those before that"});
    });
    return p;
}

class openadr_reader {
  public:
    openadr_reader(io::reader& problems, translated<estate>& out, const openadr_options& options)
        : problems_(problems), out_(out), options_(options) {}

    void event(const foreign_object& o) {
        if (!o.is_object()) return;
        const std::size_t clean = problems_.count();
        const std::string type = o.text("objectType");
        if (!type.empty() && type != "EVENT")
            return wrong(io::place(o.at(), "objectType"), "EVENT", "\"" + type + "\"");
        if (!o.require("programID", "the id of the event's program")) return;
        const std::string program = o.text("programID");
        if (program.empty()) return empty_text(io::place(o.at(), "programID"), o.find("programID"));
        state& s = state_of(program);
        note_times(o, s);
        if (const io::value targets = o.find("targets"); targets && targets.size() > 0)
            lose(io::place(o.at(), "targets"), "whom it is meant for: taken as meant for all here");
        const auto priority = o.count("priority", 0);
        const std::map<std::string, descriptor, std::less<>> descriptors = descriptors_of(o);
        left_.rest_of(o, "event",
                      {"objectType", "programID", "targets", "priority", "payloadDescriptors", "intervalPeriod",
                       "duration", "intervals", "modificationDateTime", "createdDateTime"});

        const openadr_period whole = read_period(o, out_.losses);
        const auto limit = read_duration(o, "duration");
        std::vector<stated_figure> figures;
        told_once told;
        maybe<instant> first, end, last;
        bool ended = true;
        std::size_t number = 0;
        o.each_object("intervals", "an interval", [&](const foreign_object& i) {
            const openadr_period own = read_period(i, out_.losses);
            left_.rest_of(i, "interval", {"id", "intervalPeriod", "payloads"});
            const bool opens = number++ == 0;
            const maybe<iso_duration> length = own.duration ? own.duration : whole.duration;
            if (!length) {
                if (problems_.count() == clean) wrong(i.at(), "a duration, its own or the event's", "none");
                ended = false;
                return;
            }
            const long long rank = priority.value_or(last_priority);
            if (endless(*length)) {
                if (own.start || (opens && whole.start))
                    lose(i.at(), "when it begins: what holds for ever is said beside the forecast");
                ended = false;
                return payloads(i, descriptors, s, rank, {}, {}, nullptr, told);
            }
            maybe<instant> from = own.start;
            if (!from && opens) from = whole.start ? whole.start : own.now || whole.now ? options_.now : from;
            if (!from && !opens && ended) from = end;
            if (!from) {
                if (opens && (own.now || whole.now))
                    wrong(i.at(), "a time for its start", "\"now\"", "the option `now` says when that is");
                else
                    wrong(i.at(), "a start, its own, the event's or the end of the interval before", "none");
                ended = false;
                return;
            }
            if (length->months < 0 || length->seconds < 0) {
                ended = false;
                return wrong(i.at(), "a duration of at least 0", "a negative one");
            }
            const instant start = whole_ms(*from), until = whole_ms(after(*from, *length));
            if (!first || start < *first) first = start;
            if (!last || *last < until) last = until;
            end = until;
            ended = true;
            if (*length == iso_duration{}) return lose(i.at(), "no time at all: a cancelled one");
            constexpr double longest = 1e10; // s, of a record's durations
            if (!(start < until) || !writable(until) || (until - start).si() > longest) {
                ended = false;
                return wrong(i.at(), "an interval of a millisecond to 300 years, up to the year 9999", "another");
            }
            payloads(i, descriptors, s, rank, start, until, &figures, told);
        });
        if (limit && first && *first < *last) loop(o, s, figures, *first, *last, *limit);
        if (!figures.empty()) ++s.events;
        s.figures.insert(s.figures.end(), std::make_move_iterator(figures.begin()),
                         std::make_move_iterator(figures.end()));
    }

    void finish() {
        for (auto& [program, s] : states_) {
            settle(s);
            std::set<std::string_view> gaps; // one that repeats is told once
            s.record.forecast = join_steps(
                s.figures,
                [&](instant from, const stated_figure& next) {
                    if (!gaps.insert(next.pointer).second) return;
                    out_.losses.push_back({next.pointer, std::string("no event speaks of the time from ") +
                                                             units::to_text(from).c_str() +
                                                             " to this one: a step that states nothing"});
                },
                [&](const stated_figure& holds, const stated_figure& other) { clash(holds, other); });
            for (const power_step& step : s.record.forecast)
                if (step.duration.si() > 1e10)
                    problems_.report({io::problem_level::semantic, "", "events within 300 years", "a longer time", ""});
            s.record.forecast_repeats = s.loops.size() == 1 && s.events == 1 && !s.record.forecast.empty();
            if (!s.record.forecast_repeats)
                for (std::string& pointer : s.loops)
                    out_.losses.push_back({std::move(pointer), "its repetition: other events are there too"});
            if (marginal_) s.record.carbon_signal = carbon_signal::marginal;
            out_.result.power.push_back(std::move(s.record));
        }
        for (const std::size_t i : unsaid_)
            out_.losses[i].what = "its currency is not said: taken as " + out_.result.currency;
        left_.tell(out_.losses, "no record has a place for it");
        if (!options_.site.empty() && !states_.empty()) {
            site here;
            here.id.text = options_.site;
            out_.result.sites.push_back(std::move(here));
        }
    }

  private:
    static constexpr long long last_priority = 1LL << 60; ///< of events that state none
    static constexpr long long nobody = last_priority + 1;
    struct descriptor {
        std::string units{};
        std::string currency{};

        friend bool operator==(const descriptor&, const descriptor&) = default;
    };
    /// Losses of an event that are told only once.
    struct told_once {
        std::set<std::string> types{};
        bool currency = false;
    };
    struct state {
        power_state record{};
        std::vector<stated_figure> figures{};
        stated_figure flat[6]{}; ///< by field; one with a pointer is there
        std::vector<std::string> loops{};
        std::size_t events = 0; ///< with figures of the forecast
    };

    void lose(const io::place& at, std::string what) { out_.losses.push_back({at.pointer(), std::move(what)}); }
    void wrong(const io::place& at, std::string expected, std::string found, std::string hint = {}) {
        problems_.report(io::problem_level::semantic, at, std::move(expected), std::move(found), std::move(hint));
    }
    void empty_text(const io::place& at, io::value v) {
        if (v.is(io::json_kind::string)) wrong(at, "an id of at least one character", "\"\"");
    }
    void clash(const stated_figure& holds, const stated_figure& other) {
        problems_.report({io::problem_level::semantic, other.pointer,
                          "an event of another priority than " + holds.pointer,
                          "both for one time, with different figures", "the lower priority holds"});
    }

    state& state_of(const std::string& program) {
        const bool own = options_.site.empty() && options_.grid_zone.empty();
        const auto [entry, fresh] = states_.try_emplace(own ? program : std::string());
        state& s = entry->second;
        if (!fresh) return s;
        const std::string name = own ? program : options_.site.empty() ? options_.grid_zone : options_.site;
        ids_.name(s.record, name);
        s.record.site.text = options_.site;
        s.record.grid_zone = options_.site.empty() ? name : options_.grid_zone;
        s.record.meta.reference = "OpenADR";
        return s;
    }
    static void note_times(const foreign_object& o, state& s) {
        const auto changed = read_time(o, "modificationDateTime"), made = read_time(o, "createdDateTime");
        const auto at = changed ? changed : made;
        if (at && (!s.record.meta.observed_at || *s.record.meta.observed_at < *at)) s.record.meta.observed_at = at;
    }
    std::map<std::string, descriptor, std::less<>> descriptors_of(const foreign_object& o) {
        std::map<std::string, descriptor, std::less<>> all;
        o.each_object("payloadDescriptors", "a payload descriptor", [&](const foreign_object& d) {
            if (!d.require("payloadType", "a payload type")) return;
            const descriptor own{d.text("units"), d.text("currency")};
            const auto [entry, fresh] = all.emplace(d.text("payloadType"), own);
            if (!fresh && !(entry->second == own))
                wrong(d.at(), "one descriptor for each payload type", "another of " + entry->first.substr(0, 128));
            left_.rest_of(d, "payload descriptor", {"objectType", "payloadType", "units", "currency"});
        });
        return all;
    }

    /// event.duration: less than the intervals cuts them, more repeats them, for ever is a forecast that repeats. All intervals are the cycle, also those
    /// that state no figure.
    void loop(const foreign_object& o, state& s, std::vector<stated_figure>& figures, instant first, instant last,
              const iso_duration& limit) {
        if (figures.empty()) return;
        const io::place at(o.at(), "duration");
        if (endless(limit)) {
            // The forecast is as long as the cycle; what others say of its ends holds before this nothing.
            instant from = last, until = first;
            for (const stated_figure& f : figures) from = std::min(from, f.from), until = std::max(until, f.until);
            stated_figure nothing{first, from, figures[0].field, 0, false, nobody, at.pointer()};
            if (first < from) figures.push_back(nothing);
            nothing.from = until, nothing.until = last;
            if (until < last) figures.push_back(nothing);
            return s.loops.push_back(at.pointer());
        }
        const instant end = whole_ms(after(first, limit));
        const double span = (last - first).si();
        const double rounds = math::floor((end - first).si() / span) + 1;
        constexpr double most = 10000; // steps of all events: a year of hours
        if (end == first) lose(at, "all of it: an event of no time is a cancelled one");
        if (end < first || !writable(end) || repeated_ + (rounds - 1) * static_cast<double>(figures.size()) > most)
            return wrong(at, "a duration of at least 0 in which the intervals repeat to at most 10000 steps",
                         "another");
        const std::size_t once = figures.size();
        repeated_ += (rounds - 1) * static_cast<double>(once);
        for (double round = 1; round < rounds; ++round)
            for (std::size_t i = 0; i < once; ++i) {
                stated_figure f = figures[i];
                f.from = whole_ms(f.from + units::duration::from_si(round * span));
                f.until = whole_ms(f.until + units::duration::from_si(round * span));
                figures.push_back(std::move(f));
            }
        std::size_t kept = 0;
        for (stated_figure& f : figures) {
            if (end < f.until) f.until = end;
            if (!(f.from < f.until)) continue;
            if (&figures[kept] != &f) figures[kept] = std::move(f);
            ++kept;
        }
        figures.resize(kept);
    }

    /// Of one interval; `figures` null: for ever.
    void payloads(const foreign_object& i, const std::map<std::string, descriptor, std::less<>>& descriptors, state& s,
                  long long rank, instant from, instant until, std::vector<stated_figure>* figures, told_once& told) {
        i.each_object("payloads", "a payload", [&](const foreign_object& p) {
            if (!p.require("type", "a payload type") || !p.require("values", "a list of values")) return;
            const std::string type = p.text("type");
            const auto known = descriptors.find(type);
            const descriptor d = known == descriptors.end() ? descriptor{} : known->second;
            const auto quantities = [&]<class Q>(step_field field, const foreign_unit& unit, allowed sign) {
                values(p, s, field, rank, from, until, figures, [&](const io::place& at, io::value v) {
                    const auto q = read_quantity<Q>(problems_, at, v, unit, sign);
                    return q ? maybe<double>(q->si()) : maybe<double>();
                });
            };
            if (type == "PRICE") {
                const bool mega = d.units == "MWH";
                if (!mega && d.units != "KWH" && !d.units.empty())
                    return lose(p.at(), "a price for each " + d.units + ", which is no energy of electricity");
                if (currency(p, d.currency, told))
                    quantities.template operator()<units::energy_price>(
                        step_field::energy_price, {mega ? "currency/MWh" : "currency/kWh", 1, mega ? 1000.0 : 1.0},
                        allowed::any_sign);
            } else if (type == "GHG") {
                if (d.units != "GHG" && !d.units.empty())
                    return lose(p.at(), "emissions in " + d.units + ": g/kWh (GHG) are known");
                marginal_ = true;
                quantities.template operator()<units::carbon_intensity>(step_field::carbon_intensity, {"g/kWh"},
                                                                        allowed::from_zero);
            } else if (type == "IMPORT_CAPACITY_LIMIT") {
                if (d.units.empty())
                    return wrong(p.at(), "units of IMPORT_CAPACITY_LIMIT under payloadDescriptors, such as KW", "none");
                const double watts = d.units == "KW" ? 1e3 : d.units == "W" ? 1 : d.units == "MW" ? 1e6 : 0;
                if (watts == 0) return lose(p.at(), "a limit in " + d.units + ", which is not active power");
                quantities.template operator()<units::power>(step_field::supply_limit, {d.units.c_str(), watts},
                                                             allowed::from_zero);
            } else if (const maybe<grid_event> alert = alert_of(type)) {
                values(p, s, step_field::grid_event, rank, from, until, figures, [&](const io::place& at, io::value v) {
                    if (v.is(io::json_kind::string)) return maybe<double>(static_cast<double>(*alert));
                    if (!v.is(io::json_kind::unreadable))
                        problems_.report(io::problem_level::schema, at, "a string", io::describe(v));
                    return maybe<double>();
                });
                if (told.types.insert(type).second)
                    lose(p.at(), type == "ALERT_BLACK_START" ? "that it is a black start, and its words: an emergency"
                                                             : "its words");
            } else if (told.types.insert(type).second) {
                lose(p.at(), "payloads of type " + type.substr(0, 128));
            }
        });
    }
    static maybe<grid_event> alert_of(std::string_view type) {
        if (type == "ALERT_GRID_EMERGENCY" || type == "ALERT_BLACK_START") return grid_event::emergency;
        if (type == "ALERT_POSSIBLE_OUTAGE") return grid_event::possible_outage;
        if (type == "ALERT_FLEX_ALERT") return grid_event::flex_alert;
        return {};
    }

    /// Several values share the interval's time in equal parts.
    template <class Read>
    void values(const foreign_object& p, state& s, step_field field, long long rank, instant from, instant until,
                std::vector<stated_figure>* figures, const Read& read) {
        const io::value list = p.find("values");
        const std::size_t n = list.is(io::json_kind::array) ? list.size() : 0;
        if (list.is(io::json_kind::array) && n == 0) return wrong(io::place(p.at(), "values"), "a value", "none");
        if (n > 1 && !figures)
            return wrong(io::place(p.at(), "values"), "one value: for ever is not shared out", io::describe(list));
        const double share = (until - from).si() / static_cast<double>(n > 0 ? n : 1);
        std::size_t at = 0;
        p.each("values", [&](const io::place& where, io::value v) {
            const std::size_t i = at++;
            const maybe<double> si = v.is(io::json_kind::null) ? maybe<double>() : read(where, v);
            stated_figure f{from, until, field, si.value_or(0.0), si.known(), rank, where.pointer()};
            if (!figures) return beside(s, std::move(f));
            if (i > 0) f.from = whole_ms(from + units::duration::from_si(share * static_cast<double>(i)));
            if (i + 1 < n) f.until = whole_ms(from + units::duration::from_si(share * static_cast<double>(i + 1)));
            if (f.from < f.until) return figures->push_back(std::move(f));
            wrong(where, "a share of at least a millisecond", "less");
        });
    }

    /// What holds for ever with a lower priority holds before figures of the forecast too; of equal ones the shorter holds for its time.
    void settle(state& s) {
        std::set<std::string_view> told;
        for (stated_figure& f : s.figures) {
            const stated_figure& flat = s.flat[static_cast<int>(f.field)];
            if (flat.pointer.empty() || f.rank == nobody) continue;
            if (flat.rank == f.rank && f.known && f.figure != flat.figure && told.insert(f.pointer).second)
                out_.losses.push_back({f.pointer, "its priority is that of " + flat.pointer +
                                                      ", which holds for ever: this holds in its time"});
            if (flat.rank < f.rank) f.figure = flat.figure, f.known = true;
        }
    }

    /// A figure outside the forecast.
    void beside(state& s, stated_figure f) {
        if (!f.known) return;
        stated_figure& before = s.flat[static_cast<int>(f.field)];
        if (!before.pointer.empty()) {
            if (before.rank == f.rank && before.figure != f.figure) return clash(before, f);
            if (before.rank <= f.rank) return;
        }
        switch (f.field) {
        case step_field::energy_price: s.record.energy_price = units::energy_price::from_si(f.figure); break;
        case step_field::carbon_intensity:
            s.record.carbon_intensity = units::carbon_intensity::from_si(f.figure);
            break;
        case step_field::renewable: s.record.renewable = units::ratio::from_si(f.figure); break;
        case step_field::carbon_free: s.record.carbon_free = units::ratio::from_si(f.figure); break;
        case step_field::supply_limit: s.record.supply_limit = units::power::from_si(f.figure); break;
        case step_field::grid_event:
            s.record.grid_event = static_cast<uonaco::grid_event>(static_cast<int>(f.figure));
            break;
        }
        before = std::move(f);
    }

    bool currency(const foreign_object& p, const std::string& stated, told_once& told) {
        const std::string& said = stated.empty() ? options_.currency : stated;
        if (said.empty()) {
            if (!told.currency) unsaid_.push_back(out_.losses.size()), lose(p.at(), "");
            return told.currency = true;
        }
        bool iso = said.size() == 3;
        for (const char c : said) iso = iso && c >= 'A' && c <= 'Z';
        if (!iso)
            wrong(p.at(), "a currency by its ISO 4217 letters under payloadDescriptors",
                  "\"" + said.substr(0, 32) + "\"");
        if (!iso) return false;
        if (currency_.empty()) out_.result.currency = currency_ = said;
        if (said != currency_)
            wrong(p.at(), currency_ + ", as before", said, "an estate has one currency: translate one at a time");
        return said == currency_;
    }

    io::reader& problems_;
    translated<estate>& out_;
    const openadr_options& options_;
    foreign_ids ids_{};
    std::map<std::string, state> states_{};
    std::string currency_{};
    passed_over_members left_{};
    std::vector<std::size_t> unsaid_{}; ///< losses of a currency, which is known only at the end
    double repeated_ = 0;               ///< steps made of others by an event's duration
    bool marginal_ = false;
};

} // namespace detail

/// Power states from an event or a list of events, as a VTN gives them: those of one site or zone (see the options), or a zone a program.
/// Problems: what is no event, figures out of bounds, starts and durations that are missing, equal priorities that contradict each
/// other, two currencies. O(n log n).
inline imported<estate> from_openadr(std::string_view text, const openadr_options& options = {}) {
    return read_foreign_value<
        estate>(text, options.load, [&](io::reader& r, const io::place& at, io::value root, translated<estate>& out) {
        detail::openadr_reader reader(r, out, options);
        if (!options.site.empty() && !io::is_id(options.site))
            r.report({io::problem_level::semantic, "", "an id in the option `site`", options.site.substr(0, 128), ""});
        if (root.is(io::json_kind::array)) {
            std::size_t i = 0;
            for (const io::value v : root) {
                if (r.full()) break;
                const io::place here(at, i++);
                reader.event(foreign_object(r, here, v, "an OpenADR event"));
            }
        } else {
            reader.event(foreign_object(r, at, root, "an OpenADR event, or a list of them"));
        }
        reader.finish();
    });
}

/// What a site will draw for a time.
struct planned_load {
    instant start{};
    units::duration duration{};
    units::power power{};

    friend bool operator==(const planned_load&, const planned_load&) = default;
};

/// As what it is reported.
enum class load_payload : unsigned char {
    demand,                     ///< DEMAND, KW, a forecast; not negative
    usage_forecast,             ///< USAGE_FORECAST, KWH
    import_capacity_reservation ///< IMPORT_CAPACITY_RESERVATION, KW: what is asked for; not negative
};
constexpr const char* to_string(load_payload p) {
    constexpr const char* names[] = {"DEMAND", "USAGE_FORECAST", "IMPORT_CAPACITY_RESERVATION"};
    return names[static_cast<int>(p)];
}

struct openadr_report_options {
    load_payload payload = load_payload::demand;
    std::string resource_name = "AGGREGATED_REPORT"; ///< 1 to 128 characters
    std::string report_name{};                       ///< for people
};

/// The body of POST /reports: planned load, answering an event. What the payload cannot say is a loss: no duration, power below 0, times finer
/// than a millisecond. Preconditions: ids of 1 to 128 characters. Linear.
inline translated<std::string> to_openadr_report(const std::vector<planned_load>& plan, std::string_view event_id,
                                                 std::string_view client_name,
                                                 const openadr_report_options& options = {}) {
    translated<std::string> out;
    std::vector<planned_load> kept;
    for (std::size_t i = 0; i < plan.size(); ++i) {
        const planned_load& l = plan[i];
        const std::string pointer = "/" + std::to_string(i);
        if (!(l.duration.si() > 0) || !writable(l.start))
            out.losses.push_back({pointer, "all of it: it has no time"});
        else if (options.payload != load_payload::usage_forecast && l.power.si() < 0)
            out.losses.push_back({pointer, "all of it: the payload has no power below 0"});
        else
            kept.push_back(l);
        if (writable(l.start) && whole_ms(l.start) != l.start)
            out.losses.push_back({pointer, "parts of a millisecond of its start"});
    }
    bool even = !kept.empty();
    for (std::size_t i = 1; i < kept.size(); ++i)
        even = even && kept[i].duration == kept[0].duration &&
               kept[i].start == kept[0].start + kept[0].duration * static_cast<double>(i);

    io::document d;
    const auto text = [&](const char* key, std::string_view s) { d.key(key).string(s); };
    const auto period = [&](const planned_load& l) {
        d.key("intervalPeriod").open_object();
        text("start", units::to_text(l.start).c_str());
        text("duration", to_iso_duration(l.duration));
        d.close();
    };
    const bool energy = options.payload == load_payload::usage_forecast;
    d.open_object();
    text("objectType", "REPORT");
    text("eventID", event_id);
    text("clientName", client_name);
    if (!options.report_name.empty()) text("reportName", options.report_name);
    d.key("payloadDescriptors").open_array();
    d.open_object();
    text("objectType", "REPORT_PAYLOAD_DESCRIPTOR");
    text("payloadType", to_string(options.payload));
    text("readingType", "FORECAST");
    text("units", energy ? "KWH" : "KW");
    d.close();
    d.close();
    d.key("resources").open_array();
    d.open_object();
    text("resourceName", options.resource_name);
    if (even) period(kept[0]);
    d.key("intervals").open_array();
    for (std::size_t i = 0; i < kept.size(); ++i) {
        d.open_object();
        d.key("id").natural(i);
        if (!even) period(kept[i]);
        d.key("payloads").open_array();
        d.open_object();
        text("type", to_string(options.payload));
        d.key("values").open_array();
        d.real(energy ? in_foreign_unit(units::energy(kept[i].power * kept[i].duration), {"kWh"})
                      : in_foreign_unit(kept[i].power, {"kW", 1000}));
        d.close();
        d.close();
        d.close();
        d.close();
    }
    for (int level = 0; level < 4; ++level) d.close(); // intervals, resource, resources, report
    out.result = io::to_text(d);
    return out;
}

/// Planned load out of such a report, whoever wrote it; other payloads are losses. O(n).
inline imported<std::vector<planned_load>> from_openadr_report(std::string_view text,
                                                               const io::load_options& options = {}) {
    using plan = std::vector<planned_load>;
    return read_foreign<plan>(text, options, "an OpenADR report", [](const foreign_object& o, translated<plan>& out) {
        io::reader& r = o.problems();
        std::map<std::string, std::string> units_of;
        o.each_object("payloadDescriptors", "a payload descriptor",
                      [&](const foreign_object& d) { units_of.emplace(d.text("payloadType"), d.text("units")); });
        o.require("resources", "a list of resources");
        o.each_object("resources", "a resource", [&](const foreign_object& resource) {
            const detail::openadr_period whole = detail::read_period(resource, out.losses);
            maybe<instant> end = whole.start;
            resource.each_object("intervals", "an interval", [&](const foreign_object& i) {
                const detail::openadr_period own = detail::read_period(i, out.losses);
                const maybe<instant> start = own.start ? own.start : end;
                const maybe<iso_duration> length = own.duration ? own.duration : whole.duration;
                const maybe<instant> until =
                    start && length ? maybe<instant>(whole_ms(after(*start, *length))) : maybe<instant>();
                if (!until || !(*start < *until) || !writable(*until) || (*until - *start).si() > 1e10)
                    return r.report(io::problem_level::semantic, i.at(), "a start, and a duration above 0", "another");
                end = until;
                const units::duration duration =
                    length->months == 0 ? units::duration::from_si(length->seconds) : *until - *start;
                i.each_object("payloads", "a payload", [&](const foreign_object& p) {
                    const std::string type = p.text("type");
                    const std::string& unit = units_of[type];
                    const bool energy = type == "USAGE_FORECAST" && unit == "KWH";
                    const bool power = (type == "DEMAND" || type == "IMPORT_CAPACITY_RESERVATION") && unit == "KW";
                    if (!energy && !power)
                        return out.losses.push_back(
                            {p.at().pointer(), "a payload of type " + type.substr(0, 128) +
                                                   (unit.empty() ? "" : " in " + unit.substr(0, 128))});
                    p.each("values", [&](const io::place& at, io::value v) {
                        maybe<units::power> load;
                        if (power) {
                            load = read_quantity<units::power>(r, at, v, {"kW", 1000}, allowed::from_zero);
                        } else if (const auto e = read_quantity<units::energy>(r, at, v, {"kWh"}, allowed::any_sign)) {
                            load = *e / duration;
                        }
                        if (load) out.result.push_back({whole_ms(*start), duration, *load});
                    });
                });
            });
        });
    });
}

} // namespace uonaco::inline UONACO_ABI::adapt
