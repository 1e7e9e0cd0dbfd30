// SPDX-License-Identifier: Apache-2.0
#include "../../../catch.hpp"
#include "../instances.hpp"

#include <uonaco/network/layers/grooming.hpp>
#include <uonaco/units/literals.hpp>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <random>
#include <tuple>

using namespace uonaco;

namespace {
fibre_pair fibre(unsigned a, unsigned b, double km) {
    return {a, b, units::distance::from_si(km * 1e3), 0, fibre_type::smf};
}

// 400ZR and ZR+: 19 W up to 120 km, 20 W each for 400 (600 km), 300 (1800), 200 (3000), 100 (3000 km, narrower).
std::vector<transceiver_mode> zr() { return {transceivers::all, transceivers::all + 5}; }
} // namespace

TEST_CASE("light goes through, and what it has left is used first") {
    const std::vector<fibre_pair> line{fibre(0, 1, 400), fibre(1, 2, 400)};
    grooming g(3, line, zr(), least_power(zr()));
    CHECK(g.creatable(0, 1) == 400_Gbps);
    CHECK(g.creatable(2, 0) == 300_Gbps); // 800 km
    CHECK(g.free_between(0, 2).si() == 0);

    const groomed_demand first = g.connect(0, 2, 100_Gbps);
    REQUIRE(first);
    CHECK(first.weight == Approx(40).margin(.01)); // two transceivers, none at site 1
    CHECK(first.lit == 1);
    CHECK(g.lightpaths()[0].fibres == std::vector<unsigned>{0, 1});
    CHECK(g.mode(g.lightpaths()[0].mode).rate == 300_Gbps); // as much power as 100 or 200
    CHECK(g.lightpaths()[0].run == slot_run{0, 6});

    const groomed_demand back = g.connect(2, 0, 200_Gbps);
    CHECK(back.lit == 0);
    CHECK(back.weight == Approx(800e-6));
    CHECK(g.free_between(0, 2).si() == 0);
    CHECK(g.connect(0, 2, 100_Gbps).lit == 1);
    // best fit: 0-2 has one lightpath with 200 left; after one of 50 more there is 150 and a new one; the fuller is taken
    CHECK(g.connect(0, 2, 250_Gbps).lightpaths == std::vector<unsigned>{2});
    CHECK(g.connect(0, 2, 50_Gbps).lightpaths == std::vector<unsigned>{2}); // 50 left there, 200 on the other
    CHECK(g.free_between(0, 2) == 200_Gbps);

    g.disconnect(first);
    CHECK(g.lightpaths()[0].lit); // still used from the other end
    g.disconnect(back);
    CHECK_FALSE(g.lightpaths()[0].lit);
    CHECK(g.free_slots().is_free(0, {0, 6}));
}

TEST_CASE("light that does not reach is made anew on the way") {
    const std::vector<fibre_pair> line{fibre(0, 1, 2000), fibre(1, 2, 2000)};
    grooming g(3, line, zr(), least_power(zr()));
    CHECK(g.creatable(0, 2).si() == 0);
    const groomed_demand d = g.connect(0, 2, 150_Gbps);
    CHECK(d.lit == 2);
    CHECK(d.weight == Approx(80).margin(.01));
    CHECK(g.plan(0, 2, 400_Gbps).verdict == grooming_verdict::no_way);
    // where light may not end, it cannot be
    grooming h(3, line, zr(), least_power(zr()), {.ends = {1, 0, 1}});
    CHECK(h.plan(0, 2, 150_Gbps).verdict == grooming_verdict::no_way);
    CHECK(h.plan(0, 1, 150_Gbps).verdict == grooming_verdict::no_way);
}

