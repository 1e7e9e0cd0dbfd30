// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "hostile.hpp"

#include <uonaco/adapt/openadr.hpp>
#include <uonaco/units/literals.hpp>

#include <random>

using namespace uonaco;
using namespace uonaco::literals;
using adapt::from_openadr;

namespace {
const char* const samples[] = {"tests/adapt/openadr/prices.json", "tests/adapt/openadr/tariff.json",
                               "tests/adapt/openadr/limit.json"};
instant time(const char* text) { return *units::parse_instant(text, static_cast<int>(std::string(text).size())); }
std::string refused(const adapt::imported<estate>& made) {
    if (made) return "accepted";
    return made.error().size() == 1 ? made.error()[0].pointer : std::to_string(made.error().size()) + " problems";
}
/// An event of one hour with one payload.
std::string payload(const std::string& type, const std::string& values, const std::string& descriptor = "") {
    return R"({"programID": "p", "payloadDescriptors": [{"payloadType": ")" + type + "\"" + descriptor +
           R"(}], "intervalPeriod": {"start": "2026-03-02T00:00:00Z", "duration": "PT1H"},
              "intervals": [{"id": 0, "payloads": [{"type": ")" +
           type + R"(", "values": )" + values + "}]}]}";
}
std::string event(const std::string& period, const std::string& intervals, const std::string& more = "") {
    return R"({"programID": "p", "payloadDescriptors": [{"payloadType": "PRICE", "units": "KWH", "currency": "EUR"}])" +
           (period.empty() ? "" : ", \"intervalPeriod\": " + period) + more + ", \"intervals\": [" + intervals + "]}";
}
std::string price(const std::string& figure, const std::string& period = "") {
    return R"({"id": 0, "payloads": [{"type": "PRICE", "values": [)" + figure + "]}]" +
           (period.empty() ? "" : ", \"intervalPeriod\": " + period) + "}";
}
const std::string hour = R"({"start": "2026-03-02T00:00:00Z", "duration": "PT1H"})";
std::vector<double> prices(const adapt::imported<estate>& made) {
    std::vector<double> all;
    for (const power_step& s : made->result.power.at(0).forecast)
        all.push_back(s.energy_price ? adapt::in_foreign_unit(*s.energy_price, {"currency/kWh"}) : -99);
    return all;
}
std::vector<double> hours(const adapt::imported<estate>& made) {
    std::vector<double> all;
    for (const power_step& s : made->result.power.at(0).forecast) all.push_back(s.duration.si() / 3600);
    return all;
}
using figures = std::vector<double>;
} // namespace

TEST_CASE("openadr: prices, emissions, a limit and an alert of a program make one state") {
    const auto made = from_openadr(hostile::file(samples[0]));
    REQUIRE(made);
    CHECK(made->result.currency == "EUR");
    REQUIRE(made->result.power.size() == 1);
    const power_state& s = made->result.power[0];
    CHECK(s.grid_zone == "day-ahead-7");
    CHECK(s.carbon_signal == carbon_signal::marginal);
    CHECK(*s.meta.observed_at == time("2026-03-01T14:00:00Z"));
    CHECK(hours(made) == figures{1, 0.5, 1.5, 0.25, 0.25, 0.25, 0.25});
    CHECK(prices(made) == figures{0.17, -0.03, -0.03, 0.11, 0.12, 0.13, 0.14});
    CHECK(s.forecast[0].carbon_intensity->si() == (412.5_g_per_kWh).si());
    CHECK(!s.forecast[1].carbon_intensity);
    CHECK(s.forecast[1].supply_limit->si() == 18e6);
    CHECK(*s.forecast[1].grid_event == grid_event::emergency);
    CHECK(!s.forecast[2].supply_limit);
    std::vector<std::string> lost;
    for (const auto& l : made->losses) lost.push_back(l.pointer);
    CHECK(lost == std::vector<std::string>{"/1/targets", "/1/intervals/0/intervalPeriod/randomizeStart",
                                           "/1/intervals/0/payloads/1", "/1/intervals/0/payloads/2", "/0"});
    CHECK(hostile::loads_or_is_refused(made));
}

