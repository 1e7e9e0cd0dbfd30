// SPDX-License-Identifier: Apache-2.0
#include "../../../catch.hpp"

#include <uonaco/network/demand/periods.hpp>
#include <uonaco/network/planning/dimensioning.hpp>
#include <uonaco/units/literals.hpp>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

using namespace uonaco;
using namespace uonaco::literals;

namespace {

units::bit_rate gbps(double x) { return units::bit_rate::from_si(x * 1e9); }
units::distance km(double x) { return units::distance::from_si(x * 1e3); }

lightpath_module module_of(double rate, double reach, double transceiver, double port = 0, double regenerator = 0) {
    return {{transceiver_family::zr_plus, gbps(rate), 75e9, km(reach), {}, {}, {}}, transceiver, port, regenerator};
}

// Nothing of the search is trusted: what the plan says, looked at and added up again.
void check_plan(const dimensioning_problem& p, const dimensioning_plan& plan) {
    std::vector<std::vector<double>> load(plan.bundles.size(), std::vector<double>(p.periods));
    std::vector<double> capacity(plan.bundles.size());
    dimensioning_cost cost;
    std::vector<std::set<unsigned>> taken(p.fibres.size());
    for (const lit_lightpath& l : plan.lightpaths) {
        const lightpath_bundle& b = plan.bundles[l.bundle];
        const lightpath_module& m = p.modules[l.module];
        capacity[l.bundle] += m.mode.rate.si();
        cost.transceivers += 2 * m.transceiver;
        cost.ports += 2 * m.port;
        cost.regenerators += static_cast<double>(l.regenerators.size()) * m.regenerator;
        cost.wavelengths +=
            p.wavelength_per_km * b.length.si() / 1e3 + p.wavelength_per_fibre * static_cast<double>(b.fibres.size());
        REQUIRE(l.slots.size() == l.regenerators.size() + 1);
        unsigned stretch = 0, at = b.a;
        double since = 0, length = 0;
        for (unsigned i = 0; i < b.fibres.size(); ++i) {
            const optical_fibre& f = p.fibres[b.fibres[i]];
            REQUIRE((f.a == at || f.b == at));
            at = f.a == at ? f.b : f.a;
            if (stretch < l.regenerators.size() && l.regenerators[stretch] == i) ++stretch, since = 0;
            since += f.length.si();
            length += f.length.si();
            CHECK(since <= m.mode.reach.si() * (1 + 1e-12));
            CHECK(l.slots[stretch].count == slots_of(m.mode));
            CHECK(l.slots[stretch].end() <= p.slots);
            for (unsigned s = l.slots[stretch].first; s < l.slots[stretch].end(); ++s)
                CHECK(taken[b.fibres[i]].insert(s).second);
        }
        CHECK(at == b.b);
        CHECK(length == Approx(b.length.si()));
    }
    CHECK(cost.transceivers == Approx(plan.cost.transceivers));
    CHECK(cost.ports == Approx(plan.cost.ports));
    CHECK(cost.regenerators == Approx(plan.cost.regenerators));
    CHECK(cost.wavelengths == Approx(plan.cost.wavelengths));
    CHECK(plan.lower_bound <= plan.cost.total() * (1 + 1e-9));

    std::vector<std::vector<double>> left;
    for (const traffic_demand& d : p.demands) {
        left.emplace_back();
        for (const units::bit_rate r : d.rates) left.back().push_back(d.a == d.b ? 0 : r.si());
    }
    for (const planned_route& r : plan.routes) {
        const traffic_demand& d = p.demands[r.demand];
        REQUIRE(r.rate.si() > 0);
        REQUIRE(r.backup.empty() == (d.protection == demand_protection::none));
        left[r.demand][r.period] -= r.rate.si();
        std::set<unsigned> risks[2];
        for (int way = 0; way < 2; ++way) {
            const auto& bundles = way == 0 ? r.working : r.backup;
            if (bundles.empty()) continue;
            unsigned at = d.a;
            double delay = static_cast<double>(bundles.size() - 1) * p.router_delay.si();
            for (const unsigned b : bundles) {
                load[b][r.period] += r.rate.si();
                const lightpath_bundle& x = plan.bundles[b];
                REQUIRE((x.a == at || x.b == at));
                at = x.a == at ? x.b : x.a;
                for (const unsigned f : x.fibres) {
                    delay += p.fibres[f].latency().si();
                    risks[way].insert(f);
                    for (const unsigned g : p.fibres[f].risks)
                        risks[way].insert(g + static_cast<unsigned>(p.fibres.size()));
                }
            }
            CHECK(at == d.b);
            if (d.within) CHECK(delay <= d.within->si() * (1 + 1e-9));
        }
        for (const unsigned x : risks[0]) CHECK(!risks[1].count(x));
    }
    for (const auto& d : left)
        for (const double rate : d) CHECK(rate == Approx(0).margin(10));
    for (unsigned b = 0; b < plan.bundles.size(); ++b) {
        CHECK(plan.bundles[b].capacity.si() == Approx(capacity[b]));
        for (unsigned t = 0; t < p.periods; ++t) {
            CHECK(load[b][t] <= capacity[b] * (1 + 1e-8));
            CHECK(plan.bundles[b].load[t].si() == Approx(load[b][t]).margin(10));
        }
    }
}

// ---- every plan there is --------------------------------------------------------------------------------------------------
// The most of sum x with rows x <= limit, x >= 0: simplex by the rule of Bland.
double most_of(std::vector<std::vector<double>> rows, std::vector<double> limit) {
    const std::size_t m = rows.size(), n = m ? rows[0].size() : 0;
    std::vector<double> gain(n + m, 0);
    std::vector<std::size_t> basis(m);
    for (std::size_t j = 0; j < n; ++j) gain[j] = 1;
    for (std::size_t i = 0; i < m; ++i) {
        rows[i].resize(n + m, 0);
        rows[i][n + i] = 1;
        basis[i] = n + i;
    }
    double value = 0;
    while (true) {
        std::size_t in = 0, out = m;
        while (in < n + m && gain[in] <= 1e-9) ++in;
        if (in == n + m) return value;
        for (std::size_t i = 0; i < m; ++i) {
            if (rows[i][in] <= 1e-9) continue;
            const double a = out == m ? 0 : limit[i] / rows[i][in] - limit[out] / rows[out][in];
            if (out == m || a < -1e-12 || (a < 1e-12 && basis[i] < basis[out])) out = i;
        }
        REQUIRE(out < m);
        const double pivot = rows[out][in];
        for (double& x : rows[out]) x /= pivot;
        limit[out] /= pivot;
        for (std::size_t i = 0; i < m; ++i) {
            const double factor = i == out ? 0 : rows[i][in];
            if (factor == 0) continue;
            for (std::size_t j = 0; j < n + m; ++j) rows[i][j] -= factor * rows[out][j];
            limit[i] -= factor * limit[out];
        }
        const double factor = gain[in];
        for (std::size_t j = 0; j < n + m; ++j) gain[j] -= factor * rows[out][j];
        value += factor * limit[out];
        basis[out] = in;
    }
}

class exhaustive {
  public:
    explicit exhaustive(const dimensioning_problem& p) : problem_(p) {
        for (unsigned a = 0; a < p.nodes; ++a)
            for (unsigned b = a + 1; b < p.nodes; ++b) {
                std::vector<unsigned> fibres;
                std::vector<bool> seen(p.nodes);
                fibre_paths(a, a, b, fibres, seen);
            }
        bool free_choice = true; // of the way, where only its price counts
        for (const traffic_demand& d : p.demands)
            free_choice = free_choice && !d.within && d.protection == demand_protection::none;
        for (unsigned i = 0; i < ways_.size(); ++i)
            for (const lightpath_module& m : p.modules) {
                std::vector<double> hops;
                for (const unsigned f : ways_[i].fibres) hops.push_back(p.fibres[f].length.si());
                const auto r = regenerate(hops, m.mode.reach.si());
                if (!r.possible) continue;
                kind k{i, m.mode.rate.si() / 1e9,
                       2 * (m.transceiver + m.port) + static_cast<double>(r.before.size()) * m.regenerator +
                           p.wavelength_per_km * ways_[i].length / 1e3 +
                           p.wavelength_per_fibre * static_cast<double>(hops.size())};
                bool replaced = false;
                for (kind& other : kinds_)
                    if (free_choice && ways_[other.way].a == ways_[i].a && ways_[other.way].b == ways_[i].b &&
                        other.rate == k.rate) {
                        if (k.cost < other.cost) other = k;
                        replaced = true;
                    }
                if (!replaced) kinds_.push_back(k);
            }
        for (const traffic_demand& d : p.demands) routes_of(d);
    }

