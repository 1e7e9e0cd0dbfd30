// What is wanted, stated: terms, limits, aggregations, an order of preference; in C++ or in a record, with the same bits.
#include <uonaco/json.hpp>
#include <uonaco/place.hpp>
#include <uonaco/testing/cases.hpp>

#include <cstdio>

using namespace uonaco;
using namespace uonaco::literals;

int main() {
    const estate world = laws::figure_1_estate(); // two sites of idle devices, a busy one with the better links
    const workload job = laws::figure_1_training();
    auto where = *survey::of(world);
    const auto choose = [&](const char* wish, const auto& objective) {
        const decision d = decide(where, job, objective, exhaustive{});
        std::printf("%s\n  %s\n", wish,
                    d.status == placement_status::placed ? d.description.c_str() : d.reason.c_str());
        if (d.outcome && d.objective)
            std::printf("  objective %.6g: %s, %s\n", static_cast<double>(*d.objective),
                        to_text(d.outcome->time.completion).c_str(), to_text(d.outcome->money.total).c_str());
    };

    choose("a weighted sum, with a penalty for peak power above 1 MW and a deadline",
           evaluator{weigh(1.0, terms::money{1000_usd}), weigh(0.5, terms::completion_time{1_h}),
                     soft(terms::peak_power{100_kW}, 1_MW, 2.0), hard(terms::completion_time{}, 60_h)});
    choose("as good as can be in both: ratios count, no unit does",
           geometric_mean{weigh(1.0, terms::money{}), weigh(1.0, terms::completion_time{})});
    choose("a deadline that nothing keeps",
           evaluator{weigh(1.0, terms::money{}), hard(terms::completion_time{}, 10_h)});

    // The cheapest in steps of 20,000 USD; among those in one step, the soonest.
    const auto order = first(terms::money{}, 20000_usd).then(terms::completion_time{});
    choose("an order of preference", order);
    const auto record = io::load<scoring_profile>(R"({
        "kind": "scoring_profile", "schema_version": "1.0", "id": "cheap-then-soon", "aggregation": "lexicographic",
        "terms": [{"term": "money", "tolerance": 20000}, {"term": "completion_time"}]})");
    with_profile(*record, [&](const auto& read) { choose("the same from a record", read); });

    std::vector<outcome<double>> outcomes;
    std::vector<std::string> words;
    const auto p = *problem::of(where, job);
    assessment a;
    for_each_candidate(p, [&](const candidate& c) {
        assess(where, p.what(), c, a);
        if (!a.feasible()) return;
        outcomes.push_back(a.outcome);
        words.push_back(describe(p, c));
    });
    const pareto_front front = pareto(outcomes, terms::completion_time{}, terms::peak_power{});
    std::printf("%zu candidates, on the front of time and power:\n", outcomes.size());
    for (const unsigned row : front.rows)
        std::printf("  %7s %9s  %s%s\n", to_text(outcomes[row].time.completion).c_str(),
                    to_text(outcomes[row].energy.peak_power).c_str(), words[row].c_str(),
                    front.knee && *front.knee == row ? "  <- knee" : "");

    int bands[3] = {}; // low to 3, medium to 7, high
    for (const cats_scores& s : cats(outcomes, {.id = "cats", .preset = preset::balanced}))
        ++bands[s.level_2() > 7 ? 2 : s.level_2() > 3 ? 1 : 0];
    std::printf("CATS, level 2: %d low, %d medium, %d high\n", bands[0], bands[1], bands[2]);
}
