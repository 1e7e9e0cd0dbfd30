// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "hostile.hpp"

#include <uonaco/adapt/watttime.hpp>

using namespace uonaco;
using adapt::from_watttime;

namespace {
const char* const sample = "tests/adapt/watttime/forecast.json";
std::string reply(const std::string& data,
                  const std::string& meta = R"("signal_type": "co2_moer", "units": "lbs_co2_per_mwh")") {
    return R"({"data": [)" + data + R"(], "meta": {"region": "R", "data_point_period_seconds": 3600, )" + meta + "}}";
}
std::string at(const char* time, const char* value) {
    return std::string(R"({"point_time": "2026-03-02T)") + time + R"(:00Z", "value": )" + value + "}";
}
std::string refused(const adapt::imported<estate>& made) {
    if (made) return "accepted";
    return made.error().size() == 1 ? made.error()[0].pointer : std::to_string(made.error().size()) + " problems";
}
double g_per_kwh(const adapt::imported<estate>& made) {
    return units::in_exchange_unit(*made->result.power.at(0).forecast.at(0).carbon_intensity);
}
} // namespace

TEST_CASE("watttime: a marginal forecast of a region") {
    const auto made = from_watttime(hostile::file(sample));
    REQUIRE(made);
    CHECK(made->losses.size() == 2); // names of all else, of the head and the model
    const power_state& s = made->result.power.at(0);
    CHECK(s.id.text == "CAISO_NORTH");
    CHECK(s.grid_zone == "CAISO_NORTH");
    CHECK(s.carbon_signal == carbon_signal::marginal);
    CHECK(s.meta.source == source_type::estimation);
    CHECK(units::to_text(*s.meta.observed_at) == "2026-03-02T09:55:00Z");
    CHECK(*s.meta.labels.find("model") == "2023-03-01");
    REQUIRE(s.forecast.size() == 3);
    CHECK(s.forecast[1].duration.si() == 300);
    CHECK(units::in_exchange_unit(*s.forecast[1].carbon_intensity) == Approx(453.59237).epsilon(1e-15));
    CHECK(s.forecast[2].carbon_intensity->si() == 0);
    CHECK(!s.carbon_intensity);
    CHECK(hostile::loads_or_is_refused(made));
}

TEST_CASE("watttime, unit trap: lb/MWh are not g/kWh, marginal is not average, -1 is none") {
    CHECK(g_per_kwh(from_watttime(reply(at("10:00", "1000")))) == Approx(453.59237).epsilon(1e-15));
    const auto average =
        from_watttime(reply(at("10:00", "1"), R"("signal_type": "co2_aoer", "units": "lbs_co2_per_mwh")"));
    CHECK(average->result.power.at(0).carbon_signal == carbon_signal::average);
    CHECK(refused(from_watttime(reply(at("10:00", "1"), R"("signal_type": "co2_moer", "units": "g_co2_per_kwh")"))) ==
          "/meta/units");
    const auto health =
        from_watttime(reply(at("10:00", "1"), R"("signal_type": "health_damage", "units": "usd_per_mwh")"));
    CHECK(health->losses.at(0).pointer == "/meta/signal_type");
    CHECK(refused(from_watttime(reply(at("10:00", "-1")))) == "/data/0/value");
    const auto missing = from_watttime(reply(at("10:00", "1") + "," + at("11:00", "null") + "," + at("12:00", "3")));
    REQUIRE(missing);
    CHECK(missing->result.power[0].forecast.size() == 3);
    CHECK(!missing->result.power[0].forecast[1].carbon_intensity);
}

TEST_CASE("watttime: gaps and overlaps") {
    const auto gap = reply(at("10:00", "1") + "," + at("12:00", "2"));
    CHECK(refused(from_watttime(gap)) == "/data/1/value");
    const auto cut = from_watttime(gap, {.cut_at_gap = true});
    CHECK(cut->result.power.at(0).forecast.size() == 1);
    CHECK(cut->losses.at(0).pointer == "/data/1/value");
    CHECK(refused(from_watttime(reply(at("10:00", "1") + "," + at("10:30", "2")))) == "/data/1/value");
    CHECK(from_watttime(reply(at("11:00", "1") + "," + at("10:00", "2")))->result.power[0].forecast.size() == 2);
}

TEST_CASE("watttime: hostile documents are refused or load") {
    const std::string text = hostile::file(sample);
    const auto check = [](const std::string& t) {
        INFO(t);
        CHECK(hostile::loads_or_is_refused(from_watttime(t)));
    };
    hostile::for_each_value_changed(text, check);
    hostile::for_each_prefix(text, check);
    std::string many;
    for (int i = 0; i < 10000; ++i)
        many += (i ? "," : "") + std::string(R"({"value": 7, "point_time": ")") +
                units::to_text(instant::from_unix(1.77e9 + 3600.0 * i)).c_str() + "\"}";
    CHECK(from_watttime(reply(many))->result.power.at(0).forecast.size() == 10000);
}