    /// The least cost of all plans that cost no more than `most`; more than that if there is none.
    double operator()(double most) {
        best_ = most * (1 + 1e-9) + 1e-9;
        found_ = false;
        capacity_.assign(ways_.size(), 0);
        extend(0, 0);
        return found_ ? best_ : 1e300;
    }

  private:
    struct fibre_way {
        unsigned a, b;
        std::vector<unsigned> fibres;
        std::set<unsigned> risks;
        double length, delay;
    };
    struct kind {
        unsigned way;
        double rate, cost;
    };

    void fibre_paths(unsigned at, unsigned a, unsigned b, std::vector<unsigned>& fibres, std::vector<bool>& seen) {
        if (at == b) {
            fibre_way w{a, b, fibres, {}, 0, 0};
            for (const unsigned f : fibres) {
                w.length += problem_.fibres[f].length.si();
                w.delay += problem_.fibres[f].latency().si();
                w.risks.insert(f);
                for (const unsigned g : problem_.fibres[f].risks) w.risks.insert(1000 + g);
            }
            ways_.push_back(w);
            return;
        }
        seen[at] = true;
        for (unsigned f = 0; f < problem_.fibres.size(); ++f) {
            const optical_fibre& x = problem_.fibres[f];
            if (x.a != at && x.b != at) continue;
            const unsigned next = x.a == at ? x.b : x.a;
            if (seen[next]) continue;
            fibres.push_back(f);
            fibre_paths(next, a, b, fibres, seen);
            fibres.pop_back();
        }
        seen[at] = false;
    }