TEST_CASE("openadr: a tariff that goes on for ever is a forecast that repeats") {
    const auto made = from_openadr(hostile::file(samples[1]), {.site = "site-1"});
    REQUIRE(made);
    const power_state& s = made->result.power.at(0);
    CHECK(s.site.text == "site-1");
    CHECK(made->result.sites.at(0).id.text == "site-1");
    CHECK(s.forecast_repeats);
    CHECK(s.forecast[0].start == time("2026-03-02T08:00:00Z"));
    CHECK(prices(made) == figures{0.08, 0.1205});
    CHECK(made->losses.empty());
    CHECK(hostile::loads_or_is_refused(made));
}

TEST_CASE("openadr: what holds from now on for ever stands beside the forecast") {
    const auto made = from_openadr(hostile::file(samples[2]), {.grid_zone = "DE"});
    REQUIRE(made);
    const power_state& s = made->result.power.at(0);
    CHECK(s.grid_zone == "DE");
    CHECK(s.supply_limit->si() == 24.5e6);
    CHECK(*s.grid_event == grid_event::flex_alert);
    CHECK(s.forecast.empty());
    CHECK(hostile::loads_or_is_refused(made));
}

TEST_CASE("openadr, unit trap: prices per KWH and MWH, of either sign, in one currency") {
    const auto step = [](const char* descriptor, const char* figure) {
        const auto made = from_openadr(payload("PRICE", std::string("[") + figure + "]", descriptor));
        return made && !made->result.power[0].forecast.empty()
                   ? units::in_exchange_unit(*made->result.power[0].forecast[0].energy_price)
                   : -99;
    };
    CHECK(step(R"(, "units": "KWH", "currency": "EUR")", "0.17") == 0.17);
    CHECK(step(R"(, "units": "MWH", "currency": "EUR")", "-170") == -0.17);
    CHECK(step(R"(, "units": "KWH", "currency": "EUR")", "0") == 0);
    CHECK(step("", "0.17") == 0.17);
    const auto gas = from_openadr(payload("PRICE", "[1.2]", R"(, "units": "THERMS", "currency": "USD")"));
    REQUIRE(gas);
    CHECK(gas->result.power[0].forecast.empty());
    CHECK(gas->losses.at(0).pointer == "/intervals/0/payloads/0");
    CHECK(refused(from_openadr(payload("PRICE", "[1]", R"(, "units": "KWH", "currency": "euro")"))) ==
          "/intervals/0/payloads/0");
    CHECK(refused(from_openadr(payload("PRICE", "[1e7]", R"(, "currency": "EUR")"))) ==
          "/intervals/0/payloads/0/values/0");
    CHECK(refused(from_openadr("[" + payload("PRICE", "[1]", R"(, "currency": "EUR")") + "," +
                               payload("PRICE", "[1]", R"(, "currency": "USD")") + "]")) ==
          "/1/intervals/0/payloads/0");
    CHECK(from_openadr(payload("PRICE", "[0.17]"))->losses.size() == 1); // the currency
}

TEST_CASE("openadr, unit trap: limits are KW, emissions g/kWh, -1 is none") {
    const auto limit = [](const char* figure, const char* units) {
        return from_openadr(payload("IMPORT_CAPACITY_LIMIT", std::string("[") + figure + "]", units));
    };
    CHECK(limit("240", R"(, "units": "KW")")->result.power[0].forecast[0].supply_limit->si() == 240e3);
    CHECK(limit("240", R"(, "units": "W")")->result.power[0].forecast[0].supply_limit->si() == 240);
    CHECK(refused(limit("240", "")) == "/intervals/0/payloads/0");
    CHECK(limit("0", R"(, "units": "KW")")->result.power[0].forecast[0].supply_limit->si() == 0); // disconnected
    CHECK(refused(limit("-1", R"(, "units": "KW")")) == "/intervals/0/payloads/0/values/0");
    CHECK(limit("240", R"(, "units": "KVA")")->losses.size() == 1);
    CHECK(limit("240", R"(, "units": "KVA")")->result.power[0].forecast.empty());
    CHECK(!limit("null", R"(, "units": "KW")")->result.power[0].forecast[0].supply_limit);
    CHECK(refused(from_openadr(payload("GHG", "[-1]"))) == "/intervals/0/payloads/0/values/0");
    CHECK(from_openadr(payload("GHG", "[0]"))->result.power[0].forecast[0].carbon_intensity->si() == 0);
    CHECK(from_openadr(payload("GHG", "[1]", R"(, "units": "LB")"))->losses.size() == 1);
    for (const char* share :
         {"-1", "0.5", "50"}) { // PERCENT is from -1 to 1, of what it does not say: no limit in watts
        CHECK(limit(share, R"(, "units": "PERCENT")")->losses.size() == 1);
        CHECK(limit(share, R"(, "units": "PERCENT")")->result.power[0].forecast.empty());
    }
}

