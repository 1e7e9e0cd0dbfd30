// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "hostile.hpp"

#include <uonaco/adapt/iec61850.hpp>

#include <random>

using namespace uonaco;
using adapt::from_iec61850;

namespace {
const char* const sample = "tests/adapt/iec61850/feed.json";
const adapt::iec61850_options named{.it_load = "AIDC1/MMXU1.TotW", .supply_limit = "AIDC1/DWMX1"};
std::string one(const std::string& members, const std::string& ref = "LD/MMXU1.TotW.mag.f") {
    return R"({"measurands": [{"ref": ")" + ref + "\", " + members + "}]}";
}
maybe<units::power> draw(const std::string& members) {
    const auto made = from_iec61850(one(members), "s");
    return made ? made->result.sites.at(0).power_draw : maybe<units::power>(units::power::from_si(-1));
}
std::string refused(const adapt::imported<estate>& made) {
    if (made) return "accepted";
    return made.error().size() == 1 ? made.error()[0].pointer : std::to_string(made.error().size()) + " problems";
}
} // namespace

TEST_CASE("iec61850: measurands are the figures of a site") {
    const auto made = from_iec61850(hostile::file(sample), "aidc-1", named);
    REQUIRE(made);
    const site& s = made->result.sites.at(0);
    CHECK(s.id.text == "aidc-1");
    CHECK(s.power_draw->si() == 18.25e6);
    CHECK(s.meta.source == source_type::measured);
    CHECK(s.meta.reference == "AIDC1/MMXU1.TotW.mag.f");
    CHECK(units::to_text(*s.meta.observed_at) == "2026-03-02T10:00:00.250Z");
    const power_state& p = made->result.power.at(0);
    CHECK(p.site == s.id);
    CHECK(p.supply_limit->si() == 24e6);
    CHECK(p.meta.source == source_type::estimation);
    REQUIRE(made->losses.size() == 2);
    CHECK(made->losses[0].pointer == "/measurands/1");
    CHECK(made->losses[0].what.find("oldData") != std::string::npos);
    CHECK(made->losses[1].pointer == "/measurands/2");
    CHECK(hostile::loads_or_is_refused(made));
}

TEST_CASE("iec61850, unit trap: multipliers are powers of ten") {
    CHECK(draw(R"("value": 18.25, "multiplier": 6, "q": "good")")->si() == 18.25e6);
    CHECK(draw(R"("value": 18.25, "q": "good")")->si() == 18.25);
    CHECK(draw(R"("value": 18.25, "multiplier": 0, "q": "good")")->si() == 18.25);
    CHECK(draw(R"("value": 250, "multiplier": -3, "q": "good")")->si() == 0.25);
    CHECK(draw(R"("value": 5e-15, "multiplier": 24, "q": "good")")->si() == 5e9);
    CHECK(draw(R"("value": 5e25, "multiplier": -24, "q": "good")")->si() == Approx(50).epsilon(1e-15));
    CHECK(draw(R"("value": 7, "multiplier": 2, "q": "good")")->si() == 700);
    for (const char* m : {"4", "5", "-7", "23"})
        CHECK(refused(from_iec61850(one(std::string(R"("value": 1e-3, "q": "good", "multiplier": )") + m), "s")) ==
              "/measurands/0/multiplier");
    CHECK(refused(from_iec61850(one(R"("value": 1, "q": "good", "multiplier": 27)"), "s")) ==
          "/measurands/0/multiplier");
    CHECK(refused(from_iec61850(one(R"("value": 18, "multiplier": 15, "q": "good")"), "s")) == "/measurands/0/value");
}

TEST_CASE("iec61850, unit trap: W is neither VA nor var, and -1 is none") {
    CHECK(draw(R"("value": 1, "unit": 38, "q": "good")")->si() == 1);
    CHECK(draw(R"("value": 1, "unit": "W", "q": "good")")->si() == 1);
    for (const char* unit : {"61", "63", "\"VA\"", "\"kW\"", "true"})
        CHECK(refused(from_iec61850(one(std::string(R"("value": 1, "q": "good", "unit": )") + unit), "s")) ==
              "/measurands/0/unit");
    CHECK(refused(from_iec61850(one(R"("value": -1, "q": "good")"), "s")) == "/measurands/0/value");
    CHECK(draw(R"("value": 0, "q": "good")")->si() == 0);
    const auto off = from_iec61850(one(R"("value": 0, "q": "good")"), "s", {.supply_limit = "LD/MMXU1"});
    CHECK(off->result.power[0].supply_limit->si() == 0); // disconnected
}

TEST_CASE("iec61850: quality decides what a figure is worth") {
    const auto use = [](const std::string& q) {
        const auto made = from_iec61850(one(R"("value": 5, "q": )" + q), "s");
        if (!made) return std::string("refused");
        const site& s = made->result.sites.at(0);
        if (!s.power_draw) return std::string("unknown ") + std::to_string(made->losses.size());
        return std::string(to_string(s.meta.source)) + " " + std::to_string(made->losses.size());
    };
    CHECK(use("\"good\"") == "measured 0");
    CHECK(use("\"invalid\"") == "unknown 1");
    CHECK(use("\"reserved\"") == "unknown 1");
    CHECK(use("\"questionable\"") == "estimation 1");
    CHECK(use(R"({"validity": "good"})") == "measured 0");
    CHECK(use(R"({"validity": "good", "source": "process", "test": false, "operatorBlocked": false})") == "measured 0");
    CHECK(use(R"({"validity": "good", "source": "substituted"})") == "estimation 1");
    CHECK(use(R"({"validity": "good", "test": true})") == "unknown 1");
    CHECK(use(R"({"validity": "good", "operatorBlocked": true})") == "estimation 1");
    CHECK(use(R"({"validity": "questionable", "detailQual": ["inaccurate", "oldData"]})") == "estimation 1");
    CHECK(use(R"({"validity": "invalid", "detailQual": ["failure"]})") == "unknown 1");
    CHECK(use(R"({"validity": "questionable", "detailQual": ["tired"]})") == "refused");
    CHECK(use(R"({"validity": "good", "source": "rumour"})") == "refused");
    CHECK(use("\"fine\"") == "refused");
    CHECK(use("null") == "refused");
    CHECK(!draw(R"("value": null, "q": "good")").known());
}