    void routes_of(const traffic_demand& d) {
        std::vector<std::vector<unsigned>> all;
        std::vector<unsigned> route;
        std::vector<bool> seen(problem_.nodes);
        ip_routes(d, d.a, route, seen, all);
        std::vector<std::vector<unsigned>> allowed;
        if (d.protection == demand_protection::none) {
            allowed = all;
        } else {
            for (std::size_t i = 0; i < all.size(); ++i)
                for (std::size_t j = i + 1; j < all.size(); ++j) {
                    std::set<unsigned> risks;
                    bool apart = true;
                    for (const unsigned w : all[i]) risks.insert(ways_[w].risks.begin(), ways_[w].risks.end());
                    for (const unsigned w : all[j])
                        for (const unsigned r : ways_[w].risks) apart = apart && !risks.count(r);
                    if (!apart) continue;
                    allowed.push_back(all[i]);
                    allowed.back().insert(allowed.back().end(), all[j].begin(), all[j].end());
                }
        }
        routes_.push_back(allowed);
    }
    void ip_routes(const traffic_demand& d, unsigned at, std::vector<unsigned>& route, std::vector<bool>& seen,
                   std::vector<std::vector<unsigned>>& all) {
        if (at == d.b) {
            double delay = static_cast<double>(route.size() - 1) * problem_.router_delay.si();
            for (const unsigned w : route) delay += ways_[w].delay;
            if (!d.within || delay <= d.within->si() * (1 + 1e-12)) all.push_back(route);
            return;
        }
        seen[at] = true;
        for (unsigned w = 0; w < ways_.size(); ++w) {
            if (ways_[w].a != at && ways_[w].b != at) continue;
            const unsigned next = ways_[w].a == at ? ways_[w].b : ways_[w].a;
            bool lit = false;
            for (const kind& k : kinds_) lit = lit || k.way == w;
            if (seen[next] || !lit) continue;
            route.push_back(w);
            ip_routes(d, next, route, seen, all);
            route.pop_back();
        }
        seen[at] = false;
    }

    void extend(unsigned from, double cost) {
        if (cost >= best_) return;
        if (carries()) {
            best_ = cost;
            found_ = true;
            return;
        }
        for (unsigned k = from; k < kinds_.size(); ++k) {
            capacity_[kinds_[k].way] += kinds_[k].rate;
            extend(k, cost + kinds_[k].cost);
            capacity_[kinds_[k].way] -= kinds_[k].rate;
        }
    }

    bool carries() const {
        for (unsigned t = 0; t < problem_.periods; ++t) {
            for (unsigned v = 0; v < problem_.nodes; ++v) { // what most lack at a glance
                double have = 0, need = 0;
                for (unsigned w = 0; w < ways_.size(); ++w)
                    if (ways_[w].a == v || ways_[w].b == v) have += capacity_[w];
                for (const traffic_demand& d : problem_.demands)
                    if (d.a == v || d.b == v)
                        need += d.rates[t].si() / 1e9 * (d.protection == demand_protection::none ? 1 : 2);
                if (have < need * (1 - 1e-9)) return false;
            }
            std::vector<std::vector<double>> rows(ways_.size() + problem_.demands.size());
            std::vector<double> limit;
            double all = 0;
            for (const double c : capacity_) limit.push_back(c);
            for (unsigned d = 0; d < problem_.demands.size(); ++d) {
                limit.push_back(problem_.demands[d].rates[t].si() / 1e9);
                all += limit.back();
                for (const auto& route : routes_[d]) {
                    bool possible = true;
                    for (const unsigned w : route) possible = possible && capacity_[w] > 0;
                    if (!possible) continue;
                    for (auto& row : rows) row.push_back(0);
                    for (const unsigned w : route) rows[w].back() += 1;
                    rows[ways_.size() + d].back() = 1;
                }
            }
            if (all > 0 && (rows[0].empty() || most_of(rows, limit) < all * (1 - 1e-7))) return false;
        }
        return true;
    }