TEST_CASE("openadr: alerts, and payloads that have no place") {
    const auto alert = [](const char* type) {
        const auto made = from_openadr(payload(type, R"(["words"])"));
        return made && !made->result.power[0].forecast.empty() ? made->result.power[0].forecast[0].grid_event
                                                               : maybe<grid_event>();
    };
    CHECK(alert("ALERT_GRID_EMERGENCY") == maybe<grid_event>(grid_event::emergency));
    CHECK(alert("ALERT_BLACK_START") == maybe<grid_event>(grid_event::emergency));
    CHECK(alert("ALERT_POSSIBLE_OUTAGE") == maybe<grid_event>(grid_event::possible_outage));
    CHECK(alert("ALERT_FLEX_ALERT") == maybe<grid_event>(grid_event::flex_alert));
    for (const char* type : {"ALERT_FIRE", "SIMPLE", "EXPORT_PRICE", "PRICE_ALTERNATE", "IMPORT_CAPACITY_SUBSCRIPTION",
                             "DISPATCH_SETPOINT", "X_PRIVATE"}) {
        const auto made = from_openadr(payload(type, "[1]"));
        REQUIRE(made);
        CHECK(made->result.power[0].forecast.empty());
        CHECK(made->losses.size() == 1);
    }
}

TEST_CASE("openadr: intervals inherit the event's period, and follow each other") {
    CHECK(hours(from_openadr(event(hour, price("1") + "," + price("2")))) == figures{1, 1});
    CHECK(hours(from_openadr(event(hour, price("1") + "," + price("2", R"({"duration": "PT2H"})") + "," +
                                             price("3")))) == figures{1, 2, 1});
    const auto own = from_openadr(event("", price("1", R"({"start": "2026-03-02T00:00:00Z", "duration": "P1D"})") +
                                                "," + price("2", R"({"start": "0001-01-01", "duration": "P1M"})")));
    CHECK(hours(own) == figures{24, 31 * 24});
    CHECK(refused(from_openadr(event("", price("1")))) == "/intervals/0");
    CHECK(refused(from_openadr(event(R"({"start": "2026-03-02T00:00:00Z"})",
                                     price("1", R"({"start": "2026-03-02T00:00:00Z"})")))) == "/intervals/0");
    CHECK(refused(from_openadr(event(R"({"duration": "PT1H"})", price("1")))) == "/intervals/0");
    CHECK(refused(from_openadr(event(R"({"start": "2026-03-02T00:00:00Z"})", price("1")))) == "/intervals/0");
    CHECK(refused(from_openadr(event(R"({"start": "2026-03-02T00:00:00Z", "duration": null})", price("1")))) ==
          "/intervals/0");
    CHECK(refused(from_openadr(event(R"({"start": "2026-03-02T00:00:00Z", "duration": "-PT1H"})", price("1")))) ==
          "/intervals/0");
    CHECK(refused(from_openadr(event(R"({"start": "2026-03-02T00:00:00Z", "duration": "1 hour"})", price("1")))) ==
          "/intervalPeriod/duration");
    const auto cancelled = from_openadr(event(R"({"start": "2026-03-02T00:00:00Z", "duration": "PT0S"})", price("1")));
    CHECK(cancelled->losses.at(0).pointer == "/intervals/0");
}

TEST_CASE("openadr: now is what the options say") {
    const auto text = event(R"({"start": "0001-01-01T00:00:00", "duration": "PT1H"})", price("1"));
    CHECK(refused(from_openadr(text)) == "/intervals/0");
    const auto made = from_openadr(text, {.now = time("2026-03-02T05:00:00Z")});
    REQUIRE(made);
    CHECK(made->result.power[0].forecast[0].start == time("2026-03-02T05:00:00Z"));
}

