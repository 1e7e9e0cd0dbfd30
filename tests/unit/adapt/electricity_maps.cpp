// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "hostile.hpp"

#include <uonaco/adapt/electricity_maps.hpp>
#include <uonaco/units/literals.hpp>

using namespace uonaco;
using namespace uonaco::literals;
using adapt::from_electricity_maps;

namespace {
const char* const samples[] = {"tests/adapt/electricity_maps/latest.json", "tests/adapt/electricity_maps/zone.json",
                               "tests/adapt/electricity_maps/history.json"};
std::string one(const std::string& members) {
    return R"({"zone": "DE", "datetime": "2026-03-02T10:00:00Z", )" + members + "}";
}
std::string forecast(const std::string& points, const std::string& more = "") {
    return R"({"zone": "DE", "updatedAt": "2026-03-02T09:00:00Z", "forecast": [)" + points + "]" + more + "}";
}
std::string at(const char* time, const char* figure) {
    return std::string(R"({"datetime": "2026-03-02T)") + time + R"(:00Z", "carbonIntensity": )" + figure + "}";
}
instant time(const char* text) { return *units::parse_instant(text, static_cast<int>(std::string(text).size())); }
/// The pointer of the one problem, or what there is instead.
std::string refused(const adapt::imported<estate>& made) {
    if (made) return "accepted";
    return made.error().size() == 1 ? made.error()[0].pointer : std::to_string(made.error().size()) + " problems";
}
} // namespace

TEST_CASE("electricity_maps: the latest intensity is the figure of its zone") {
    const auto made = from_electricity_maps(hostile::file(samples[0]));
    REQUIRE(made);
    REQUIRE(made->losses.size() == 1);
    CHECK(made->losses[0].what == "updatedAt, createdAt (of 1 figure): no record has a place for it");
    REQUIRE(made->result.power.size() == 1);
    const power_state& s = made->result.power[0];
    CHECK(s.id.text == "DE");
    CHECK(s.grid_zone == "DE");
    CHECK(s.site.empty());
    CHECK(s.carbon_intensity == maybe<units::carbon_intensity>(302_g_per_kWh));
    CHECK(s.carbon_signal == carbon_signal::average);
    CHECK(s.forecast.empty());
    CHECK(s.meta.observed_at == maybe<instant>(time("2026-03-02T10:00:00Z")));
    CHECK(s.meta.source == source_type::estimation);
    CHECK(s.emission_factors == maybe<emission_factors>(emission_factors::lifecycle));
    CHECK(*s.meta.labels.find("estimation_method") == "TIME_SLICER_AVERAGE");
    CHECK(hostile::loads_or_is_refused(made));
}

TEST_CASE("electricity_maps: answers of several routes make one state a zone, step by step") {
    const auto made = from_electricity_maps(hostile::file(samples[1]));
    REQUIRE(made);
    CHECK(made->result.currency == "EUR");
    REQUIRE(made->result.power.size() == 1);
    const power_state& s = made->result.power[0];
    CHECK(s.meta.source == source_type::measured);
    CHECK(s.carbon_intensity->si() == (21.5_g_per_kWh).si());
    CHECK(s.renewable->si() == 0.66);
    REQUIRE(s.forecast.size() == 6);
    CHECK(s.forecast[0].start == time("2026-03-02T11:00:00Z"));
    CHECK(s.forecast[0].duration == 15_min);
    CHECK(s.forecast[0].carbon_intensity->si() == (22_g_per_kWh).si());
    CHECK(units::in_exchange_unit(*s.forecast[0].energy_price) == 0.0415);
    CHECK(units::in_exchange_unit(*s.forecast[1].energy_price) == -0.00275);
    CHECK(s.forecast[2].energy_price->si() == 0);
    CHECK(s.forecast[4].duration == 1_h);
    CHECK(!s.forecast[4].carbon_intensity); // null: unknown, and no gap
    CHECK(!s.forecast[5].energy_price);
    CHECK(s.forecast[5].carbon_intensity->si() == (24.25_g_per_kWh).si());
    CHECK(made->losses.size() == 1); // updatedAt of single figures
    CHECK(s.carbon_free->si() == 0.98);
    CHECK(hostile::loads_or_is_refused(made));
}

TEST_CASE("electricity_maps: history gives steps too") {
    const auto made = from_electricity_maps(hostile::file(samples[2]));
    REQUIRE(made);
    const power_state& s = made->result.power.at(0);
    REQUIRE(s.forecast.size() == 2);
    CHECK(s.forecast[1].carbon_intensity->si() == (131_g_per_kWh).si());
    CHECK(!s.carbon_intensity);
    CHECK(s.meta.source == source_type::measured);
    CHECK(s.emission_factors == maybe<emission_factors>(emission_factors::direct));
}

TEST_CASE("electricity_maps, unit trap: percent is not a ratio") {
    const auto share = [](const char* figure) {
        return from_electricity_maps(one(std::string(R"("unit": "%", "value": )") + figure),
                                     {.route = "renewable-percentage/latest"});
    };
    CHECK(share("55")->result.power[0].renewable->si() == 0.55);
    CHECK(share("0.5")->result.power[0].renewable->si() == 0.005);
    CHECK(share("100")->result.power[0].renewable->si() == 1);
    CHECK(refused(share("100.5")) == "/value");
    CHECK(refused(share("-1")) == "/value"); // the API says null for what it does not know
    CHECK(!share("null")->result.power[0].renewable);
    const auto breakdown = from_electricity_maps(one(R"("renewablePercentage": 40, "fossilFreePercentage": 55)"));
    CHECK(breakdown->result.power[0].renewable->si() == 0.4);
    CHECK(breakdown->result.power[0].carbon_free->si() == 0.55);
}

TEST_CASE("electricity_maps, unit trap: prices are per MWh and may be negative") {
    const auto price = [](const char* members) { return from_electricity_maps(one(members)); };
    const auto per_mwh = price(R"("unit": "EUR/MWh", "value": -124.81, "source": "nordpool.com")");
    CHECK(units::in_exchange_unit(*per_mwh->result.power[0].energy_price) == Approx(-0.12481).epsilon(1e-15));
    CHECK(per_mwh->result.currency == "EUR");
    CHECK(units::in_exchange_unit(*price(R"("unit": "USD/kWh", "value": 0.25)")->result.power[0].energy_price) == 0.25);
    CHECK(refused(price(R"("unit": "EUR/GWh", "value": 1)")) == "/value"); // no price, so what is it?
    CHECK(refused(price(R"("unit": "ct/MWh", "value": 1)")) == "/value");
    CHECK(refused(from_electricity_maps(one(R"("unit": "ct/kWh", "value": 1)"), {.route = "price-day-ahead/latest"})) ==
          "/unit");
    CHECK(refused(price(R"("unit": "EUR/MWh", "value": 2e9)")) == "/value"); // above a million a kWh
    CHECK(refused(from_electricity_maps(R"({"a/b": {"zone": "A"}, "price-day-ahead/latest":
        {"zone": "A", "datetime": "2026-03-02T10:00:00Z", "unit": "EUR/MWh", "value": 1}, "price-day-ahead/latest?zone=B":
        {"zone": "B", "datetime": "2026-03-02T10:00:00Z", "unit": "GBP/MWh", "value": 1}})")) ==
          "/price-day-ahead~1latest?zone=B/unit");
}

TEST_CASE("electricity_maps, unit trap: intensities are g/kWh, and -1 is none") {
    CHECK(from_electricity_maps(one(R"("carbonIntensity": 0)"))->result.power[0].carbon_intensity->si() == 0);
    CHECK(refused(from_electricity_maps(one(R"("carbonIntensity": -1)"))) == "/carbonIntensity");
    CHECK(refused(from_electricity_maps(one(R"("carbonIntensity": 1e7)"))) == "/carbonIntensity");
    CHECK(!from_electricity_maps(one(R"("carbonIntensity": null)"))->result.power[0].carbon_intensity);
}

TEST_CASE("electricity_maps: granularity gives the durations") {
    const auto length = [](const std::string& granularity, const char* start = "2026-01-31T00:00:00Z") {
        const auto made = from_electricity_maps(
            forecast(std::string(R"({"carbonIntensity": 1, "datetime": ")") + start + "\"}", granularity));
        return made ? made->result.power[0].forecast[0].duration.si() : -1;
    };
    CHECK(length("") == 3600);
    CHECK(length(R"(, "temporalGranularity": "hourly")") == 3600);
    CHECK(length(R"(, "temporalGranularity": "5_minutes")") == 300);
    CHECK(length(R"(, "temporalGranularity": "15_minutes")") == 900);
    CHECK(length(R"(, "temporalGranularity": "daily")") == 86400);
    CHECK(length(R"(, "temporalGranularity": "weekly")") == 7 * 86400);
    CHECK(length(R"(, "temporalGranularity": "monthly")", "2026-02-01T00:00:00Z") == 28 * 86400);
    CHECK(length(R"(, "temporalGranularity": "quarterly")", "2026-01-01T00:00:00Z") == 90 * 86400);
    CHECK(length(R"(, "temporalGranularity": "yearly")", "2028-01-01T00:00:00Z") == 366 * 86400);
    CHECK(length(R"(, "temporalGranularity": "half_hourly")") == -1);
}

TEST_CASE("electricity_maps: a gap is a problem, or the series ends before it; nothing is filled in") {
    const auto text = forecast(at("10:00", "1") + "," + at("12:00", "2") + "," + at("13:00", "3"));
    CHECK(refused(from_electricity_maps(text)) == "/forecast/1/carbonIntensity");
    const auto cut = from_electricity_maps(text, {.cut_at_gap = true});
    REQUIRE(cut);
    CHECK(cut->result.power[0].forecast.size() == 1);
    CHECK(*cut->result.power[0].meta.observed_at == time("2026-03-02T09:00:00Z")); // updatedAt
    CHECK(cut->result.power[0].meta.source == source_type::estimation);
    REQUIRE(cut->losses.size() == 1);
    CHECK(cut->losses[0].pointer == "/forecast/1/carbonIntensity");
    CHECK(cut->losses[0].what.find("1 later") != std::string::npos);
    // Two series of one zone with time between them.
    const auto apart =
        R"({"carbon-intensity/forecast": {"zone": "DE", "forecast": [{"datetime": "2026-03-02T10:00:00Z", "carbonIntensity": 1}]},
        "price-day-ahead/forecast": {"zone": "DE", "unit": "EUR/MWh", "data": [{"datetime": "2026-03-02T12:00:00Z", "value": 1}]}})";
    CHECK(refused(from_electricity_maps(apart)) == "/price-day-ahead~1forecast/data/0/value");
}