TEST_CASE("a policy is its weights") {
    // 0-1-2 with light 0-1 and 1-2 that has room: power takes both, hops light a third
    const std::vector<fibre_pair> line{fibre(0, 1, 400), fibre(1, 2, 400)};
    const auto sections = [&](const grooming_weights& w) {
        grooming g(3, line, zr(), w);
        REQUIRE(g.connect(0, 1, 10_Gbps));
        REQUIRE(g.connect(1, 2, 10_Gbps));
        const groomed_demand d = g.connect(0, 2, 10_Gbps);
        REQUIRE(d);
        return std::pair(d.lightpaths.size(), d.lit);
    };
    CHECK(sections(least_power(zr())) == std::pair(2ul, 0u));
    CHECK(sections(fewest_hops(zr())) == std::pair(1ul, 1u));
    CHECK(sections(fewest_lightpaths(zr())) == std::pair(2ul, 0u));
    // 10 W for each Gb/s switched: 200 W at two lightpaths, 100 W + 40 W at a new one
    CHECK(sections(least_power(zr(), {.switching = units::transport_energy::from_si(10e-9)})) == std::pair(1ul, 1u));
    // money: the mode of 100G is cheap, all others dear or without a price
    const std::vector<maybe<units::money>> prices{{}, 9_usd, 9_usd, {}, 2_usd};
    grooming g(3, line, zr(), least_cost(prices));
    CHECK(g.connect(0, 2, 100_Gbps).weight == Approx(4).margin(.01));
    CHECK(g.connect(0, 2, 200_Gbps).weight == Approx(18).margin(.01));
    CHECK(g.plan(0, 2, 400_Gbps).weight == Approx(36).margin(.01)); // 800 km are too far: by site 1
    // ROADMs and amplifiers
    grooming h(3, line, zr(), [] {
        auto w = least_power(zr());
        w.roadm = 100;
        return w;
    }());
    CHECK(h.plan(0, 2, 10_Gbps).weight == Approx(340).margin(.01));
}

TEST_CASE("slots run out, fibres are cut, others take over") {
    // a square 0-1-2-3 of 100 km sides, room for one wave of 75 GHz on each
    const std::vector<fibre_pair> ring{fibre(0, 1, 100), fibre(1, 2, 100), fibre(2, 3, 100), fibre(3, 0, 100)};
    grooming g(4, ring, zr(), least_power(zr()), {.slots = 11});
    const groomed_demand a = g.connect(0, 1, 400_Gbps);
    REQUIRE(a);
    CHECK(a.weight == Approx(38).margin(.01));          // 120 km are enough for 19 W
    const groomed_demand b = g.connect(0, 1, 400_Gbps); // the long way round
    REQUIRE(b);
    CHECK(g.lightpaths()[b.lightpaths[0]].fibres == std::vector<unsigned>{3, 2, 1});
    CHECK(g.connect(0, 1, 400_Gbps).verdict == grooming_verdict::no_way);
    CHECK(g.connect(0, 1, 100_Gbps)); // 50 GHz fit beside 75
    CHECK(g.works(a));
    g.cut(0);
    g.cut(0);
    CHECK_FALSE(g.works(a));
    CHECK(g.works(b));
    CHECK(g.free_between(0, 1).si() == 0);
    CHECK(g.creatable(0, 1) == 100_Gbps);
    g.disconnect(a);
    CHECK(g.creatable(0, 1) == 100_Gbps); // there are slots, but no fibre
    g.repair(0);
    CHECK(g.creatable(0, 1) == 400_Gbps);
}

TEST_CASE("a backup that shares no fibre, though what is lit would be cheaper") {
    const std::vector<fibre_pair> ring{fibre(0, 1, 100), fibre(1, 2, 100), fibre(2, 3, 100), fibre(3, 0, 100)};
    grooming g(4, ring, zr(), least_power(zr()));
    const groomed_demand working = g.connect(0, 1, 100_Gbps);
    const groomed_demand backup = g.connect_apart(0, 1, 100_Gbps, g.fibres_of(working));
    REQUIRE(backup);
    CHECK(g.fibres_of(working) == std::vector<unsigned>{0});
    CHECK(g.fibres_of(backup) == std::vector<unsigned>{3, 2, 1});
    CHECK(g.works(working)); // nothing is cut for good
    const unsigned both[] = {0, 0, 2};
    CHECK(g.connect_apart(0, 1, 1_Gbps, both).verdict == grooming_verdict::no_way);
    g.cut(0);
    CHECK(g.connect_apart(0, 1, 1_Gbps, g.fibres_of(working)).lightpaths == backup.lightpaths);
    CHECK_FALSE(g.works(working)); // what was cut stays cut
}