TEST_CASE("openadr: the event's duration cuts, repeats, or repeats for ever") {
    const auto text = [](const char* duration) {
        return event(hour, price("1") + "," + price("2"), std::string(R"(, "duration": ")") + duration + "\"");
    };
    CHECK(prices(from_openadr(text("PT90M"))) == figures{1, 2});
    CHECK(hours(from_openadr(text("PT90M"))) == figures{1, 0.5});
    CHECK(prices(from_openadr(text("PT2H"))) == figures{1, 2});
    CHECK(prices(from_openadr(text("PT5H"))) == figures{1, 2, 1, 2, 1});
    CHECK(from_openadr(text("P9999Y"))->result.power[0].forecast_repeats);
    CHECK(prices(from_openadr(text("P1Y"))).size() == 365 * 24);
    CHECK(refused(from_openadr(text("P2Y"))) == "/duration"); // 10,000 steps are made, of all events
    CHECK(refused(from_openadr("[" + text("P1Y") + "," + text("P1Y") + "]")) == "/1/duration");
    CHECK(refused(from_openadr(text("P100Y"))) == "/duration");
    CHECK(refused(from_openadr(text("-PT1H"))) == "/duration");
    CHECK(from_openadr(text("PT0S"))->losses.at(0).pointer == "/duration");
    const auto two = from_openadr("[" + text("P9999Y") + "," + payload("ALERT_FLEX_ALERT", "[\"x\"]") + "]");
    REQUIRE(two);
    CHECK(!two->result.power[0].forecast_repeats);
    CHECK(two->losses.back().pointer == "/0/duration");
}

TEST_CASE("openadr: intervals without figures are part of what repeats") {
    const auto twelve = [](const std::string& intervals, const char* duration) {
        return from_openadr(event(R"({"start": "2026-03-02T00:00:00Z", "duration": "PT12H"})", intervals,
                                  std::string(R"(, "duration": ")") + duration + "\""));
    };
    const std::string simple = R"({"id": 1, "payloads": [{"type": "SIMPLE", "values": [1]}]})";
    const auto ever = twelve(price("1") + "," + simple, "P9999Y");
    REQUIRE(ever);
    CHECK(ever->result.power[0].forecast_repeats);
    CHECK(hours(ever) == figures{12, 12});
    CHECK(!ever->result.power[0].forecast[1].energy_price);
    const auto late = twelve(R"({"id": 0, "payloads": []},)" + price("1"), "P9999Y");
    REQUIRE(late);
    CHECK(hours(late) == figures{12, 12});
    CHECK(!late->result.power[0].forecast[0].energy_price);
    const auto days = twelve(price("1") + "," + simple, "P2D");
    REQUIRE(days);
    CHECK(hours(days) == figures{12, 12, 12});
    CHECK((days->result.power[0].forecast[0].energy_price && !days->result.power[0].forecast[1].energy_price));
}

TEST_CASE("openadr: what holds for ever holds by its priority") {
    const auto with = [](const std::string& period, const char* kw, const char* priority) {
        return R"({"programID": "p", "payloadDescriptors": [{"payloadType": "IMPORT_CAPACITY_LIMIT", "units": "KW"}], "priority": )" +
               std::string(priority) + ", \"intervalPeriod\": " + period +
               R"(, "intervals": [{"payloads": [{"type": "IMPORT_CAPACITY_LIMIT", "values": [)" + kw + "]}]}]}";
    };
    const char* ever = R"({"start": "2026-03-01T00:00:00Z", "duration": "P9999Y"})";
    const auto limit = [&](const char* of_ever, const char* of_hour) {
        const auto made = from_openadr("[" + with(ever, "200", of_ever) + "," + with(hour, "500", of_hour) + "]");
        REQUIRE(made);
        CHECK(made->result.power[0].supply_limit->si() == 200e3);
        return made->result.power[0].forecast.at(0).supply_limit->si();
    };
    CHECK(limit("0", "5") == 200e3);
    CHECK(limit("5", "0") == 500e3);
    CHECK(limit("3", "3") == 500e3);
    const auto equal = from_openadr("[" + with(ever, "200", "3") + "," + with(hour, "500", "3") + "]");
    bool told = false;
    for (const auto& l : equal->losses) told = told || l.pointer == "/1/intervals/0/payloads/0/values/0";
    CHECK(told);
}