TEST_CASE("electricity_maps: order does not matter, overlaps do, and what is known comes before what was forecast") {
    const auto sorted =
        from_electricity_maps(forecast(at("11:00", "2") + "," + at("10:00", "1") + "," + at("11:00", "2")));
    REQUIRE(sorted);
    CHECK(sorted->result.power[0].forecast.size() == 2);
    CHECK(refused(from_electricity_maps(forecast(at("10:00", "1") + "," + at("10:30", "2")))) ==
          "/forecast/1/carbonIntensity");
    CHECK(refused(from_electricity_maps(forecast(at("10:00", "1") + "," + at("10:00", "2")))) ==
          "/forecast/1/carbonIntensity");
    const auto both = from_electricity_maps(R"({"zone": "DE", "history": [)" + at("10:00", "1") +
                                            R"(], "forecast": [)" + at("10:00", "5") + "," + at("11:00", "6") + "]}");
    REQUIRE(both);
    CHECK(both->result.power[0].forecast[0].carbon_intensity->si() == (1_g_per_kWh).si());
    CHECK(both->losses.at(0).pointer == "/forecast/0/carbonIntensity");
}

TEST_CASE("electricity_maps: emission factor types are not mixed; other signals are losses") {
    CHECK(
        refused(from_electricity_maps(R"({"carbon-intensity/latest": {"zone": "DE", "datetime": "2026-03-02T10:00:00Z",
        "carbonIntensity": 3, "emissionFactorType": "direct"}, "carbon-intensity/forecast": {"zone": "DE", "forecast": [],
        "emissionFactorType": "lifecycle"}})")) == "/carbon-intensity~1forecast/emissionFactorType");
    const auto mix = from_electricity_maps(one(R"("mix": {"wind": 3})"), {.route = "electricity-mix/latest"});
    REQUIRE(mix);
    CHECK(mix->losses.size() == 1);
    CHECK(mix->result.power.empty());
    const auto older =
        from_electricity_maps(R"({"carbon-intensity/latest": {"zone": "DE", "datetime": "2026-03-02T10:00:00Z",
        "carbonIntensity": 3}, "carbon-intensity/past": {"zone": "DE", "datetime": "2026-03-01T10:00:00Z", "carbonIntensity": 4}})");
    CHECK(older->result.power.at(0).carbon_intensity->si() == (3_g_per_kWh).si());
    CHECK(older->losses.at(0).pointer == "/carbon-intensity~1past/carbonIntensity");
}

