// SPDX-License-Identifier: Apache-2.0
// The same objective from C++ and from a record: the same bits, alone and in blocks.
#include "catch.hpp"
#include "support.hpp"

#include <uonaco/evaluate/lexicographic.hpp>
#include <uonaco/evaluate/profile_evaluator.hpp>
#include <uonaco/io/dump.hpp>
#include <uonaco/io/kinds.hpp>

using namespace support;

namespace {
/// As it is after it was written and read.
scoring_profile read_back(const scoring_profile& p) {
    const auto l = io::load<scoring_profile>(io::dump(p));
    REQUIRE(l.has_value());
    REQUIRE(*l == p);
    return *l;
}
scoring_profile profile_of(std::vector<profile_term> all, aggregation how = aggregation::weighted_sum) {
    return read_back({.id = "p", .terms = std::move(all), .aggregation = how});
}

std::vector<outcome<double>> some_outcomes(unsigned n) {
    dice d(11);
    const valuation v = random_valuation(d);
    const calibration c;
    std::vector<outcome<double>> all;
    for (unsigned i = 0; i < n; ++i) {
        const auto f = random_features(d, 1 + static_cast<int>(d.below(max_shares)));
        all.push_back(i % 2 ? settle(f, compute(f, random_training(d), c), random_supply(d), v, 0.07)
                            : settle(f, compute(f, random_inference(d), c), random_supply(d), v, 0.07));
    }
    for (const auto& e : laws::edge_outcomes()) all.push_back(e.figures);
    return all;
}

template <class A, class B>
void same(const A& a, const B& b, int terms) {
    const standing x = standing_of(a), y = standing_of(b);
    for (int i = 0; i < max_levels; ++i) REQUIRE(laws::detail::same_bits(x.level[i], y.level[i]));
    REQUIRE(a.feasible == b.feasible);
    for (int i = 0; i < terms; ++i) {
        REQUIRE(laws::detail::same_bits(a.parts[i].si(), b.parts[i].si()));
        REQUIRE(laws::detail::same_bits(a.costs[i].si(), b.costs[i].si()));
        REQUIRE(laws::detail::same_bits(a.margins[i].si(), b.margins[i].si()));
        REQUIRE(a.unknown[i] == b.unknown[i]);
    }
}

template <class Evaluator>
void compare(const Evaluator& stated, const scoring_profile& p) {
    const auto all = some_outcomes(400);
    with_profile(p, [&](const auto& read) {
        REQUIRE(read.size == stated.size);
        for (int i = 0; i < read.size; ++i) {
            REQUIRE(std::string(read.name(i)) == stated.name(i));
            REQUIRE(read.role(i) == stated.role(i));
            REQUIRE(read.category(i) == stated.category(i));
            REQUIRE(read.weight(i) == stated.weight(i));
        }
        for (const auto& o : all) {
            const unsigned left_out = stated.ignorable(o);
            REQUIRE(read.ignorable(o) == left_out);
            same(stated(o, left_out), read(o, left_out), read.size);
            same(stated(o), read(o), read.size);
            REQUIRE(math::finite(read(o).total));
        }
        for (std::size_t at = 0; at + block::width <= all.size(); at += block::width) {
            outcome<block::rep> together;
            for (int i = 0; i < block::width; ++i)
                laws::detail::put(together, i, all[at + static_cast<std::size_t>(i)]);
            const auto a = stated(together);
            const auto b = read(together);
            for (int i = 0; i < block::width; ++i) {
                const auto alone = stated(all[at + static_cast<std::size_t>(i)]);
                REQUIRE(standing_of(a, i) == standing_of(alone));
                for (int k = 0; k < max_levels; ++k) {
                    const double level = standing_of(alone).level[k];
                    REQUIRE(laws::detail::same_bits(standing_of(a, i).level[k], level));
                    REQUIRE(laws::detail::same_bits(standing_of(b, i).level[k], level));
                }
                REQUIRE(lane(a.feasible, i) == alone.feasible);
                REQUIRE(lane(b.feasible, i) == alone.feasible);
                for (int k = 0; k < read.size; ++k) {
                    REQUIRE(laws::detail::same_bits(lane(a.margins[k], i).si(), alone.margins[k].si()));
                    REQUIRE(laws::detail::same_bits(lane(b.margins[k], i).si(), alone.margins[k].si()));
                }
            }
        }
    });
}
const profile_term hours{.term = term_kind::completion_time, .weight = 0.6, .reference = 3600.0};
const profile_term hundreds{.term = term_kind::money, .weight = 0.3, .reference = 100.0};
} // namespace

