// SPDX-License-Identifier: Apache-2.0
#include "../../../catch.hpp"

#include "instances.hpp"

#include <uonaco/network/flows/max_min.hpp>

#include <algorithm>
#include <cmath>

using namespace uonaco;

namespace {

using column = std::vector<double>;

// Solves a x = b by elimination; empty if singular.
column solved(std::vector<column> a, column b) {
    const auto n = b.size();
    for (std::size_t i = 0; i < n; ++i) {
        std::size_t best = i;
        for (std::size_t r = i; r < n; ++r)
            if (std::fabs(a[r][i]) > std::fabs(a[best][i])) best = r;
        if (std::fabs(a[best][i]) < 1e-9) return {};
        std::swap(a[i], a[best]), std::swap(b[i], b[best]);
        for (std::size_t r = 0; r < n; ++r) {
            if (r == i) continue;
            const double f = a[r][i] / a[i][i];
            for (std::size_t k = i; k < n; ++k) a[r][k] -= f * a[i][k];
            b[r] -= f * b[i];
        }
    }
    for (std::size_t i = 0; i < n; ++i) b[i] /= a[i][i];
    return b;
}

// The most of goal x under rows x <= limits, by looking at every corner.
double most(const column& goal, const std::vector<column>& rows, const column& limits) {
    const auto n = goal.size(), m = rows.size();
    double best = -HUGE_VAL;
    std::vector<std::size_t> tight(n);
    for (std::size_t i = 0; i < n; ++i) tight[i] = i;
    for (;;) {
        std::vector<column> a;
        column b;
        for (const auto i : tight) a.push_back(rows[i]), b.push_back(limits[i]);
        const column x = solved(a, b);
        bool fits = !x.empty();
        for (std::size_t i = 0; i < m && fits; ++i) {
            double sum = 0;
            for (std::size_t k = 0; k < n; ++k) sum += rows[i][k] * x[k];
            fits = sum <= limits[i] + 1e-7;
        }
        if (fits) {
            double value = 0;
            for (std::size_t k = 0; k < n; ++k) value += goal[k] * x[k];
            best = std::max(best, value);
        }
        std::size_t i = n;
        while (i-- > 0 && tight[i] == m - n + i) {
        }
        if (i == static_cast<std::size_t>(-1)) return best;
        ++tight[i];
        for (std::size_t k = i + 1; k < n; ++k) tight[k] = tight[k - 1] + 1;
    }
}

// Max-min fair rates by definition: the most that all can have, then who cannot have more, and so on.
column by_definition(const networks::instance& n, const tunnel_set& t) {
    const auto demands = n.demands.size();
    const std::size_t size = t.size() + 1; // and the rate that all who still rise have
    std::vector<column> rows;
    column limits;
    for (unsigned i = 0; i < t.size(); ++i) {
        rows.push_back(column(size));
        rows.back()[i] = -1;
        limits.push_back(0);
    }
    for (unsigned e = 0; e < n.edges.size(); ++e) {
        column r(size);
        bool used = false;
        for (unsigned i = 0; i < t.size(); ++i)
            for (const unsigned x : t.edges_of(i))
                if (x == e) r[i] += 1, used = true;
        if (!used) continue;
        rows.push_back(r);
        limits.push_back(n.capacity[e]);
    }
    const auto sum_of = [&](std::size_t d, double sign) {
        column r(size);
        for (unsigned i = 0; i < t.size(); ++i)
            if (t.demand_of(i) == d) r[i] = sign;
        return r;
    };
    for (std::size_t d = 0; d < demands; ++d) {
        rows.push_back(sum_of(d, 1));
        limits.push_back(n.demands[d].amount);
    }
    const std::size_t base = rows.size();
    std::vector<char> done(demands);
    column rate(demands);
    for (unsigned left = static_cast<unsigned>(demands); left > 0;) {
        rows.resize(base), limits.resize(base);
        for (std::size_t d = 0; d < demands; ++d) {
            rows.push_back(sum_of(d, -1));
            if (!done[d]) rows.back()[size - 1] = 1;
            limits.push_back(done[d] ? -rate[d] : 0);
        }
        column goal(size);
        goal[size - 1] = 1;
        const double level = most(goal, rows, limits);
        for (std::size_t d = 0; d < demands; ++d)
            if (!done[d]) rows[base + d][size - 1] = 0, limits[base + d] = -level;
        rows.push_back(goal); // the level plays no part any more, but a corner needs a limit on it
        limits.push_back(level);
        const unsigned before = left;
        for (std::size_t d = 0; d < demands; ++d)
            if (!done[d] && most(sum_of(d, 1), rows, limits) < level + 1e-6) done[d] = 1, rate[d] = level, --left;
        REQUIRE(left < before);
    }
    return rate;
}

tunnel_set tunnels_of(const networks::instance& n, unsigned k) {
    const column hops(n.edges.size(), 1);
    return k_shortest_tunnels(n.graph(), n.capacities(), n.demands, hops, k);
}

// What fair_rates says of its levels, checked from the figures alone.
void check_proof(const networks::instance& n, const tunnel_set& t, const fair_rates& f) {
    for (std::size_t k = 0; k < f.levels.size(); ++k) {
        const fair_level& level = f.levels[k];
        double capacity = 0, used = 0;
        for (unsigned e = 0; e < n.capacity.size(); ++e) {
            REQUIRE(level.length[e] >= 0);
            capacity += n.capacity[e] * level.length[e];
        }
        column least(n.demands.size(), HUGE_VAL);
        for (unsigned i = 0; i < t.size(); ++i) {
            double sum = 0;
            for (const unsigned e : t.edges_of(i)) sum += n.capacity[e] > 0 ? level.length[e] : HUGE_VAL;
            least[t.demand_of(i)] = std::min(least[t.demand_of(i)], sum);
        }
        for (unsigned d = 0; d < n.demands.size(); ++d) {
            if (least[d] == HUGE_VAL) continue;
            if (f.level[d] > k) REQUIRE(least[d] < 1e-8);
            if (f.level[d] == k) {
                const bool enough = f.rate[d] == n.demands[d].amount;
                REQUIRE((enough || (least[d] > 1e-9 && f.rate[d] == Approx(level.rate).epsilon(1e-9))));
            }
            used += f.rate[d] * least[d];
        }
        REQUIRE(used == Approx(capacity).epsilon(1e-9).margin(1e-12));
    }
}

} // namespace