    const dimensioning_problem& problem_;
    std::vector<fibre_way> ways_;
    std::vector<kind> kinds_;
    std::vector<std::vector<std::vector<unsigned>>> routes_;
    std::vector<double> capacity_;
    double best_ = 0;
    bool found_ = false;
};

// Whether the first demand has two ways apart that both meet its bound, by looking at all pairs of simple ways.
bool two_in_time(const dimensioning_problem& p) {
    struct way {
        std::set<unsigned> risks; // groups, and fibres from 1000 on
        double delay;
    };
    const traffic_demand& d = p.demands[0];
    std::vector<way> ways;
    std::vector<unsigned> taken;
    std::vector<bool> visited(p.nodes);
    const auto walk = [&](const auto& self, unsigned node) -> void {
        if (node == d.b) {
            way w{{}, 0};
            for (const unsigned f : taken) {
                w.delay += p.fibres[f].latency().si();
                w.risks.insert(1000 + f);
                w.risks.insert(p.fibres[f].risks.begin(), p.fibres[f].risks.end());
            }
            if (w.delay <= d.within->si()) ways.push_back(w);
            return;
        }
        visited[node] = true;
        for (unsigned f = 0; f < p.fibres.size(); ++f)
            for (const bool back : {false, true}) {
                const unsigned from = back ? p.fibres[f].b : p.fibres[f].a, to = back ? p.fibres[f].a : p.fibres[f].b;
                if (from != node || visited[to]) continue;
                taken.push_back(f);
                self(self, to);
                taken.pop_back();
            }
        visited[node] = false;
    };
    walk(walk, d.a);
    for (const way& x : ways)
        for (const way& y : ways)
            if (std::none_of(x.risks.begin(), x.risks.end(), [&](unsigned r) { return y.risks.count(r) > 0; }))
                return true;
    return false;
}

dimensioning_problem ring(unsigned nodes, const std::vector<double>& lengths) {
    dimensioning_problem p{.nodes = nodes};
    for (unsigned i = 0; i < nodes; ++i) p.fibres.push_back({i, (i + 1) % nodes, km(lengths[i % lengths.size()])});
    return p;
}

} // namespace

TEST_CASE("no plan of tiny networks is cheaper than the bound, and the one found is nearly always the best") {
    std::mt19937 engine(11);
    const auto dice = [&](unsigned n) { return static_cast<unsigned>(engine() % n); };
    unsigned best_found = 0, rounds = 0;
    double above = 0;
    for (unsigned round = 0; round < 120; ++round) {
        const unsigned nodes = round % 3 == 2 ? 3 : 3 + dice(3);
        dimensioning_problem p = ring(nodes, {100.0 + dice(400), 100.0 + dice(400), 100.0 + dice(400)});
        if (nodes > 3 && dice(2)) p.fibres.push_back({0, 2, km(100.0 + dice(500))});
        p.periods = 1 + dice(2);
        p.wavelength_per_km = 0.001 * dice(5);
        p.wavelength_per_fibre = 0.25 * dice(2);
        p.modules = {module_of(100, 700, 2 + dice(2), 1, 3)};
        if (nodes < 5) p.modules.push_back(module_of(400, 450, 4 + dice(3), 1, 4));
        const bool protect = round % 3 == 2; // of triangles, whose plans are few enough
        const unsigned demands = protect ? 2 : 2 + dice(2);
        for (unsigned i = 0; i < demands; ++i) {
            traffic_demand d{i % nodes, (i + 1 + dice(nodes - 1)) % nodes};
            for (unsigned t = 0; t < p.periods; ++t) d.rates.push_back(gbps(10.0 + dice(protect ? 90 : 180)));
            if (dice(3) == 0 && nodes < 5) d.within = units::latency::from_si(1e-3 * (2.5 + 0.5 * dice(6)));
            if (protect) d.protection = demand_protection::one_plus_one;
            p.demands.push_back(d);
        }
        INFO("round " << round << ", " << nodes << " nodes, " << p.periods << " periods");
        const auto plan = dimension_network(p, {.iterations = 600, .bound_iterations = 200, .alternatives = false});
        if (!plan) {
            CHECK(plan.error().code == errc::slo_missed);
            continue;
        }
        check_plan(p, *plan);
        const double best = exhaustive(p)(plan->cost.total());
        CHECK(plan->lower_bound <= best * (1 + 1e-9));
        CHECK(best <= plan->cost.total() * (1 + 1e-8));
        above += plan->cost.total() / best - 1;
        best_found += plan->cost.total() <= best * (1 + 1e-8);
        ++rounds;
    }
    CHECK(rounds > 80);
    INFO(best_found << " of " << rounds << " best, mean " << 100 * above / rounds << " % above");
    CHECK(best_found * 10 >= rounds * 9);
    CHECK(above / rounds < 0.02);
}