static_assert(__is_trivially_copyable(profile_evaluator), "a value of fixed size");

TEST_CASE("a weighted sum with limits") {
    compare(evaluator{weigh(0.6, terms::completion_time{1_h}), weigh(0.3, terms::money{100_usd}),
                      weigh(0.1, unknown_as<on_unknown::penalise>(terms::carbon{100_kg}, 5000_kg)),
                      soft(terms::first_token{}, 250_ms, 0.7), soft(terms::facility_energy{10_kWh}, 20_kWh, 1.5),
                      hard(terms::unavailability{}, 0.02), hard(terms::money{100_usd}, 90000_usd)},
            profile_of({hours,
                        hundreds,
                        {.term = term_kind::carbon,
                         .weight = 0.1,
                         .reference = 100.0,
                         .unknown = on_unknown::penalise,
                         .worst = 5000.0},
                        {.term = term_kind::first_token, .role = term_role::soft, .weight = 0.7, .bound = 250e3},
                        {.term = term_kind::facility_energy,
                         .role = term_role::soft,
                         .weight = 1.5,
                         .reference = 10.0,
                         .bound = 20.0},
                        {.term = term_kind::unavailability, .role = term_role::hard, .bound = 0.02},
                        {.term = term_kind::money, .role = term_role::hard, .reference = 100.0, .bound = 90000.0}}));
}

TEST_CASE("a geometric mean, the worst case") {
    const std::vector<profile_term> all{
        hours,
        hundreds,
        {.term = term_kind::carbon, .weight = 0.1, .unknown = on_unknown::exclude},
        {.term = term_kind::network_inefficiency, .weight = 0.25, .reference = 0.1},
        {.term = term_kind::peak_power, .role = term_role::soft, .weight = 0.2, .bound = 1e5}};
    const auto with = [&](auto make) {
        return make(weigh(0.6, terms::completion_time{1_h}), weigh(0.3, terms::money{100_usd}),
                    weigh(0.1, unknown_as<on_unknown::exclude>(terms::carbon{})),
                    weigh(0.25, terms::network_inefficiency{0.1}), soft(terms::peak_power{}, 100_kW, 0.2));
    };
    compare(with([](auto... t) { return geometric_mean{t...}; }), profile_of(all, aggregation::geometric_mean));
    compare(with([](auto... t) { return worst_case{t...}; }), profile_of(all, aggregation::worst));
}

TEST_CASE("an order of preference with limits") {
    compare(first(evaluator{soft(terms::queue_time{}, 2_h, 3.0), weigh(1.0, terms::full_cost{}),
                            hard(terms::completion_time{}, 900_h)},
                  500.0)
                .then(terms::carbon{100_kg}, 20_kg)
                .then(terms::completion_time{}),
            profile_of({{.term = term_kind::queue_time, .role = term_role::soft, .weight = 3.0, .bound = 7200.0},
                        {.term = term_kind::full_cost, .tolerance = 500.0},
                        {.term = term_kind::completion_time, .role = term_role::hard, .bound = 900 * 3600.0},
                        {.term = term_kind::carbon, .reference = 100.0, .tolerance = 20.0},
                        {.term = term_kind::completion_time}},
                       aggregation::lexicographic));
}

namespace {
/// Sixteen terms, each as it ships: stated in C++ from the list, read from the record by kind.
template <class... Terms>
void compare_as_shipped() {
    std::vector<profile_term> all;
    (all.push_back({.term = Terms::kind, .weight = 1.5}), ...);
    compare(evaluator{weigh(1.5, Terms{})...}, profile_of(all));
}
} // namespace

