// SPDX-License-Identifier: Apache-2.0
#include "../../../../bench/network/data.hpp"
#include "../../../catch.hpp"

#include <uonaco/network/spectrum/rwa.hpp>

#include <cstdlib>
#include <set>
#include <string>

using namespace uonaco;

namespace {

void check(const graph& g, const std::vector<lightpath_request>& requests, const wavelength_assignment& a) {
    std::set<std::pair<unsigned, unsigned>> used;
    unsigned long edges = 0;
    for (unsigned i = 0; i < requests.size(); ++i) {
        CHECK(nodes_of(g, requests[i].source, a.edges[i]).back() == requests[i].target);
        CHECK(a.wavelength[i] < a.wavelengths);
        edges += a.edges[i].size();
        for (const unsigned e : a.edges[i]) used.insert({a.wavelength[i], e});
    }
    CHECK(used.size() == edges); // nothing twice
}

} // namespace

TEST_CASE("wavelengths of a ring") {
    std::vector<edge> edges;
    for (unsigned i = 0; i < 5; ++i) edges.push_back({i, (i + 1) % 5}), edges.push_back({(i + 1) % 5, i});
    const graph g(5, edges);
    std::vector<lightpath_request> all;
    for (unsigned s = 0; s < 5; ++s)
        for (unsigned t = 0; t < 5; ++t)
            if (s != t) all.push_back({s, t});
    // Each direction carries 5 paths of one hop and 5 of two: 15 on 5 edges, 3 wavelengths (the known (n^2 - 1) / 8).
    CHECK(wavelengths_at_least(g, all) == 2);
    const wavelength_assignment a = fewest_wavelengths(g, all, 10, 5000);
    CHECK(a.complete);
    CHECK(a.wavelengths == 3);
    check(g, all, a);
}

TEST_CASE("hostile requests") {
    const graph none;
    CHECK(assign_wavelengths(none, {}, 1).complete);
    const edge edges[] = {{0, 1}, {0, 1}, {1, 1}};
    const graph g(3, edges);
    const lightpath_request there[] = {{0, 1}, {0, 1}, {2, 2}};
    CHECK(assign_wavelengths(g, there, 1).complete); // parallel edges
    CHECK_FALSE(assign_wavelengths(g, there, 0).complete);
    const lightpath_request back[] = {{1, 0}};
    CHECK_FALSE(fewest_wavelengths(g, back, 3).complete);
    const lightpath_request three[] = {{0, 1}, {0, 1}, {0, 1}};
    CHECK_FALSE(assign_wavelengths(g, three, 1, 100).complete);
    CHECK(fewest_wavelengths(g, three, 3).wavelengths == 2);
}

TEST_CASE("the rwa instances reach the best known number of wavelengths") {
    if (!std::getenv("UONACO_DATA")) {
        WARN("UONACO_DATA is not set: instances left out");
        return;
    }
    for (const std::string name : {"NSF.1", "NSF.3", "NSF.12", "NSF.48", "EON", "ATT", "brasil"}) {
        INFO(name);
        const auto n = networks::read("rwa/" + name);
        REQUIRE(n);
        const graph g = n->graph();
        std::vector<lightpath_request> requests;
        for (const demand& d : n->demands)
            requests.insert(requests.end(), static_cast<unsigned>(d.amount), {d.from, d.to});
        const auto best = networks::document("rwa/" + name)->at("wavelengths_best_known").get<unsigned>();
        const wavelength_assignment a = assign_wavelengths(g, requests, best);
        CHECK(a.complete);
        if (a.complete) check(g, requests, a);
    }
}