TEST_CASE("plans of random networks keep latency, protection, periods and spectrum") {
    std::mt19937 engine(3);
    const auto dice = [&](unsigned n) { return static_cast<unsigned>(engine() % n); };
    unsigned planned = 0;
    for (unsigned round = 0; round < 30; ++round) {
        const unsigned nodes = 5 + dice(6);
        dimensioning_problem p = ring(nodes, {50.0 + dice(400), 50.0 + dice(400), 50.0 + dice(400)});
        for (unsigned i = 0; i < nodes / 2; ++i) {
            const unsigned a = dice(nodes), b = dice(nodes);
            if (a != b) p.fibres.push_back({a, b, km(50.0 + dice(900)), dice(4) ? 1.468 : 1.003, {dice(3)}});
        }
        p.periods = 1 + dice(3);
        p.slots = 24 + dice(40);
        p.wavelength_per_km = 0.002;
        p.router_delay = units::latency::from_si(20e-6);
        p.modules = {module_of(100, 3000, 2, 1, 3), module_of(200, 1200, 3, 1, 4), module_of(400, 500, 4, 1, 5)};
        for (unsigned i = 0; i < 8; ++i) {
            traffic_demand d{dice(nodes), dice(nodes)};
            for (unsigned t = 0; t < p.periods; ++t) d.rates.push_back(gbps(dice(4) ? 1.0 + dice(300) : 0.0));
            if (dice(2)) d.within = units::latency::from_si(1e-3 * (5 + dice(10)));
            if (dice(2)) d.protection = demand_protection::one_plus_one;
            p.demands.push_back(d);
        }
        INFO("round " << round);
        const auto plan = dimension_network(p, {.iterations = 300, .starts = 1, .bound_iterations = 100});
        if (!plan) {
            CHECK((plan.error().code == errc::slo_missed || plan.error().code == errc::no_candidate ||
                   plan.error().code == errc::over_capacity));
            CHECK(!plan.error().detail.empty());
            continue;
        }
        ++planned;
        check_plan(p, *plan);
        CHECK(*plan->without_protection <= plan->cost.total());
        CHECK(*plan->without_latency <= plan->cost.total());
        if (plan->for_peaks) CHECK(*plan->for_peaks >= plan->cost.total()); // else all peaks at once do not fit
        const auto limits = limits_of(p, *plan);
        CHECK(limits.slots_used <= p.slots);
        CHECK(limits.slack.si() >= -1e-12);
        const auto again = dimension_network(p, {.iterations = 300, .starts = 1, .bound_iterations = 100});
        CHECK(again->cost.total() == plan->cost.total());
        CHECK(again->lower_bound == plan->lower_bound);
        CHECK(limits_of(p, *again) == limits);
    }
    CHECK(planned >= 20);
}

TEST_CASE("time zones share what is lit: capacity is that of the peak of the sum") {
    // 1 + cos over the day, offsets in hours: saving against the sum of peaks
    struct answer {
        std::vector<int> offsets;
        double saving; // percent
    };
    for (const answer& a : {answer{{0, 8, 16}, 50}, answer{{0, 6}, 14.64}, answer{{0, 9, 16}, 45.69}}) {
        dimensioning_problem p{.nodes = 2, .periods = 24, .slots = 100000};
        p.fibres.push_back({0, 1, km(100)});
        p.modules = {module_of(1, 200, 0.5)}; // a unit of cost for each Gb/s
        for (const int offset : a.offsets) {
            traffic_demand d{0, 1};
            for (int t = 0; t < 24; ++t) d.rates.push_back(gbps(500 * (1 + std::cos(2 * M_PI * (t - offset) / 24))));
            p.demands.push_back(d);
        }
        const auto plan = dimension_network(p, {.iterations = 50, .bound_iterations = 50});
        REQUIRE(plan);
        check_plan(p, *plan);
        CHECK(*plan->for_peaks == 1000.0 * static_cast<double>(a.offsets.size()));
        CHECK(100 * plan->sharing_saves()->si() == Approx(a.saving).margin(0.05)); // whole Gb/s are lit
        CHECK(plan->gap() < 0.001);
    }
}