TEST_CASE("two new lightpaths that want the same slots") {
    // Sites 0, 2 and 3 around 1, where light only passes. 0-1-3 is too long, so light has to be made anew at 2, and passes 1-2 twice.
    const std::vector<fibre_pair> star{fibre(0, 1, 100), fibre(1, 2, 10), fibre(1, 3, 100)};
    const std::vector<transceiver_mode> one(transceivers::all, transceivers::all + 1); // 120 km, six slots
    const std::vector<unsigned char> ends{1, 0, 1, 1};
    grooming narrow(4, star, one, least_power(one), {.slots = 11, .ends = ends});
    CHECK(narrow.plan(0, 2, 400_Gbps));
    CHECK(narrow.plan(2, 3, 400_Gbps));
    CHECK(narrow.plan(0, 3, 400_Gbps).verdict == grooming_verdict::no_way);
    CHECK(narrow.free_slots() == spectrum(3, 11)); // planning takes nothing
    grooming wide(4, star, one, least_power(one), {.slots = 12, .ends = ends});
    const groomed_demand d = wide.connect(0, 3, 400_Gbps);
    CHECK(d.lit == 2);
    CHECK(wide.free_slots().free_slots(1) == 0);
    // where there is a second fibre to 2, dearer by its length, the other takes that
    const std::vector<fibre_pair> two{fibre(0, 1, 100), fibre(1, 2, 10), fibre(1, 3, 100), fibre(1, 2, 15)};
    grooming around(4, two, one, least_power(one), {.slots = 11, .ends = ends});
    const groomed_demand e = around.connect(0, 3, 400_Gbps);
    CHECK(e.lit == 2);
    CHECK(e.weight == Approx(2 * 38 + 225e-6).epsilon(1e-12));
}

TEST_CASE("what cannot be asked") {
    const std::vector<fibre_pair> line{fibre(0, 1, 100), fibre(1, 2, std::numeric_limits<double>::quiet_NaN()),
                                       fibre(1, 1, 5), fibre(1, 2, -5),
                                       fibre(1, 2, std::numeric_limits<double>::infinity())};
    std::vector<transceiver_mode> modes = zr();
    modes.push_back({transceiver_family::zr, 1e9 * 900_Gbps, 0, 100_km, {}, {}, 1_W});
    modes.push_back({transceiver_family::zr, 900_Gbps, std::numeric_limits<double>::quiet_NaN(), 100_km, {}, {}, 1_W});
    modes.push_back({transceiver_family::zr, 900_Gbps, 75e9, 100_km, {}, {}, {}});
    grooming g(3, line, modes, least_power(modes));
    CHECK(g.plan(0, 3, 1_Gbps).verdict == grooming_verdict::no_such_site);
    CHECK(g.plan(7, 0, 1_Gbps).verdict == grooming_verdict::no_such_site);
    for (const double bad :
         {0.0, -1e9, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()})
        CHECK(g.plan(0, 1, units::bit_rate::from_si(bad)).verdict == grooming_verdict::no_rate);
    CHECK(g.plan(0, 1, 500_Gbps).verdict == grooming_verdict::beyond_modes);
    CHECK(g.plan(0, 2, 1_Gbps).verdict == grooming_verdict::no_way);
    CHECK(g.plan(1, 1, 1_Gbps).sections.empty());
    CHECK(g.connect(1, 1, 1_Gbps));
    CHECK(g.plan(0, 1, 1_Gbps));
    CHECK(std::string(to_string(grooming_verdict::beyond_modes)) == "more than any mode carries");
    CHECK(grooming(0, {}, {}, {}).plan(0, 0, 1_Gbps).verdict == grooming_verdict::no_such_site);
    CHECK(grooming(2, {}, zr(), least_power(zr())).plan(0, 1, 1_Gbps).verdict == grooming_verdict::no_way);
    CHECK(grooming(3, line, {}, {}, {.slots = 0}).plan(0, 1, 1_Gbps).verdict == grooming_verdict::beyond_modes);
}

namespace {
// What a state comes to, from the list of lightpaths alone: every slot, every path, one after the other.
struct by_hand {
    unsigned sites;
    const std::vector<fibre_pair>& fibres;
    const std::vector<transceiver_mode>& modes;
    grooming_weights weights;
    grooming_parameters parameters;
    std::vector<bool> cut;
    std::vector<std::vector<bool>> taken{}; ///< by fibre, then slot