TEST_CASE("iec61850: which measurand is meant") {
    const std::string two = R"({"measurands": [{"ref": "A/MMXU1.TotW.mag.f", "value": 1, "q": "good"},
                                               {"ref": "A/feedMMXU2.TotW.mag.f", "value": 2, "q": "good"}]})";
    CHECK(refused(from_iec61850(two, "s")) == "/measurands/1/ref");
    const auto second = from_iec61850(two, "s", {.it_load = "A/feedMMXU2"});
    CHECK(second->result.sites[0].power_draw->si() == 2);
    CHECK(second->losses.at(0).pointer == "/measurands/0");
    CHECK(
        from_iec61850(one(R"("value": 3, "q": "good")", "A/MMDC1.Watt.mag.f"), "s")->result.sites[0].power_draw->si() ==
        3);
    CHECK(from_iec61850(one(R"("value": 3, "q": "good")", "A/MMXU12.TotW.mag.f"), "s", {.it_load = "A/MMXU1"})
              ->losses.size() == 1);
    for (const char* ref : {"", "MMXU1.TotW", "/MMXU1.TotW", "A/MMXU1", "A/.TotW", "A/MMXU1."})
        CHECK(refused(from_iec61850(one(R"("value": 3, "q": "good")", ref), "s")) == "/measurands/0/ref");
    CHECK(!from_iec61850(two, "no id!", {.it_load = "A/MMXU1"}));
}

TEST_CASE("iec61850: random sites come back as they went out") {
    std::mt19937_64 random(5);
    for (int i = 0; i < 2000; ++i) {
        estate e;
        site s;
        s.id.text = "site." + std::to_string(random() % 100);
        if (random() % 4) {
            s.power_draw = units::power::from_si(static_cast<double>(random() % 100000000) / 7);
            s.meta.source = random() % 2 ? source_type::measured : source_type::estimation;
            s.meta.reference = random() % 2 ? "B/MMXU3.TotW.instMag.f" : "";
            s.meta.observed_at = instant::from_unix(static_cast<double>(random() % 2000000000));
        }
        e.sites.push_back(s);
        if (random() % 2) {
            power_state p;
            p.id.text = p.site.text = s.id.text;
            p.supply_limit = units::power::from_si(1 + static_cast<double>(random() % 1000000000) / 3);
            p.meta.source = source_type::measured;
            p.meta.reference = "B/DWMX1.WMaxSpt.mxVal.f";
            e.power.push_back(p);
        }
        const adapt::iec61850_options options{.supply_limit = "B/DWMX1.WMaxSpt.mxVal.f"};
        const auto out = adapt::to_iec61850(e, s.id.text, options);
        REQUIRE(out.losses.empty());
        auto back = from_iec61850(out.result, s.id.text, options);
        REQUIRE(back);
        if (s.power_draw && s.meta.reference.empty())
            back->result.sites[0].meta.reference.clear(); // got one on the way
        REQUIRE(back->result == e);
        if (!e.power.empty()) REQUIRE(adapt::to_iec61850(e, s.id.text).losses.size() == 1);
    }
    const auto made = from_iec61850(hostile::file(sample), "aidc-1", named);
    const auto text = adapt::to_iec61850(made->result, "aidc-1", named).result;
    CHECK(adapt::to_iec61850(from_iec61850(text, "aidc-1", named)->result, "aidc-1", named).result == text);
}

TEST_CASE("iec61850: what a set of measurands has no place for is told") {
    estate e;
    e.sites = {{.id = "a", .name = "Aix", .power_draw = units::power::from_si(7e6)}, {.id = "b"}};
    e.sites[0].meta.source = source_type::nominal;
    e.nodes = {{.id = "hut"}};
    power_state p;
    p.id.text = "feed";
    p.site.text = "a";
    p.supply_limit = units::power::from_si(9e6);
    p.grid_zone = "FR";
    e.power = {p};
    std::vector<std::string> all;
    for (const auto& l : adapt::to_iec61850(e, "a", {.supply_limit = "A/DWMX1.WMaxSpt.mxVal.f"}).losses)
        all.push_back(l.pointer);
    CHECK(all == std::vector<std::string>{"/nodes", "/sites/0/source", "/sites/0/name", "/sites/1", "/power/0/id",
                                          "/power/0/grid_zone"});
}

TEST_CASE("iec61850: hostile documents are refused or load") {
    const std::string text = hostile::file(sample);
    const auto check = [](const std::string& t) {
        INFO(t);
        CHECK(hostile::loads_or_is_refused(from_iec61850(t, "s")));
        CHECK(hostile::loads_or_is_refused(from_iec61850(t, "s", named)));
    };
    hostile::for_each_value_changed(text, check);
    hostile::for_each_prefix(text, check);
    std::string many;
    for (int i = 0; i < 10000; ++i)
        many += (i ? "," : "") + std::string(R"({"ref": "A/MMXU)") + std::to_string(i) +
                R"(.Hz", "value": 1, "q": "good"})";
    CHECK(from_iec61850(R"({"measurands": [)" + many + "]}", "s")->losses.size() == 10000);
}