TEST_CASE("max-min: the textbook's three flows") {
    const edge edges[] = {{0, 1}, {1, 2}};
    const graph g(3, edges);
    const std::vector<double> c{10, 4};
    const std::vector<demand> demands{{0, 2, 100}, {0, 1, 100}, {1, 2, 100}};
    const std::vector<double> one{1, 1};
    const auto t = k_shortest_tunnels(g, c, demands, one, 1);
    const auto f = max_min_fair(g, c, demands, t);
    REQUIRE(f);
    CHECK(f->rate == std::vector<double>{2, 8, 2});
    CHECK(f->settled);
    CHECK(f->exact);
    auto small = demands;
    small[2].amount = 1;
    CHECK(max_min_fair(g, c, small, t)->rate == std::vector<double>{3, 7, 1});
    CHECK(max_min_fair(g, c, demands, tunnel_set{}).error() == flow_failure{errc::unreachable, 0});
}

TEST_CASE("max-min: random flows on one path have a full edge where nobody has more") {
    std::mt19937 random(6);
    for (unsigned i = 0; i < 300; ++i) {
        const auto n = instances::random_flows(random, 2 + i % 8, 5 + i % 30, 1 + i % 9);
        const auto t = tunnels_of(n, 1);
        const auto f = max_min_fair(n.graph(), n.capacities(), n.demands, t);
        if (!f) continue;
        std::vector<double> load(n.edges.size());
        for (unsigned k = 0; k < t.size(); ++k)
            for (const unsigned e : t.edges_of(k)) load[e] += f->rate[t.demand_of(k)];
        for (unsigned k = 0; k < t.size(); ++k) {
            const double rate = f->rate[t.demand_of(k)];
            bool held = rate == n.demands[t.demand_of(k)].amount;
            for (const unsigned e : t.edges_of(k)) {
                REQUIRE(load[e] <= n.capacity[e] * (1 + 1e-12));
                bool greatest = load[e] >= n.capacity[e] * (1 - 1e-12);
                for (unsigned j = 0; j < t.size(); ++j)
                    for (const unsigned x : t.edges_of(j))
                        if (x == e && f->rate[t.demand_of(j)] > rate * (1 + 1e-12)) greatest = false;
                held = held || greatest;
            }
            REQUIRE(held);
        }
    }
}

TEST_CASE("max-min over several tunnels: a demand counts as one, and traffic makes way") {
    // Two ways for the first, one of them shared with the second: 10 each; what fills at equal speed ends at 15 and 5.
    const edge edges[] = {{0, 1}, {0, 1}};
    const graph g(2, edges);
    const column c{10, 10};
    const std::vector<demand> demands{{0, 1, 100}, {0, 1, 100}};
    const unsigned first[] = {0}, second[] = {1};
    tunnel_set t;
    t.add(0, first), t.add(0, second), t.add(1, second);
    const auto f = max_min_fair(g, c, demands, t);
    REQUIRE(f);
    CHECK(f->exact);
    CHECK(f->rate == column{10, 10});
    CHECK(f->tunnel == column{10, 0, 10});
    CHECK(f->levels.size() == 1);
    const auto near = max_min_fair(g, c, demands, t, {.most_cells = 0});
    REQUIRE(near);
    CHECK_FALSE(near->exact);
    CHECK(near->rate[0] == Approx(10).epsilon(0.02));
}