    /// True if every lightpath is where it may be, and no two share a slot.
    bool look_at(view<lightpath> lightpaths) {
        taken.assign(fibres.size(), std::vector<bool>(parameters.slots));
        for (const lightpath& l : lightpaths) {
            if (!l.lit) continue;
            unsigned at = l.a;
            double km = 0;
            for (const unsigned f : l.fibres) {
                if (fibres[f].a != at && fibres[f].b != at) return false;
                at = fibres[f].a == at ? fibres[f].b : fibres[f].a;
                km += fibres[f].length.si() / 1e3;
                if (l.run.end() > parameters.slots) return false;
                for (unsigned i = l.run.first; i < l.run.end(); ++i) {
                    if (taken[f][i]) return false;
                    taken[f][i] = true;
                }
            }
            if (at != l.b || l.run.count != slots_of(modes[l.mode]) || km * 1e3 > modes[l.mode].reach.si())
                return false;
        }
        return true;
    }
    bool fits(const std::vector<unsigned>& path, unsigned count) const {
        for (unsigned first = 0; first + count <= parameters.slots; ++first) {
            bool all = true;
            for (const unsigned f : path)
                for (unsigned i = first; i < first + count; ++i) all = all && !cut[f] && !taken[f][i];
            if (all) return true;
        }
        return false;
    }
    double least(view<lightpath> lightpaths, const std::vector<std::vector<path>>& paths, unsigned from, unsigned to,
                 units::bit_rate rate) const {
        const double none = std::numeric_limits<double>::infinity();
        const double taking = weights.lightpath + weights.switching * rate.si() / 1e9;
        std::vector<std::vector<double>> d(sites, std::vector<double>(sites, none));
        for (unsigned a = 0; a < sites; ++a) d[a][a] = 0;
        for (unsigned a = 0; a < sites; ++a)
            for (unsigned b = a + 1; b < sites; ++b) {
                if (!parameters.ends[a] || !parameters.ends[b]) continue;
                const lightpath* fullest = nullptr;
                for (const lightpath& l : lightpaths)
                    if (l.lit && l.cuts == 0 && l.a == a && l.b == b && l.free >= rate &&
                        (!fullest || l.free < fullest->free))
                        fullest = &l;
                if (fullest) d[a][b] = taking + weights.km * fullest->length.si() / 1e3;
                for (const path& p : paths[a * sites + b]) {
                    std::vector<unsigned> on;
                    double amplifiers = 0;
                    for (const unsigned e : p.edges) on.push_back(e / 2), amplifiers += fibres[e / 2].amplifiers;
                    for (unsigned m = 0; m < modes.size(); ++m)
                        if (modes[m].rate >= rate && p.cost * 1e3 <= modes[m].reach.si() &&
                            fits(on, slots_of(modes[m])))
                            d[a][b] = std::min(d[a][b], taking + weights.new_lightpath[m] + weights.km * p.cost +
                                                            weights.amplifier * amplifiers +
                                                            weights.roadm * static_cast<double>(on.size() + 1));
                }
                d[b][a] = d[a][b];
            }
        for (unsigned k = 0; k < sites; ++k)
            for (unsigned a = 0; a < sites; ++a)
                for (unsigned b = 0; b < sites; ++b) d[a][b] = std::min(d[a][b], d[a][k] + d[k][b]);
        return d[from][to];
    }
};
} // namespace