TEST_CASE("each term as it ships") {
    using namespace terms;
    compare_as_shipped<terms::full_cost, completion_time, queue_time, provisioning_time, staging_time, compute_time,
                       exposed_communication, lost_time, step_time, first_token, per_token, terms::money>();
    compare_as_shipped<rental, data_egress, circuit_lease, circuit_set_up, energy_cost, outages, terms::energy,
                       it_energy, facility_energy, terms::transport_energy, carbon, peak_power>();
    compare_as_shipped<unavailability, network_unavailability, site_unavailability, lost_goodput, violations,
                       memory_share, load, idleness, compute_inefficiency, network_inefficiency>();
    compare_as_shipped<outage_time, device_wait, terms::jitter, packet_loss>();
    CHECK(enum_names<term_kind>.size == 38);
}

TEST_CASE("without terms a profile is its preset") {
    scoring_profile p{.id = "p", .preset = preset::cheapest};
    const auto o = laws::typical_outcome();
    CHECK(with_profile(p, [&](const auto& e) { return static_cast<double>(e(o).total); }) == 5900.0);
    p.terms = {{.term = term_kind::carbon}};
    p.preset = preset::full_cost;
    CHECK(with_profile(p, [&](const auto& e) { return static_cast<double>(e(o).total); }) == 1400.0);
}

namespace {
/// What is wrong with a profile of this text, a line each.
std::string wrong(const std::string& members) {
    const auto l = io::load<scoring_profile>(R"({"kind": "scoring_profile", "schema_version": "1.0", "id": "p", )" +
                                             members + "}");
    std::string lines;
    if (!l)
        for (const auto& p : l.error()) lines += io::to_string(p) + "\n";
    return lines;
}
bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
} // namespace

TEST_CASE("profiles that make no sense are refused, each problem at its place") {
    CHECK(wrong(R"("terms": [{"term": "carbon"}])") == "");
    const auto typo = wrong(R"("terms": [{"term": "carbon"}, {"term": "completion_tme"}])");
    CHECK(has(typo, "schema /terms/1/term: expected one of full_cost, "));
    CHECK(has(typo, "did you mean completion_time?"));
    CHECK(has(wrong(R"("terms": [{"term": "carbon", "weight": -1}])"), "schema /terms/0/weight: "));
    CHECK(has(wrong(R"("terms": [{"term": "carbon", "reference": 0}])"), "schema /terms/0/reference: "));
    CHECK(has(wrong(R"("terms": [{"term": "carbon", "unknown": "penalise"}])"), "semantic /terms/0/worst: "));
    CHECK(wrong(R"("terms": [{"term": "network_inefficiency", "unknown": "penalise"}])") == "");
    CHECK(has(wrong(R"("terms": [{"term": "carbon", "worst": 1}])"), "semantic /terms/0/worst: "));
    CHECK(has(wrong(R"("terms": [{"term": "carbon"}, {"term": "carbon", "role": "soft"}])"),
              "semantic /terms/1/bound: expected the bound of a soft limit; found nothing"));
    CHECK(has(wrong(R"("terms": [{"term": "carbon", "bound": 1}])"), "semantic /terms/0/bound: "));
    CHECK(has(wrong(R"("terms": [{"term": "carbon"},
                    {"term": "carbon", "role": "hard", "bound": 1, "unknown": "ignore"}])"),
              "semantic /terms/1/unknown: "));
    CHECK(has(wrong(R"("terms": [{"term": "carbon", "tolerance": 1}])"), "semantic /terms/0/tolerance: "));
    CHECK(has(wrong(R"("terms": [{"term": "carbon", "weight": 0}])"), "semantic /terms: "));
    CHECK(has(wrong(R"("preset": "fastest", "terms": [{"term": "carbon"}])"), "semantic /preset: "));
    CHECK(has(wrong(R"("aggregation": "worst")"), "semantic /aggregation: "));
    std::string many = R"("terms": [{"term": "carbon"})";
    for (int i = 0; i < 16; ++i) many += R"(, {"term": "money"})";
    CHECK(has(wrong(many + "]"), "semantic /terms: expected at most 16 terms"));
    const std::string five = R"("aggregation": "lexicographic", "terms": [{"term": "carbon"}, {"term": "carbon"},
        {"term": "carbon"}, {"term": "carbon"}, {"term": "carbon"}])";
    CHECK(has(wrong(five), "semantic /terms/4: expected at most 4 "));
}