TEST_CASE("electricity_maps: a zone whose key is no id keeps it") {
    const auto made =
        from_electricity_maps(R"({"zone": "Å l", "datetime": "2026-03-02T10:00:00Z", "carbonIntensity": 3})");
    REQUIRE(made);
    CHECK(made->result.power[0].grid_zone == "Å l");
    CHECK(adapt::foreign_name(made->result.power[0]) == "Å l");
    CHECK(hostile::loads_or_is_refused(made));
}

TEST_CASE("electricity_maps: hostile documents are refused or load") {
    for (const char* sample : samples) {
        const std::string text = hostile::file(sample);
        REQUIRE(!text.empty());
        hostile::for_each_value_changed(
            text, [](const std::string& t) { CHECK(hostile::loads_or_is_refused(from_electricity_maps(t))); });
        hostile::for_each_prefix(
            text, [](const std::string& t) { CHECK(hostile::loads_or_is_refused(from_electricity_maps(t))); });
    }
    CHECK(!from_electricity_maps("{}"));
    CHECK(!from_electricity_maps("[]"));
    std::string deep(100, '[');
    CHECK(!from_electricity_maps(R"({"zone": )" + deep));
    std::string many;
    for (int i = 0; i < 10000; ++i)
        many += (i ? "," : "") + std::string(R"({"carbonIntensity": 7, "datetime": ")") +
                units::to_text(instant::from_unix(1.77e9 + 300.0 * i)).c_str() + "\"}";
    const auto made = from_electricity_maps(forecast(many, R"(, "temporalGranularity": "5_minutes")"));
    REQUIRE(made);
    CHECK(made->result.power[0].forecast.size() == 10000);
}