TEST_CASE("random networks: what grooming keeps in mind against looking at everything anew") {
    unsigned asked = 0, carried = 0, conflicts = 0;
    const char* times = std::getenv("UONACO_TIMES");
    const unsigned rounds = 1000 * (times ? static_cast<unsigned>(std::max(1, std::atoi(times))) : 1u);
    for (unsigned round = 0; round < rounds; ++round) {
        std::mt19937 random(round);
        const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
        const unsigned sites = 2 + below(4);
        std::vector<fibre_pair> fibres;
        for (unsigned f = 0; f < 1 + below(7); ++f) {
            fibres.push_back(fibre(below(sites), below(sites), 10 * (1 + below(90))));
            fibres.back().amplifiers = below(4);
        }
        const std::vector<transceiver_mode> modes = zr();
        by_hand all{
            sites, fibres, modes, least_power(modes), {.slots = 5 + below(20)}, std::vector<bool>(fibres.size())};
        all.parameters.paths = 1000;
        all.parameters.fit = below(2) ? spectrum_fit::first : spectrum_fit::best;
        if (below(2)) all.weights = fewest_hops(modes);
        all.weights.roadm = below(3);
        all.weights.amplifier = below(3);
        all.weights.switching = below(2) * .1;
        for (unsigned a = 0; a < sites; ++a) all.parameters.ends.push_back(below(4) != 0);
        grooming g(sites, fibres, modes, all.weights, all.parameters);

        instances::weighted net{.nodes = sites};
        for (const fibre_pair& f : fibres) net.both(f.a, f.b, f.length.si() / 1e3);
        std::vector<std::vector<path>> paths;
        for (unsigned a = 0; a < sites; ++a)
            for (unsigned b = 0; b < sites; ++b)
                paths.push_back(a < b ? instances::all_paths(net, a, b) : std::vector<path>{});

        std::vector<groomed_demand> demands;
        REQUIRE(all.look_at(g.lightpaths()));
        for (unsigned step = 0; step < 12; ++step) {
            if (!demands.empty() && below(4) == 0) {
                const unsigned i = below(static_cast<unsigned>(demands.size()));
                g.disconnect(demands[i]);
                demands.erase(demands.begin() + i);
            } else if (below(10) == 0) {
                unsigned lit = 0;
                for (const lightpath& l : g.lightpaths()) lit += l.lit;
                const unsigned dark = g.consolidate(demands);
                for (const lightpath& l : g.lightpaths()) lit -= l.lit;
                REQUIRE(lit == dark);
            } else if (below(8) == 0) {
                const unsigned f = below(static_cast<unsigned>(fibres.size()));
                all.cut[f] = !all.cut[f];
                all.cut[f] ? g.cut(f) : g.repair(f);
            } else {
                const unsigned from = below(sites), to = below(sites);
                const units::bit_rate rate = units::bit_rate::from_si(1e9 * (1 + below(400)));
                const double least = all.least(g.lightpaths(), paths, from, to, rate);
                const grooming_plan p = g.plan(from, to, rate);
                const groomed_demand d = g.connect(from, to, rate);
                REQUIRE(p.verdict == d.verdict);
                REQUIRE(p.weight == d.weight);
                ++asked;
                if (d) {
                    // two new lightpaths may want the same slots, then the way weighs more than each by itself
                    if (d.lit < 2) REQUIRE(d.weight == Approx(least).margin(1e-9));
                    REQUIRE(d.weight > least - 1e-9);
                    conflicts += d.weight > least + 1e-9;
                    REQUIRE(g.works(d));
                    ++carried;
                    demands.push_back(d);
                } else if (d.verdict == grooming_verdict::no_way && least < std::numeric_limits<double>::infinity()) {
                    ++conflicts;
                }
            }
            REQUIRE(all.look_at(g.lightpaths()));
            for (const groomed_demand& d : demands) {
                unsigned at = d.from;
                for (const unsigned n : d.lightpaths) {
                    const lightpath& l = g.lightpaths()[n];
                    at = l.a == at ? l.b : l.b == at ? l.a : sites;
                }
                REQUIRE(at == d.to);
            }
            bool same = true;
            for (unsigned f = 0; f < fibres.size(); ++f)
                for (unsigned i = 0; i < all.parameters.slots; ++i)
                    same = same && g.free_slots().is_free(f, {i, 1}) != all.taken[f][i];
            REQUIRE(same);
            std::vector<double> used(g.lightpaths().size());
            for (const groomed_demand& d : demands)
                for (const unsigned n : d.lightpaths) used[n] += d.rate.si();
            for (unsigned n = 0; n < used.size(); ++n) {
                const lightpath& l = g.lightpaths()[n];
                if (l.lit) REQUIRE(l.free.si() == modes[l.mode].rate.si() - used[n]);
                REQUIRE(l.free.si() >= 0);
                REQUIRE(l.lit == (used[n] > 0));
            }
        }
        for (const groomed_demand& d : demands) g.disconnect(d);
        REQUIRE(g.free_slots() == spectrum(static_cast<unsigned>(fibres.size()), all.parameters.slots));
    }
    CHECK(carried > asked / 3);
    CHECK(conflicts < asked / 50);
    CHECK(asked > 8000);
}

TEST_CASE("lightpaths as a layer: delay, risks and availability from their fibres") {
    const std::vector<fibre_pair> line{fibre(1, 0, 400), fibre(1, 2, 400), fibre(0, 2, 5000)};
    grooming g(3, line, zr(), least_power(zr()));
    const groomed_demand d = g.connect(2, 0, 100_Gbps);
    REQUIRE(d);
    const std::vector<risk::risks> ducts{{0}, {1}, {2}};
    layer_stack s = g.fibre_layer(ducts);
    REQUIRE_FALSE(s.add(g.wave_layer(d.lightpaths, 10_us)));
    CHECK(s.net(1).from(0) == 0);
    CHECK(s.net(1).from(1) == 2);
    for (const unsigned link : {0u, 1u}) {
        CHECK(s.latency(1, link).si() == Approx((800 * 4.8967 + 10) * 1e-6).epsilon(1e-5));
        CHECK(std::vector<unsigned>(s.risks(1, link).begin(), s.risks(1, link).end()) == std::vector<unsigned>{0, 1});
    }
    const std::vector<units::ratio> up{.999, .998, .5};
    CHECK(s.availability(1, 0, up).si() == Approx(.999 * .998));
}

