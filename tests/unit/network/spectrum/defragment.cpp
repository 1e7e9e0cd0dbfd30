// SPDX-License-Identifier: Apache-2.0
#include "../../../catch.hpp"

#include <uonaco/network/spectrum/defragment.hpp>

#include <random>
#include <vector>

using namespace uonaco;

TEST_CASE("what is hitless") {
    spectrum s(1, 20);
    const unsigned e[] = {0};
    s.take(e, {8, 4});
    CHECK(is_hitless(s, e, {8, 4}, {0, 4}));
    CHECK(is_hitless(s, e, {8, 4}, {6, 4}));
    CHECK(is_hitless(s, e, {8, 4}, {10, 4}));
    CHECK(is_hitless(s, e, {8, 4}, {8, 4}));
    CHECK_FALSE(is_hitless(s, e, {8, 4}, {0, 5}));
    CHECK_FALSE(is_hitless(s, e, {8, 4}, {17, 4}));
    s.take(e, {6, 1});
    CHECK_FALSE(is_hitless(s, e, {8, 4}, {6, 4}));
    CHECK(is_hitless(s, e, {8, 4}, {7, 4}));
}

TEST_CASE("moves in order are hitless, and pack") {
    std::mt19937 random(3);
    const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    for (int round = 0; round < 60; ++round) {
        spectrum s(5, 70);
        std::vector<std::vector<unsigned>> edges;
        std::vector<slot_run> runs;
        for (int i = 0; i < 60; ++i) {
            std::vector<unsigned> path;
            const unsigned first = below(5);
            for (unsigned e = first; e < first + 1 + below(3) && e < 5; ++e) path.push_back(e);
            const slot_run run{below(66), 1 + below(5)};
            if (!s.is_free(path, run)) continue;
            s.take(path, run);
            edges.push_back(path);
            runs.push_back(run);
        }
        std::vector<lit_path> lit;
        for (unsigned i = 0; i < edges.size(); ++i) lit.push_back({edges[i], runs[i]});
        spectrum after = s;
        const std::vector<spectrum_move> moves = defragment(after, lit);
        for (const spectrum_move& m : moves) {
            CHECK(m.from == runs[m.lightpath]);
            CHECK(m.to.first < m.from.first);
            CHECK(is_hitless(s, edges[m.lightpath], m.from, m.to));
            s.release(edges[m.lightpath], m.from);
            s.take(edges[m.lightpath], m.to);
            runs[m.lightpath] = m.to;
        }
        CHECK(s == after);
        // Nothing can move down any more.
        for (unsigned i = 0; i < edges.size(); ++i)
            for (unsigned at = 0; at < runs[i].first; ++at)
                CHECK_FALSE(is_hitless(s, edges[i], runs[i], {at, runs[i].count}));
        spectrum limited = s;
        CHECK(defragment(limited, {}).empty());
    }
}