TEST_CASE("demands by their percentile: normal, in bursts, sampled") {
    const std::vector<demands::normal> day{{100_Gbps, 20_Gbps}, {200_Gbps, 0_Gbps}};
    const auto normal = rates_at(0.95, day);
    CHECK(normal[0].si() / 1e9 == Approx(100 + 1.644853627 * 20));
    CHECK(normal[1] == 200_Gbps);
    const std::vector<std::vector<demands::on_off>> bursts{std::vector<demands::on_off>(10, {10_Gbps, 0.3, 0.1_s}), {}};
    const auto together = rates_at(0.9999, bursts, units::volume::from_si(0.8e9));
    CHECK(together[0].si() / 1e9 == Approx(89.012).epsilon(1e-4)); // ten of Guerin's
    CHECK(together[1].si() == 0);
    const std::vector<std::vector<units::bit_rate>> seen{{1_Gbps, 5_Gbps, 3_Gbps, 2_Gbps}};
    CHECK(rates_at(0.75, seen)[0] == 3_Gbps);

    dimensioning_problem p{.nodes = 2};
    p.fibres.push_back({0, 1, km(100)});
    p.modules = {module_of(10, 200, 1)};
    p.demands.push_back({0, 1, {normal[0]}});
    const auto plan = dimension_network(p);
    REQUIRE(plan);
    CHECK(plan->lightpaths.size() == 14); // 132.9 Gb/s
    CHECK(plan->lower_bound == Approx(28).epsilon(0.03));
}

TEST_CASE("signals are made anew where no module reaches, and reach has its price") {
    dimensioning_problem p{.nodes = 4};
    for (unsigned i = 0; i < 3; ++i) p.fibres.push_back({i, i + 1, km(400)});
    p.modules = {module_of(400, 500, 5, 2, 1), module_of(100, 2000, 3, 2, 1)};
    p.demands.push_back({0, 3, {gbps(90)}});
    auto plan = dimension_network(p);
    REQUIRE(plan);
    check_plan(p, *plan);
    CHECK(plan->cost.total() == 10); // the far-reaching one
    CHECK(plan->lower_bound == Approx(10).epsilon(0.03));
    p.demands[0].rates = {gbps(390)};
    plan = dimension_network(p);
    check_plan(p, *plan);
    CHECK(plan->cost.total() == 16); // the fast one with two regenerators
    CHECK(plan->cost.regenerators == 2);
    CHECK(plan->lightpaths[0].regenerators == std::vector<unsigned>{1, 2});
    CHECK(plan->lower_bound <= 16);
}

TEST_CASE("spectrum that is short is gone around, or named") {
    // Two ways of 300 and 600 km; four wavelengths of six slots each, room for two on a fibre.
    dimensioning_problem p{.nodes = 3};
    p.fibres = {{0, 1, km(300)}, {0, 2, km(300)}, {2, 1, km(300)}};
    p.slots = 12;
    p.modules = {module_of(100, 1000, 1)};
    p.wavelength_per_km = 0.01;
    p.demands.push_back({0, 1, {gbps(400)}});
    const auto plan = dimension_network(p);
    REQUIRE(plan);
    check_plan(p, *plan);
    CHECK(plan->lightpaths.size() == 4);
    CHECK(limits_of(p, *plan).slots_used == 12);
    CHECK(plan->cost.wavelengths == Approx(0.01 * (2 * 300 + 2 * 600)));
    p.demands[0].rates = {gbps(401)};
    const auto full = dimension_network(p);
    REQUIRE(!full);
    CHECK(full.error().code == errc::over_capacity);
    CHECK(full.error().detail.find("fibre") != std::string::npos);
}

TEST_CASE("lightpaths that find no spectrum go another way, which may be a bundle that was not there") {
    // Ten lightpaths, two slots: nothing fits, whatever is tried. And rings with room for some of it.
    dimensioning_problem p{.nodes = 4};
    p.fibres = {{2, 1, km(1)}, {0, 2, km(100)}, {3, 0, km(300)}, {2, 3, km(1)}};
    lightpath_module m = module_of(1, 1000, 20);
    m.mode.width_hz = 12.5e9;
    p.modules = {m};
    p.slots = 2;
    p.demands.push_back({3, 1, {gbps(10)}});
    CHECK(!dimension_network(p, {.iterations = 4000}));

    std::mt19937 random(61);
    int planned = 0, refused = 0;
    for (int round = 0; round < 120; ++round) {
        dimensioning_problem ring{.nodes = 5};
        for (unsigned i = 0; i < 5; ++i)
            ring.fibres.push_back({i, (i + 1) % 5, km(1 + static_cast<double>(random() % 300))});
        ring.modules = {m, m};
        ring.modules[1].mode.rate = gbps(2);
        ring.modules[1].transceiver = 30;
        ring.slots = 2 + static_cast<unsigned>(random() % 10);
        for (int d = 0; d < 4; ++d) {
            const unsigned a = static_cast<unsigned>(random() % 5);
            ring.demands.push_back(
                {a, (a + 1 + static_cast<unsigned>(random() % 4)) % 5, {gbps(1 + static_cast<double>(random() % 4))}});
        }
        const auto plan = dimension_network(ring, {.iterations = 50});
        ++(plan ? planned : refused);
        if (plan) check_plan(ring, *plan);
    }
    CHECK(planned > 10);
    CHECK(refused > 3);
}