namespace {
std::vector<fibre_pair> nsfnet() {
    const instances::weighted net = instances::nsfnet();
    std::vector<fibre_pair> fibres;
    for (unsigned k = 0; k < 22; ++k)
        fibres.push_back(fibre(net.edges[2 * k].from, net.edges[2 * k].to, net.weights[2 * k]));
    return fibres;
}
} // namespace

TEST_CASE("NSFNET: light that goes through takes less power than light that ends at every site") {
    const std::vector<fibre_pair> fibres = nsfnet();
    const std::vector<transceiver_mode> modes(transceivers::all + 1, transceivers::all + 5); // ZR+
    using outcome = std::tuple<double, unsigned, unsigned long>; // watts, lightpaths lit, lightpaths taken
    // 1 to 17 times so much for each of the 91 pairs, in their order
    const auto carry = [&](const grooming_weights& weights, unsigned most_hops, units::bit_rate scale) {
        grooming g(15, fibres, modes, weights, {.most_hops = most_hops});
        double watts = 0;
        unsigned lit = 0;
        unsigned long taken = 0;
        for (unsigned i = 1; i <= 14; ++i)
            for (unsigned j = i + 1; j <= 14; ++j) {
                const groomed_demand d = g.connect(i, j, scale * static_cast<double>((7 * i + 13 * j) % 17 + 1));
                REQUIRE(d);
                taken += d.lightpaths.size();
            }
        for (const lightpath& l : g.lightpaths())
            if (l.lit) watts += 2 * modes[l.mode].power->si(), ++lit;
        return outcome(watts, lit, taken);
    };
    CHECK(carry(least_power(modes), ~0u, 15_Gbps) == outcome{3240, 81, 145});
    CHECK(carry(least_power(modes), 1, 15_Gbps) == outcome{4320, 108, 226}); // opaque
    CHECK(carry(fewest_hops(modes), ~0u, 15_Gbps) == outcome{3720, 93, 120});
    // at little traffic the order of demands counts for more
    CHECK(std::get<0>(carry(least_power(modes), ~0u, 2_Gbps)) == 960);
    CHECK(std::get<0>(carry(least_power(modes), 1, 2_Gbps)) == 880);
}

TEST_CASE("NSFNET: demands that come and go leave lightpaths half empty, moving them lets some go dark") {
    const std::vector<transceiver_mode> modes(transceivers::all + 1, transceivers::all + 5); // ZR+, 20 W each
    grooming g(15, nsfnet(), modes, least_power(modes));
    const auto watts = [](const grooming& state) {
        unsigned lit = 0;
        for (const lightpath& l : state.lightpaths()) lit += l.lit;
        return 40 * lit;
    };
    std::mt19937 random(1);
    std::vector<groomed_demand> demands(200); // of 1 to 20 Gb/s
    unsigned before = 0, after = 0;
    for (unsigned i = 1; i <= 3000; ++i) {
        groomed_demand& d = demands[random() % 200];
        g.disconnect(d);
        const auto from = static_cast<unsigned>(1 + random() % 14);
        const auto to = static_cast<unsigned>(1 + random() % 14);
        d = g.connect(from, to, 1_Gbps * static_cast<double>(1 + random() % 20));
        REQUIRE(d);
        if (i % 500 != 0 || i == 500) continue;
        grooming copy = g; // what if
        std::vector<groomed_demand> moved = demands;
        const unsigned dark = copy.consolidate(moved);
        before += watts(g);
        after += watts(copy);
        REQUIRE(watts(copy) == watts(g) - 40 * dark);
        for (unsigned k = 0; k < 200; ++k) {
            REQUIRE(copy.works(moved[k]) == g.works(demands[k]));
            REQUIRE(moved[k].rate == demands[k].rate);
        }
    }
    CHECK(before == 5680);
    CHECK(after == 4320);
}
