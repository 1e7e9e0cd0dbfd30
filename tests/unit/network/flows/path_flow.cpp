// SPDX-License-Identifier: Apache-2.0
#include "../../../catch.hpp"

#include "instances.hpp"

#include <uonaco/network/flows/concurrent_flow.hpp>
#include <uonaco/network/flows/path_flow.hpp>

#include <algorithm>

using namespace uonaco;

namespace {

tunnel_set tunnels_of(const networks::instance& n, unsigned k) {
    const std::vector<double> hops(n.edges.size(), 1);
    return k_shortest_tunnels(n.graph(), n.capacities(), n.demands, hops, k);
}

// Share of the tunnels that the routing carries, from the amounts alone.
double carried(const networks::instance& n, const tunnel_set& t, const std::vector<double>& amounts) {
    std::vector<double> load(n.edges.size()), sent(n.demands.size());
    for (unsigned i = 0; i < t.size(); ++i) {
        sent[t.demand_of(i)] += amounts[i];
        for (const unsigned e : t.edges_of(i)) load[e] += amounts[i];
    }
    for (unsigned d = 0; d < n.demands.size(); ++d) CHECK(sent[d] == Approx(n.demands[d].amount).epsilon(1e-9));
    double share = 1e300;
    for (unsigned e = 0; e < load.size(); ++e)
        if (load[e] > 0) share = std::min(share, n.capacity[e] / load[e]);
    return share;
}

} // namespace

TEST_CASE("path flow: two fewest-hop tunnels a demand do as well as all paths, one does not") {
    struct expected {
        networks::instance n;
        double best, one;
    };
    for (const expected& x :
         {expected{instances::b4(), 10000.0 / 297, 24.509804}, expected{instances::abilene(), 125.0 / 21, 4.830918}}) {
        for (const unsigned k : {2u, 4u}) {
            const auto t = tunnels_of(x.n, k);
            const auto f = max_path_flow(x.n.graph(), x.n.capacities(), x.n.demands, t, {.gap = 0.001});
            REQUIRE(f);
            CHECK(f->proven);
            CHECK(f->share <= x.best);
            CHECK(f->bound >= x.best * (1 - 1e-9));
            CHECK(f->bound <= x.best * 1.001);
            CHECK(carried(x.n, t, f->tunnel) == Approx(f->share).epsilon(1e-9));
        }
        const auto single =
            max_path_flow(x.n.graph(), x.n.capacities(), x.n.demands, tunnels_of(x.n, 1), {.gap = 1e-6});
        REQUIRE(single);
        CHECK(single->share == Approx(x.one).epsilon(1e-6));
    }
}

TEST_CASE("path flow: tunnels that do not serve are named") {
    const edge edges[] = {{0, 1}, {1, 2}};
    const graph g(3, edges);
    const std::vector<double> c{1, 1}, half{1, 0};
    const demand asked[] = {{0, 2, 1}};
    const unsigned way[] = {0, 1}, wrong[] = {1}, missing[] = {0, 7};
    const auto ask = [&](const tunnel_set& t, const std::vector<double>& capacity) {
        const auto f = max_path_flow(g, capacity, asked, t);
        return f ? flow_failure{} : f.error();
    };
    tunnel_set t, w, m, other;
    CHECK(ask(t, c) == flow_failure{errc::unreachable, 0});
    t.add(0, way);
    CHECK(ask(t, c) == flow_failure{});
    CHECK(ask(t, half) == flow_failure{errc::unreachable, 0});
    w.add(0, wrong);
    CHECK(ask(w, c) == flow_failure{errc::out_of_range, 0, 1});
    m.add(0, missing);
    CHECK(ask(m, c) == flow_failure{errc::out_of_range, 0, 7});
    other.add(3, way);
    CHECK(ask(other, c).code == errc::out_of_range);
    CHECK(max_path_flow(g, c, {}, tunnel_set{})->share == math::most);
}