TEST_CASE("openadr: a payload type has one descriptor") {
    CHECK(refused(from_openadr(R"({"programID": "p", "payloadDescriptors": [{"payloadType": "PRICE", "units": "KWH"},
        {"payloadType": "PRICE", "units": "MWH"}], "intervals": []})")) == "/payloadDescriptors/1");
    CHECK(from_openadr(R"({"programID": "p", "payloadDescriptors": [{"payloadType": "PRICE", "units": "KWH"},
        {"payloadType": "PRICE", "units": "KWH"}], "intervals": []})"));
}

TEST_CASE("openadr: a gap that repeats is told once") {
    const auto made = from_openadr(event(hour, R"({"id": 0},)" + price("2"), R"(, "duration": "P30D")"));
    REQUIRE(made);
    int gaps = 0;
    for (const auto& l : made->losses) gaps += l.what.find("no event speaks of the time") != std::string::npos;
    CHECK(gaps == 1);
    CHECK(made->result.power[0].forecast.size() == 2 * 360 - 1);
}

TEST_CASE("openadr: the lower priority holds, equal ones may not contradict") {
    const auto with = [](const char* figure, const char* priority) {
        return event(hour, price(figure), std::string(R"(, "priority": )") + priority);
    };
    CHECK(prices(from_openadr("[" + with("1", "2") + "," + with("5", "1") + "]")) == figures{5});
    CHECK(prices(from_openadr("[" + with("1", "0") + "," + with("5", "null") + "]")) == figures{1});
    CHECK(refused(from_openadr("[" + with("1", "1") + "," + with("5", "1") + "]")) ==
          "/1/intervals/0/payloads/0/values/0");
    CHECK(prices(from_openadr("[" + with("1", "1") + "," + with("1", "1") + "]")) == figures{1});
}

TEST_CASE("openadr: between events nothing is stated, and that is told") {
    const auto made = from_openadr("[" + event(hour, price("1")) + "," +
                                   event(R"({"start": "2026-03-02T03:00:00Z", "duration": "PT1H"})", price("2")) + "]");
    REQUIRE(made);
    CHECK(hours(made) == figures{1, 2, 1});
    CHECK(prices(made) == figures{1, -99, 2});
    CHECK(made->losses.at(0).pointer == "/1/intervals/0/payloads/0/values/0");
}

TEST_CASE("openadr: programs are zones unless the options say whose events they are") {
    const auto two = R"([{"programID": "a b", "intervals": []}, {"programID": "c", "intervals": []}])";
    const auto made = from_openadr(two);
    REQUIRE(made->result.power.size() == 2);
    CHECK(made->result.power[0].grid_zone == "a b");
    CHECK(made->result.power[0].id.text == "a-b");
    CHECK(from_openadr(two, {.grid_zone = "z"})->result.power.size() == 1);
    CHECK(!from_openadr(two, {.site = "no id!"}));
    CHECK(!from_openadr(R"({"objectType": "REPORT", "programID": "a"})"));
}

TEST_CASE("openadr: planned load goes out and comes back") {
    using adapt::planned_load;
    const std::vector<planned_load> plan = {{time("2026-03-02T00:00:00Z"), 1_h, 18.25_MW},
                                            {time("2026-03-02T01:00:00Z"), 1_h, 240_kW}};
    const auto out = adapt::to_openadr_report(plan, "event-17", "ven-1", {.report_name = "plan"});
    CHECK(out.losses.empty());
    const auto parsed = nlohmann::json::parse(out.result);
    CHECK(parsed["resources"][0]["intervalPeriod"]["duration"] == "PT1H");
    CHECK(parsed["resources"][0]["intervals"][0]["payloads"][0] ==
          nlohmann::json::parse(R"({"type": "DEMAND", "values": [18250]})"));
    CHECK(parsed["payloadDescriptors"][0]["readingType"] == "FORECAST");
    const auto usage = nlohmann::json::parse(
        adapt::to_openadr_report(plan, "e", "v", {.payload = adapt::load_payload::usage_forecast}).result);
    CHECK(usage["resources"][0]["intervals"][1]["payloads"][0]["values"][0] == 240);
    CHECK(usage["payloadDescriptors"][0]["units"] == "KWH");
    const auto back = adapt::from_openadr_report(out.result);
    REQUIRE(back);
    CHECK(back->result == plan);
    const auto lost = adapt::to_openadr_report({{time("2026-03-02T00:00:00Z"), 0_h, 1_kW},
                                                {time("2026-03-02T00:00:00Z"), 1_h, units::power::from_si(-1)},
                                                {instant::from_unix(0.0001), 1_h, 1_kW}},
                                               "e", "v");
    CHECK(lost.losses.size() == 3);
}