TEST_CASE("max-min over several tunnels: three levels, the last by its amount") {
    // 0-1 by two links of 4 and 2, 1-2 by one of 9: the first two share 0-1, the third has what is left of 1-2.
    const edge edges[] = {{0, 1}, {0, 1}, {1, 2}};
    const graph g(3, edges);
    const column c{4, 2, 9};
    std::vector<demand> demands{{0, 2, 100}, {0, 1, 1}, {1, 2, 3}, {0, 0, 5}, {0, 1, 0}};
    const unsigned a[] = {0, 2}, b[] = {1, 2}, x[] = {0}, y[] = {1}, z[] = {2};
    tunnel_set t;
    t.add(0, a), t.add(0, b), t.add(1, x), t.add(1, y), t.add(2, z), t.add(4, x);
    const auto f = max_min_fair(g, c, demands, t);
    REQUIRE(f);
    CHECK(f->exact);
    CHECK(f->rate == column{5, 1, 3, 5, 0});
    CHECK(f->level[1] < f->level[2]);
    CHECK(f->level[2] < f->level[0]);
    demands[2].amount = 100;
    CHECK(max_min_fair(g, c, demands, t)->rate == column{4.5, 1, 4.5, 5, 0});
    const column closed{0, 2, 9};
    CHECK(max_min_fair(g, closed, demands, t)->rate == column{1, 1, 8, 5, 0});
    const column none{0, 0, 0};
    CHECK(max_min_fair(g, none, demands, t)->rate == column{0, 0, 0, 5, 0});
    const unsigned both[] = {0, 0, 0};
    const capacities shared(view<double>(c.data(), 1), both);
    CHECK(max_min_fair(g, shared, demands, t)->rate == column{1, 1, 1, 5, 0});
}

TEST_CASE("max-min over several tunnels: random ones as by definition, every corner looked at") {
    std::mt19937 random(8);
    int compared = 0;
    for (unsigned i = 0; compared < 12; ++i) {
        auto n = instances::random_flows(random, 3, 4 + i % 3, 3);
        for (auto& d : n.demands) d.amount *= i % 2 ? 1 : 10;
        const auto t = tunnels_of(n, 2);
        if (t.size() > 4) continue;
        const auto f = max_min_fair(n.graph(), n.capacities(), n.demands, t);
        if (!f || f->levels.size() < 2) continue;
        bool asks = true;
        for (const auto& d : n.demands) asks = asks && d.amount > 0 && d.from != d.to;
        if (!asks) continue;
        REQUIRE(f->exact);
        const column wanted = by_definition(n, t);
        for (unsigned d = 0; d < wanted.size(); ++d) REQUIRE(f->rate[d] == Approx(wanted[d]).margin(1e-6));
        ++compared;
    }
}

TEST_CASE("max-min over several tunnels: what proves each level can be checked, on random ones, B4 and Abilene") {
    std::mt19937 random(9);
    std::vector<networks::instance> all{instances::b4(), instances::abilene()};
    for (unsigned i = 0; i < 60; ++i)
        all.push_back(instances::random_flows(random, 4 + i % 9, 10 + i % 30, 2 + i % 20));
    int several = 0;
    for (auto& n : all) {
        for (auto& d : n.demands) d.amount *= &n < &all[2] ? 40 : 1;
        const auto t = tunnels_of(n, 3);
        const auto f = max_min_fair(n.graph(), n.capacities(), n.demands, t);
        if (!f) continue;
        REQUIRE(f->exact);
        column load(n.edges.size()), sent(n.demands.size());
        for (unsigned i = 0; i < t.size(); ++i) {
            REQUIRE(f->tunnel[i] >= 0);
            sent[t.demand_of(i)] += f->tunnel[i];
            for (const unsigned e : t.edges_of(i)) load[e] += f->tunnel[i];
        }
        for (unsigned e = 0; e < load.size(); ++e) REQUIRE(load[e] <= n.capacity[e] * (1 + 1e-9));
        for (unsigned d = 0; d < sent.size(); ++d)
            if (n.demands[d].from != n.demands[d].to) REQUIRE(sent[d] == Approx(f->rate[d]).margin(1e-6));
        check_proof(n, t, *f);
        several += f->levels.size() > 1;
    }
    CHECK(several > 10);
}