TEST_CASE("what binds a plan, and what it would cost without") {
    dimensioning_problem p = ring(4, {200});
    p.modules = {module_of(100, 1000, 1)};
    p.demands.push_back({0, 1, {gbps(80)}, units::latency::from_si(3.1e-3), demand_protection::one_plus_one});
    const auto plan = dimension_network(p);
    REQUIRE(plan);
    check_plan(p, *plan);
    CHECK(plan->cost.total() == 4);
    CHECK(*plan->without_protection == 2);
    CHECK(*plan->without_latency == 4);
    CHECK(*plan->for_peaks == 4);
    CHECK(plan->lower_bound == Approx(4).epsilon(0.03));
    const auto limits = limits_of(p, *plan);
    CHECK(limits.demand == 0);
    CHECK(limits.slack.si() == Approx(3.1e-3 - 600e3 * 1.468 / 299792458.0)); // the way round
    CHECK(limits.bundles == std::vector<unsigned>{2});
    CHECK(limits.fill.si() == Approx(0.8));
}

TEST_CASE("risks that are shared are no protection") {
    dimensioning_problem p = ring(3, {100});
    p.modules = {module_of(100, 1000, 1)};
    p.demands.push_back({0, 1, {gbps(10)}, {}, demand_protection::one_plus_one});
    REQUIRE(dimension_network(p));
    p.fibres[0].risks = {4000000000u};
    p.fibres[1].risks = {4000000000u};
    const auto refused = dimension_network(p);
    REQUIRE(!refused);
    CHECK(refused.error().code == errc::no_candidate);
    p.fibres.push_back({0, 1, km(900)});
    const auto plan = dimension_network(p);
    REQUIRE(plan);
    check_plan(p, *plan);
}

TEST_CASE("a module too wide for the slots opens no way, and closes none to others") {
    dimensioning_problem p{.nodes = 3, .slots = 4};
    p.fibres = {{0, 1, km(150)}, {0, 2, km(80)}, {2, 1, km(80)}};
    p.modules = {module_of(400, 3000, 8), module_of(100, 100, 5)};
    p.modules[0].mode.width_hz = 75e9;
    p.modules[1].mode.width_hz = 50e9;
    p.demands.push_back({0, 1, {gbps(50)}});
    const auto plan = dimension_network(p); // 150 km reach only with the wide one
    REQUIRE(plan);
    check_plan(p, *plan);
    for (const auto& l : plan->lightpaths) CHECK(l.module == 1);
    auto narrow = p;
    narrow.modules = {p.modules[1]};
    CHECK(dimension_network(narrow)->cost.total() == plan->cost.total());
    CHECK(dimension_network(narrow)->lower_bound == plan->lower_bound);
}

TEST_CASE("two ways in time are found though the least sum of delays is not") {
    // Least in sum are 0-2 of 200 km and of 900; within 653 km are the ways of 600 over 1 and over 3.
    dimensioning_problem p{.nodes = 4};
    p.fibres = {{0, 2, km(200)}, {0, 1, km(300)}, {1, 2, km(300)}, {0, 3, km(300)}, {3, 2, km(300)}, {0, 2, km(900)}};
    p.fibres[0].risks = {7, 8};
    p.fibres[1].risks = p.fibres[3].risks = {7};
    p.modules = {module_of(100, 3000, 1)};
    p.demands.push_back({0, 2, {gbps(50)}, {}, demand_protection::one_plus_one});
    p.demands[0].within = units::latency::from_si(3.2e-3); // 653 km
    const auto none = dimension_network(p);
    REQUIRE(!none);
    CHECK(none.error().code == errc::slo_missed); // all that is fast enough shares group 7
    p.fibres[3].risks = {8};
    const auto plan = dimension_network(p);
    REQUIRE(plan);
    check_plan(p, *plan);

    std::mt19937 random(5);
    unsigned in_time = 0, refused = 0;
    for (int round = 0; round < 200; ++round) {
        dimensioning_problem q{.nodes = 5};
        for (int f = 0; f < 12; ++f) {
            const unsigned a = static_cast<unsigned>(random() % 5), b = static_cast<unsigned>(random() % 5);
            if (a == b) continue;
            q.fibres.push_back({a, b, km(100.0 * static_cast<double>(1 + random() % 5))});
            if (random() % 2) q.fibres.back().risks = {static_cast<unsigned>(random() % 5)};
        }
        q.modules = {module_of(100, 3000, 1)};
        q.demands.push_back({0, 1, {gbps(50)}, {}, demand_protection::one_plus_one});
        q.demands[0].within = units::latency::from_si(1e-6 * 4.9 * static_cast<double>(200 + random() % 600));
        const bool exists = two_in_time(q);
        const auto found =
            dimension_network(q, {.iterations = 50, .starts = 1, .bound_iterations = 0, .alternatives = false});
        CHECK(bool(found) == exists);
        in_time += exists;
        refused += !exists;
        if (found) check_plan(q, *found);
    }
    CHECK(in_time > 20);
    CHECK(refused > 20);
}