TEST_CASE("openadr: random plans come back as they went out") {
    std::mt19937_64 random(11);
    const auto below = [&](unsigned long n) { return static_cast<double>(random() % n); };
    for (int i = 0; i < 1000; ++i) {
        std::vector<adapt::planned_load> plan;
        double t = 1.7e9 + below(100000000);
        const bool even = random() % 2 == 0;
        for (unsigned long n = random() % 12; n > 0; --n) {
            const double length = even ? 900 : (below(100000) + 1) / 8;
            plan.push_back({instant::from_unix(t), units::duration::from_si(length),
                            units::power::from_si(below(1000000000) / 1e6 * 1000)}); // what a decimal in kW is
            t += length + (even ? 0 : below(3));
        }
        for (const auto payload : {adapt::load_payload::demand, adapt::load_payload::import_capacity_reservation,
                                   adapt::load_payload::usage_forecast}) {
            const auto out = adapt::to_openadr_report(plan, "e", "v", {.payload = payload});
            const auto back = adapt::from_openadr_report(out.result);
            REQUIRE(back);
            REQUIRE(back->result.size() == plan.size());
            REQUIRE(out.losses.empty());
            for (std::size_t k = 0; k < plan.size(); ++k) {
                REQUIRE(back->result[k].start == plan[k].start);
                REQUIRE(back->result[k].duration == plan[k].duration);
                if (payload == adapt::load_payload::usage_forecast)
                    REQUIRE(back->result[k].power.si() == Approx(plan[k].power.si()).epsilon(1e-14));
                else
                    REQUIRE(back->result[k].power == plan[k].power);
            }
            if (payload != adapt::load_payload::usage_forecast)
                REQUIRE(adapt::to_openadr_report(back->result, "e", "v", {.payload = payload}).result == out.result);
        }
    }
}

TEST_CASE("openadr: a currency that nobody states is the option's, else that of other prices") {
    const std::string bare = payload("PRICE", "[1]"), euros = payload("PRICE", "[1]", R"(, "currency": "EUR")");
    const auto said = from_openadr(bare, {.currency = "NOK"});
    REQUIRE(said);
    CHECK(said->result.currency == "NOK");
    CHECK(said->losses.empty());
    CHECK(!from_openadr(euros, {.currency = "NOK"})->losses.size());
    CHECK(from_openadr(euros, {.currency = "NOK"})->result.currency == "EUR");
    CHECK(!from_openadr("[" + bare + "," + euros + "]", {.currency = "NOK"}));
    const auto mixed = from_openadr("[" + bare + "," + euros + "]");
    REQUIRE(mixed);
    CHECK(mixed->losses.at(0).what == "its currency is not said: taken as EUR");
}

TEST_CASE("openadr: hostile documents are refused or load") {
    for (const char* sample : samples) {
        const std::string text = hostile::file(sample);
        REQUIRE(!text.empty());
        const auto check = [](const std::string& t) {
            INFO(t);
            CHECK(hostile::loads_or_is_refused(from_openadr(t)));
            CHECK(hostile::loads_or_is_refused(from_openadr(t, {.site = "s", .now = instant::from_unix(1.7e9)})));
        };
        hostile::for_each_value_changed(text, check);
        hostile::for_each_prefix(text, check);
    }
    const auto report = adapt::to_openadr_report({{time("2026-03-02T00:00:00Z"), 1_h, 1_MW}}, "e", "v").result;
    hostile::for_each_value_changed(report, [](const std::string& t) {
        const auto made = adapt::from_openadr_report(t);
        CHECK((made || !made.error().empty()));
    });
    std::string many;
    for (int i = 0; i < 10000; ++i) many += (i ? "," : "") + price("1");
    CHECK(from_openadr(event(hour, many))->result.power[0].forecast.size() == 10000);
    std::string same = "[";
    for (int i = 0; i < 10000; ++i) same += (i ? "," : "") + event(hour, price("1"));
    CHECK(from_openadr(same + "]")->result.power[0].forecast.size() == 1);
}
