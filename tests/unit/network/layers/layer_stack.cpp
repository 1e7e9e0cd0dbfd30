// SPDX-License-Identifier: Apache-2.0
#include "../../../catch.hpp"

#include <uonaco/network/dijkstra.hpp>
#include <uonaco/network/layers/layer_stack.hpp>
#include <uonaco/units/literals.hpp>

#include <limits>
#include <random>
#include <set>

using namespace uonaco;
using fault = stack_fault::kind;

namespace {
// Nodes 0..3; fibres 0-1, 1-2, 0-3, 3-2, both ways as 2k and 2k+1. Risk 0: the duct of 0-1 and 0-3; 1..4: the rest of each; 5, 6: cards.
layer_stack fibres() {
    const unsigned ends[4][2] = {{0, 1}, {1, 2}, {0, 3}, {3, 2}};
    const double us[] = {1000, 2000, 3000, 4000};
    const risk::risks risks[] = {{1, 0}, {2}, {0, 3, 0}, {4}};
    std::vector<edge> edges;
    std::vector<units::latency> latency;
    std::vector<risk::risks> by_edge;
    for (unsigned k = 0; k < 4; ++k)
        for (unsigned way = 0; way < 2; ++way) {
            edges.push_back({ends[k][way], ends[k][1 - way]});
            latency.push_back(units::latency::from_si(us[k] * 1e-6));
            by_edge.push_back(risks[k]);
        }
    return {4, edges, latency, by_edge};
}
std::vector<unsigned> list(view<unsigned> v) { return {v.begin(), v.end()}; }
} // namespace

TEST_CASE("delay, risks and availability come from the layer below") {
    layer_stack s = fibres();
    // optical layer: 0-2 by 1 and by 3, 0-1
    const std::vector<supported_link> waves{
        {0, 2, {0, 2}, 10_us, {5}}, {0, 2, {4, 6}, 10_us, {6}}, {0, 1, {0}, 10_us, {5}}, {1, 2, {2}, 10_us, {}}};
    REQUIRE_FALSE(s.add(waves));
    // packet layer: one over the first wave, one hop by hop
    const std::vector<supported_link> packets{{0, 2, {0}, 5_us, {}}, {0, 2, {2, 3}, 5_us, {}}};
    REQUIRE_FALSE(s.add(packets));
    CHECK(s.layers() == 3);
    CHECK(s.latency(1, 0).si() == Approx(3010e-6));
    CHECK(s.latency(1, 1).si() == Approx(7010e-6));
    CHECK(s.latency(2, 0).si() == Approx(3015e-6));
    CHECK(s.latency(2, 1).si() == Approx(3025e-6)); // two waves, two adaptations
    CHECK(list(s.risks(0, 4)) == std::vector<unsigned>{0, 3});
    CHECK(list(s.risks(1, 0)) == std::vector<unsigned>{0, 1, 2, 5});
    CHECK(list(s.risks(2, 1)) == std::vector<unsigned>{0, 1, 2, 5});
    CHECK(list(s.bottom(2, 1)) == std::vector<unsigned>{0, 2});

    const std::vector<units::ratio> up{.99, .98, .97, .96, .95, .94, .93};
    CHECK(s.availability(1, 0, up).si() == Approx(.99 * .98 * .97 * .94));
    CHECK(s.availability(2, 1, up).si() == Approx(s.availability(2, 0, up).si()));
    // both waves: the duct counts once, and is not the product of the two
    const std::vector<unsigned> both{0, 1};
    CHECK(s.availability(1, both, up).si() == Approx(.99 * .98 * .97 * .94 * .96 * .95 * .93));
    CHECK(s.availability(1, both, up).si() > (s.availability(1, 0, up) * s.availability(1, 1, up)).si() * 1.01);

    // a cut of the duct takes both waves, and all packets; of fibre 3-2 only the second wave
    CHECK(s.usable(1, std::vector<unsigned char>{1}) == std::vector<unsigned char>{0, 0, 0, 1});
    CHECK(s.usable(2, std::vector<unsigned char>{1}) == std::vector<unsigned char>{0, 0});
    CHECK(s.usable(1, std::vector<unsigned char>{0, 0, 0, 0, 1}) == std::vector<unsigned char>{1, 0, 1, 1});
    CHECK(s.weights(1) == std::vector<double>{3010e6, 7010e6, 1010e6, 2010e6});
    CHECK(shortest_path(s.net(1), s.weights(1), 0, 2).edges == std::vector<unsigned>{0});
    CHECK(shortest_path(s.net(1), s.weights(1), 0, 2, s.usable(1, std::vector<unsigned char>{0, 0, 1})).edges ==
          std::vector<unsigned>{1});
}

