// SPDX-License-Identifier: Apache-2.0
// C++17: LEMON 1.3.1 uses members of std::allocator that C++20 has no more.
#include "lemon.hpp"

#include <lemon/static_graph.h>
#include <lemon/suurballe.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace networks {

struct lemon_pairs::state {
    using graph = lemon::StaticDigraph;
    using lengths = graph::ArcMap<double>;
    graph g{};
    lengths* km = nullptr;
    ~state() { delete km; }
};

lemon_pairs::lemon_pairs(unsigned nodes, unsigned arcs, const unsigned* from, const unsigned* to, const double* km)
    : state_(new state) {
    std::vector<unsigned> order(arcs); // a static graph wants its arcs by source
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(), [&](unsigned a, unsigned b) { return from[a] < from[b]; });
    std::vector<std::pair<int, int>> ends;
    for (const unsigned a : order) ends.emplace_back(int(from[a]), int(to[a]));
    state_->g.build(int(nodes), ends.begin(), ends.end());
    state_->km = new state::lengths(state_->g);
    for (unsigned i = 0; i < arcs; ++i) (*state_->km)[state_->g.arc(int(i))] = km[order[i]];
}
lemon_pairs::~lemon_pairs() { delete state_; }

double lemon_pairs::operator()(unsigned source, unsigned target) {
    lemon::Suurballe<state::graph, state::lengths> search(state_->g, *state_->km);
    if (search.run(state_->g.node(int(source)), state_->g.node(int(target)), 2) < 2) return -1;
    return search.totalLength();
}

} // namespace networks
