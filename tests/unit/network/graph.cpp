// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"

#include <uonaco/network/graph.hpp>

using uonaco::arc;
using uonaco::edge;

TEST_CASE("arcs of a node come in the order of the edge list, both ways") {
    const edge edges[] = {{2, 0}, {0, 1}, {0, 2}, {0, 1}, {1, 1}};
    const uonaco::graph g(4, edges);
    CHECK(g.nodes() == 4);
    CHECK(g.edges() == 5);
    const auto list = [](uonaco::view<arc> arcs) { return std::vector<arc>(arcs.begin(), arcs.end()); };
    CHECK((list(g.out(0)) == std::vector<arc>{{1, 1}, {2, 2}, {1, 3}}));
    CHECK((list(g.out(1)) == std::vector<arc>{{1, 4}}));
    CHECK((list(g.in(1)) == std::vector<arc>{{0, 1}, {0, 3}, {1, 4}}));
    CHECK(list(g.out(3)).empty());
    CHECK(g.from(0) == 2);
    CHECK(g.to(0) == 0);
}

TEST_CASE("a graph may be empty") {
    CHECK(uonaco::graph().nodes() == 0);
    CHECK(uonaco::graph().edges() == 0);
    CHECK(uonaco::graph(0, {}).nodes() == 0);
    const uonaco::graph g(3, {});
    CHECK(g.nodes() == 3);
    CHECK(g.out(2).empty());
}

TEST_CASE("a view looks at vectors and arrays") {
    const std::vector<double> v{1, 2, 3};
    const int a[] = {4, 5};
    CHECK(uonaco::view<double>(v)[2] == 3);
    CHECK(uonaco::view<int>(a).size() == 2);
    CHECK(uonaco::view<int>().empty());
}