TEST_CASE("links that cannot be are refused, by number") {
    layer_stack s = fibres();
    const supported_link good{0, 2, {0, 2}, {}, {}};
    const auto refused = [&](const supported_link& bad) {
        const std::vector<supported_link> links{good, bad};
        const stack_fault f = s.add(links);
        CHECK(f.link == (f ? 1 : 0));
        CHECK(s.layers() == 1);
        return f.what;
    };
    CHECK(refused({0, 9, {0}, {}, {}}) == fault::no_such_node);
    CHECK(refused({9, 0, {0}, {}, {}}) == fault::no_such_node);
    CHECK(refused({0, 2, {0, 99}, {}, {}}) == fault::no_such_link);
    CHECK(refused({0, 2, {}, {}, {}}) == fault::does_not_join);
    CHECK(refused({0, 0, {}, {}, {}}) == fault::does_not_join);
    CHECK(refused({0, 2, {0}, {}, {}}) == fault::does_not_join);
    CHECK(refused({0, 2, {0, 3}, {}, {}}) == fault::does_not_join);
    CHECK(refused({0, 2, {0, 2}, -1_us, {}}) == fault::no_delay);
    CHECK(refused({0, 2, {0, 2}, units::latency::from_si(std::numeric_limits<double>::quiet_NaN()), {}}) ==
          fault::no_delay);
    CHECK_FALSE(s.add({})); // an empty layer is one
    CHECK(s.layers() == 2);
    CHECK(s.net(1).nodes() == 4);
    CHECK(s.add(std::vector<supported_link>{good}).what == fault::no_such_link);
}

TEST_CASE("random stacks against walking all the way down") {
    std::mt19937 random(7);
    const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    for (int round = 0; round < 200; ++round) {
        const unsigned nodes = 2 + below(6), risks = 1 + below(8);
        std::vector<edge> edges;
        std::vector<units::latency> latency;
        std::vector<risk::risks> own;
        std::vector<units::ratio> up;
        for (unsigned r = 0; r < risks; ++r) up.push_back(units::ratio(.5 + below(50) / 100.0));
        for (unsigned e = 0; e < 1 + below(20); ++e) {
            edges.push_back({below(nodes), below(nodes)});
            latency.push_back(units::latency::from_si(below(100) * 1e-6));
            own.push_back({below(risks), below(risks)});
        }
        layer_stack s(nodes, edges, latency, own);
        std::vector<std::vector<supported_link>> added;
        for (unsigned layer = 0; layer < 3 && s.net(layer).edges() > 0; ++layer) {
            std::vector<supported_link> links;
            for (unsigned l = 0; l < 1 + below(10); ++l) {
                supported_link k;
                k.own = {below(risks)};
                k.adaptation = units::latency::from_si(below(10) * 1e-6);
                unsigned e = below(s.net(layer).edges());
                k.from = s.net(layer).from(e);
                for (unsigned hop = 0;; ++hop) {
                    k.path.push_back(e);
                    k.to = s.net(layer).to(e);
                    const view<arc> on = s.net(layer).out(k.to);
                    if (on.empty() || hop == 3) break;
                    e = on[below(static_cast<unsigned>(on.size()))].edge;
                }
                links.push_back(k);
            }
            REQUIRE_FALSE(s.add(links));
            added.push_back(links);
        }
        const auto walk = [&](const auto& self, unsigned layer, unsigned link, double& seconds, std::set<unsigned>& all,
                              std::vector<unsigned>& bottom) -> void {
            if (layer == 0) {
                seconds += latency[link].si();
                all.insert(own[link].begin(), own[link].end());
                bottom.push_back(link);
                return;
            }
            const supported_link& k = added[layer - 1][link];
            seconds += k.adaptation.si();
            all.insert(k.own.begin(), k.own.end());
            for (const unsigned b : k.path) self(self, layer - 1, b, seconds, all, bottom);
        };
        std::vector<unsigned char> down(risks);
        for (auto& d : down) d = below(3) == 0;
        for (unsigned layer = 0; layer < s.layers(); ++layer) {
            const auto usable = s.usable(layer, down);
            for (unsigned l = 0; l < s.net(layer).edges(); ++l) {
                double seconds = 0, product = 1;
                std::set<unsigned> all;
                std::vector<unsigned> bottom;
                walk(walk, layer, l, seconds, all, bottom);
                bool works = true;
                for (const unsigned r : all) product *= up[r].si(), works = works && !down[r];
                REQUIRE(s.latency(layer, l).si() == Approx(seconds).margin(1e-15));
                REQUIRE(list(s.risks(layer, l)) == std::vector<unsigned>(all.begin(), all.end()));
                REQUIRE(list(s.bottom(layer, l)) == bottom);
                REQUIRE(s.availability(layer, l, up).si() == Approx(product));
                REQUIRE(usable[l] == works);
            }
        }
    }
}