TEST_CASE("what cannot be dimensioned says so") {
    CHECK(dimensioning_problem{}.slots * slot_width_hz ==
          196.1e12 - 191.3e12); // the C band: as OpenROADM has it, 96 x 50 GHz
    CHECK(dimension_network(dimensioning_problem{})->cost.total() == 0);
    dimensioning_problem p{.nodes = 3};
    p.fibres.push_back({0, 1, km(100)});
    p.modules = {module_of(100, 1000, 1)};
    p.demands.push_back({0, 2, {gbps(1)}});
    CHECK(dimension_network(p).error().code == errc::unreachable);
    p.demands[0] = {0, 1, {gbps(1)}};
    p.modules[0].mode.reach = km(99);
    CHECK(dimension_network(p).error().code == errc::unreachable);
    p.modules[0].mode.reach = km(100);
    CHECK(dimension_network(p));
    p.slots = 5;
    CHECK(dimension_network(p).error().code == errc::unreachable); // no room for one
    p.slots = 384;
    p.demands[0].within = units::latency::from_si(1e-4);
    const auto late = dimension_network(p);
    REQUIRE(!late);
    CHECK(late.error().code == errc::slo_missed);
    CHECK(late.error().margin == Approx(3.8967).epsilon(1e-4)); // 489.67 us
    p.demands[0].within = {};
    p.demands[0].protection = demand_protection::one_plus_one;
    CHECK(dimension_network(p).error().code == errc::no_candidate);
    p.demands[0] = {1, 1, {gbps(1)}, {}, demand_protection::one_plus_one}; // to itself
    CHECK(dimension_network(p)->lightpaths.empty());

    const auto refused = [](dimensioning_problem q) {
        const auto r = dimension_network(q);
        return !r && r.error().code == errc::out_of_range && !r.error().detail.empty();
    };
    p.demands[0] = {0, 1, {gbps(1)}};
    const double nan = __builtin_nan(""), inf = __builtin_huge_val();
    for (const double x : {nan, inf, -1.0}) {
        auto q = p;
        q.demands[0].rates[0] = units::bit_rate::from_si(x);
        CHECK(refused(q));
        q = p, q.fibres[0].length = km(x);
        CHECK(refused(q));
        q = p, q.modules[0].transceiver = x;
        CHECK(refused(q));
        q = p, q.modules[0].mode.rate = gbps(x);
        CHECK(refused(q));
        q = p, q.demands[0].within = units::latency::from_si(x);
        CHECK(refused(q));
        q = p, q.wavelength_per_km = x;
        CHECK(refused(q));
        q = p, q.fibres[0].group_index = x;
        CHECK(refused(q));
    }
    auto q = p;
    q.periods = 0;
    CHECK(refused(q));
    q = p, q.nodes = 2001; // 4 million pairs, one module
    CHECK(refused(q));
    q.nodes = 100000;
    CHECK(refused(q));
    q = p, q.modules.resize(64, p.modules[0]), q.nodes = 251;
    CHECK(refused(q));
    q = p, q.periods = 2;
    CHECK(refused(q)); // one rate
    q = p, q.fibres[0].b = 3;
    CHECK(refused(q));
    q = p, q.demands[0].b = 3;
    CHECK(refused(q));
    q = p, q.demands[0].rates[0] = gbps(1e5), q.modules[0].mode.rate = units::bit_rate::from_si(1);
    CHECK(refused(q));
    q = p, q.fibres.push_back({0, 0, km(1)}), q.fibres.push_back({0, 1, km(50)}); // a loop, a second fibre
    CHECK(dimension_network(q));
    q.modules[0].transceiver = 0; // all for nothing
    CHECK(dimension_network(q)->cost.total() == 0);
    q.modules.clear();
    CHECK(dimension_network(q).error().code == errc::unreachable);
}
