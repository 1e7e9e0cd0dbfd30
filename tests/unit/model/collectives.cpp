// SPDX-License-Identifier: Apache-2.0
// C0-C9 against the figures of the cost model, their bounds, and the law of a machine.
#include "catch.hpp"
#include "support.hpp"

#include <uonaco/model/collective_machine.hpp>
#include <uonaco/model/collectives.hpp>
#include <uonaco/units/literals.hpp>

using namespace uonaco;
using namespace uonaco::literals;
namespace c = uonaco::collectives;

namespace {
constexpr double us(units::duration t) { return t.si() / 1e-6; }
} // namespace

TEST_CASE("C1: 64 MiB on 8 GPUs of 400 GB/s") {
    const units::latency hop = 936.25_ns;
    CHECK(us(c::ring_all_reduce<double>(8, 64_MiB, 400_GBps, 2.0 * hop)) == Approx(319.816).margin(0.0005));
    CHECK(us(c::ring_all_reduce<double>(8, 64_MiB, 400_GBps, hop)) == Approx(306.709).margin(0.0005));
    CHECK(c::ring_all_reduce<double>(1, 64_MiB, 400_GBps, hop) == 0_s);
}

TEST_CASE("C0-C8, by hand: 80 MB at 100 GB/s, 5 us a step") {
    const units::volume s = 80_MB;
    const units::bit_rate b = 100_GBps; // the message takes 800 us
    const units::latency a = 5_us;
    CHECK(us(c::point_to_point<double>(s, b, a)) == Approx(805));
    CHECK(us(c::halving_doubling_all_reduce<double>(8, s, b, a)) == Approx(6 * 5 + 2 * 7.0 / 8 * 800));
    CHECK(us(c::tree_all_reduce<double>(8, s, 1_MB, b, a)) == Approx(6 * 5 + 2 * 810));
    CHECK(us(c::ring_all_gather<double>(8, s, b, a)) == Approx(7 * 5 + 700));
    CHECK(us(c::ring_reduce_scatter<double>(8, s, b, a)) == Approx(7 * 5 + 700));
    CHECK(us(c::bruck_all_gather<double>(6, s, b, a)) == Approx(3 * 5 + 5.0 / 6 * 800));
    CHECK(us(c::bruck_reduce_scatter<double>(8, s, b, a)) == Approx(3 * 5 + 700));
    CHECK(us(c::pairwise_all_to_all<double>(8, s, b, a)) == Approx(7 * 5 + 700));
    CHECK(us(c::tree_broadcast<double>(5, s, b, a)) == Approx(3 * 805));
    CHECK(us(c::scatter_gather_broadcast<double>(8, s, b, a)) == Approx(10 * 5 + 1400));
    CHECK(us(c::chain_broadcast<double>(8, 16.0, s, b, a)) == Approx(22 * 55));
    CHECK(us(c::in_network_all_reduce<double>(s, b, a, 0.8)) == Approx(2 * 5 + 1000));
    CHECK(c::rounds(1) == 0);
    CHECK(c::rounds(2) == 1);
    CHECK(c::rounds(9) == 4);
    // 128 tokens to 8 experts each, 7168 values of one byte and a scale for 128
    CHECK(c::routed_volume(128, 8, 7168, 1 + 4.0 / 128).si() / 8 == Approx(7569408));
}

TEST_CASE("C7: the best number of chunks") {
    const units::volume s = 80_MB;
    const double best = c::best_chunks<double>(8, s, 100_GBps, 5_us);
    CHECK(best == Approx(math::sqrt(6 * 800.0 / 5)));
    const auto at = [&](double k) { return c::chain_broadcast<double>(8, k, s, 100_GBps, 5_us); };
    // (sqrt((n-2) alpha) + sqrt(S/B))^2
    CHECK(us(at(best)) == Approx(math::pow(math::sqrt(30.0) + math::sqrt(800.0), 2.0)));
    for (const double k : {0.5, 0.9, 1.1, 2.0}) CHECK(at(best) < at(best * k));
    CHECK(c::best_chunks<double>(2, s, 100_GBps, 5_us) == 1.0);
    CHECK(c::best_chunks<double>(8, 1_kB, 100_GBps, 5_us) == 1.0);
}

TEST_CASE("C9: in the sites, and between them") {
    const auto wan = c::two_level_all_reduce<double>(3, 100_GB, 800_Gbps, 2_ms, 0_us);
    CHECK(wan.si() == Approx(4 * 0.002 + 4.0 / 3));
    const auto whole = c::hierarchical_all_reduce<double>(8, 400_GBps, 1_us, 3, 100_GB, 800_Gbps, 2_ms);
    CHECK((whole - wan).si() == Approx(c::ring_all_reduce<double>(8, 100_GB, 400_GBps, 1_us).si()));
    CHECK(c::hierarchical_all_reduce<double>(1, 400_GBps, 1_us, 3, 100_GB, 800_Gbps, 2_ms) == wan);
}

TEST_CASE("no algorithm beats the bounds") {
    const units::volume s = 3_GB;
    for (int n = 2; n <= 64; ++n) {
        const auto bound = c::all_reduce_rate_bound<double>(n, s, 400_GBps);
        const auto latency = c::latency_bound<double>(n, 5_us);
        for (const auto t : {c::ring_all_reduce<double>(n, s, 400_GBps, 5_us),
                             c::halving_doubling_all_reduce<double>(n, s, 400_GBps, 5_us),
                             c::tree_all_reduce<double>(n, s, 1_MB, 400_GBps, 5_us)}) {
            CHECK(t >= bound);
            CHECK(t >= latency);
        }
    }
}

TEST_CASE("the cut bound of sites") {
    c::site_rates<double> two{.sites = 2, .ranks = {8, 8}};
    two.rate[0][1] = 100_Gbps;
    two.rate[1][0] = 400_Gbps;
    // each direction carries the message: the slower one decides
    CHECK(c::all_reduce_cut_bound<double>(10_GB, two).si() == Approx(80.0 / 100));
    two.ranks[0] = 24; // three quarters of the blocks leave by the slow one
    CHECK(c::all_gather_cut_bound<double>(10_GB, two).si() == Approx(0.75 * 80 / 100));

    // A chain A-B-C: A and B together send their two thirds over the one link to C.
    c::site_rates<double> chain{.sites = 3, .ranks = {4, 4, 4}};
    chain.rate[0][1] = chain.rate[1][0] = 400_Gbps;
    chain.rate[1][2] = chain.rate[2][1] = 100_Gbps;
    CHECK(c::all_gather_cut_bound<double>(10_GB, chain).si() == Approx(2.0 / 3 * 80 / 100));
    // and no ring over equal sites is faster than it
    c::site_rates<double> mesh{.sites = 8};
    for (int i = 0; i < 8; ++i) {
        mesh.ranks[i] = 16;
        for (int j = 0; j < 8; ++j) mesh.rate[i][j] = 100_Gbps;
    }
    // Seven sites of eight share seven links to the last: (7/8) S over 700 Gb/s
    CHECK(c::all_gather_cut_bound<double>(10_GB, mesh).si() == Approx(7.0 / 8 * 80 / 700));
    CHECK(c::two_level_all_reduce<double>(8, 10_GB, 700_Gbps, 0_us, 0_us) >=
          c::all_reduce_cut_bound<double>(10_GB, mesh));
    CHECK(c::all_reduce_cut_bound<double>(10_GB, c::site_rates<double>{.sites = 1, .ranks = {8}}) == 0_s);
}

TEST_CASE("busbw") {
    using c::operation;
    CHECK(c::bus_factor(operation::all_reduce, 32) == Approx(1.9375));
    CHECK(c::bus_factor(operation::all_to_all, 8) == Approx(0.875));
    CHECK(c::bus_factor(operation::broadcast, 8) == 1.0);
    // 8 GiB of B200 in 17.938 ms
    CHECK(c::bus_rate<double>(operation::all_reduce, 8, 8_GiB, 17.938_ms).si() / 8e9 == Approx(838).margin(0.1));
}

TEST_CASE("the law of a machine: measured calls") {
    // microsoft/vidur, profiles of NCCL
    const auto h100 = c::machine_of("H100");
    CHECK(us(c::all_reduce_time<double>(h100, 4, 1, 64_MiB)) == Approx(318).epsilon(0.05));
    CHECK(us(c::all_reduce_time<double>(h100, 8, 1, 64_MiB)) == Approx(322).epsilon(0.05));
    CHECK(us(c::send_time<double>(h100, false, 64_MiB)) == Approx(193).epsilon(0.05));
    CHECK(us(c::send_time<double>(h100, true, 64_MiB)) == Approx(1871).epsilon(0.05));
    CHECK(us(c::all_reduce_time<double>(c::machine_of("A100"), 8, 1, 32_MiB)) == Approx(411).epsilon(0.05));
    // Its NICs are facts, what a send reaches of them is measured.
    CHECK(c::machine_of("A100").nic == 25_GBps);
    CHECK(us(c::send_time<double>(c::machine_of("A100"), true, 64_MiB)) == Approx(8586).epsilon(0.05));
    // stas00/ml-engineering: B200 over EFA, 8 GiB
    const auto b200 = c::machine_of("B200", c::transport_kind::efa);
    const auto t = c::all_reduce_time<double>(b200, 32, 4, 8_GiB, true);
    CHECK(c::bus_rate<double>(c::operation::all_reduce, 32, 8_GiB, t).si() / 8e9 == Approx(380.4).epsilon(0.03));
    // deepseek-ai/DeepEP: combine of 128 tokens on 64 ranks
    CHECK(us(c::routed_exchange_time<double>(c::machine_of("H800"), 64, c::routed_volume(128, 8, 7168, 2))) ==
          Approx(353).epsilon(0.05));
}

TEST_CASE("the law of a machine: larger messages take longer, unknown ones have facts") {
    for (const char* name : {"H100", "A100", "B200", "H800", "unnamed-4x8", "MI300X", "something new", ""})
        for (const int nodes : {1, 4})
            for (const int ranks : {4, 8, 32}) {
                const auto m = c::machine_of(name);
                double before = 0;
                for (double bytes = 1024; bytes < 4e9; bytes *= 2) {
                    const auto s = units::volume::from_si(8 * bytes);
                    const double now = us(c::all_reduce_time<double>(m, ranks, nodes, s));
                    CHECK(now >= before);
                    CHECK(us(c::all_gather_time<double>(m, ranks, nodes, s)) <= now);
                    CHECK(us(c::send_time<double>(m, nodes > 1, s)) > 0);
                    before = now;
                }
            }
    CHECK(c::find_machine("h100_80gb") == c::find_machine("H100"));
    CHECK(c::find_machine("A100-40") == c::find_machine("A100"));
    CHECK(c::find_machine("H100-NVL") != c::find_machine("H100"));
    CHECK(c::find_machine("something new") == nullptr);
    CHECK(c::machine_of("Gaudi3").scale_up.si() == Approx(8 * 600e9)); // of resource/accelerators.hpp
    CHECK(c::machine_of("something new").scale_up == 450_GBps);
}

TEST_CASE("collectives over lanes give what they give over double") {
    using l = lanes<2>;
    const auto v = [](double a, double b) {
        l x(a);
        x.set(1, b);
        return x;
    };
    const auto m = c::machine_of("B200");
    c::machine<l> wide;
    wide.scale_up = m.scale_up;
    wide.scale_out = m.scale_out;
    wide.nic = m.nic;
    wide.sums = m.sums;
    wide.traits = m.traits;
    const auto s = units::with_rep<units::volume, l>::from_si(v(8 * 1e6, 8 * 8e9));
    const auto both = c::all_reduce_time<l>(wide, 8, 1, s);
    CHECK(both.si()[0] == c::all_reduce_time<double>(m, 8, 1, 1_MB).si());
    CHECK(c::send_time<l>(wide, true, s).si()[1] == c::send_time<double>(m, true, 8_GB).si());
    CHECK(both.si()[1] == c::all_reduce_time<double>(m, 8, 1, 8_GB).si());
    CHECK(c::best_chunks<l>(8, s, m.scale_up, 1_us)[1] == c::best_chunks<double>(8, 8_GB, m.scale_up, 1_us));
    c::site_rates<l> two{.sites = 2, .ranks = {8, 8}};
    two.rate[0][1] = two.rate[1][0] = 100_Gbps;
    CHECK(c::all_reduce_cut_bound<l>(s, two).si()[1] == Approx(0.64));
}

namespace {
struct net {
    int sites;
    double rate[28]; // by pairs (0,1) (0,2) (1,2) (0,3) ...
    double operator()(int i, int j) const { return rate[j * (j - 1) / 2 + i]; }
    double& operator()(int i, int j) { return rate[j * (j - 1) / 2 + i]; }
    int pairs() const { return sites * (sites - 1) / 2; }
};
struct shares {
    double of[28];
    explicit shares(const net& g) {
        c::tree_shares(
            g.sites, [&](int i, int j) { return units::bit_rate::from_si(1e9 * g(i, j)); }, of);
    }
    double operator()(int i, int j) const { return of[j * (j - 1) / 2 + i]; }
};
net ring(std::initializer_list<double> rates) {
    net g{static_cast<int>(rates.size()), {}};
    int i = 0;
    for (const double r : rates) {
        const int j = (i + 1) % g.sites;
        (i < j ? g(i, j) : g(j, i)) = r;
        ++i;
    }
    return g;
}
// Each pair connected one time in `rarely`, from 0.01 to 1000 Gb/s; all sites along a chain where `joined`.
net random_graph(support::dice& d, int sites, unsigned rarely, bool joined) {
    net g{sites, {}};
    for (int j = 1; j < sites; ++j)
        for (int i = 0; i < j; ++i)
            if ((joined && j == i + 1) || d.one_in(rarely)) g(i, j) = d.between(0.1, 10) * d.between(0.1, 100);
    return g;
}
} // namespace

TEST_CASE("C9: what each connection carries of an exchange, by hand") {
    const shares two(net{2, {7}});
    CHECK(two(0, 1) == 1.0);
    const shares bridge(net{3, {400, 0, 100}}); // a tree: all of it over each
    CHECK((bridge(0, 1) == 1.0 && bridge(0, 2) == 0.0 && bridge(1, 2) == 1.0));
    const shares triangle(net{3, {5, 5, 5}});
    for (const double share : {triangle(0, 1), triangle(0, 2), triangle(1, 2)}) CHECK(share == Approx(2.0 / 3));
    const shares fast(net{3, {40, 10, 10}}); // in proportion it would be 4/3
    CHECK((fast(0, 1) == 1.0 && fast(0, 2) == Approx(0.5) && fast(1, 2) == Approx(0.5)));
    const shares uneven(net{3, {4, 3, 2}});
    CHECK((uneven(0, 1) == Approx(8.0 / 9) && uneven(0, 2) == Approx(6.0 / 9) && uneven(1, 2) == Approx(4.0 / 9)));
    const shares four(ring({800, 100, 100, 100}));
    CHECK(four(0, 1) == 1.0);
    for (const double share : {four(1, 2), four(2, 3), four(0, 3)}) CHECK(share == Approx(2.0 / 3));
    CHECK((four(0, 2) == 0.0 && four(1, 3) == 0.0));
    net complete{5, {}};
    for (double& r : complete.rate) r = 100;
    for (int k = 0; k < 10; ++k) CHECK(shares(complete).of[k] == Approx(0.4));
    complete(3, 4) = 2000; // all of it, the other nine three
    CHECK(shares(complete)(3, 4) == 1.0);
    CHECK(shares(complete)(0, 1) == Approx(3.0 / 9));

    net hung = ring({100, 100, 100}); // a slow line to one site more, and from there to another
    hung.sites = 5;
    hung(1, 3) = hung(3, 4) = 1;
    CHECK((shares(hung)(1, 3) == 1.0 && shares(hung)(3, 4) == 1.0));
    CHECK(shares(hung)(0, 1) == Approx(2.0 / 3));
    const shares apart(net{4, {10, 0, 0, 0, 0, 30}}); // no tree joins them: in proportion
    CHECK((apart(0, 1) == Approx(0.75) && apart(2, 3) == Approx(2.25)));
    CHECK(shares(net{3, {}})(0, 1) == 0.0);
}

TEST_CASE("C9: a ring is done with its exchange when no packing of trees would be sooner") {
    support::dice d(1);
    for (int turn = 0; turn < 2000; ++turn) {
        net g{3 + static_cast<int>(d.below(6)), {}};
        double rate[8];
        for (int i = 0; i < g.sites; ++i) {
            rate[i] = d.between(1, 30) * d.between(1, 30);
            g(i + 1 < g.sites ? i : 0, i + 1 < g.sites ? i + 1 : i) = rate[i];
        }
        double least = 1e300; // Tutte and Nash-Williams: parts of a ring, what joins them over their number less one
        for (unsigned cut = 0; cut < 1u << g.sites; ++cut) {
            double joins = 0;
            for (int i = 0; i < g.sites; ++i) joins += cut >> i & 1u ? rate[i] : 0.0;
            const int parts = __builtin_popcount(cut);
            if (parts > 1) least = std::min(least, joins / (parts - 1));
        }
        const shares s(g);
        double longest = 0;
        for (int k = 0; k < g.pairs(); ++k)
            if (g.rate[k] > 0) longest = std::max(longest, s.of[k] / g.rate[k]);
        REQUIRE(longest == Approx(1 / least).epsilon(1e-12));
    }
}

TEST_CASE("C9: shares are those of trees on any graph, and the same in a block") {
    support::dice d(2);
    constexpr int width = UONACO_LANES;
    for (int turn = 0; turn < 2000; ++turn) {
        const int sites = 2 + static_cast<int>(d.below(7));
        net g[width];
        for (net& one : g) one = random_graph(d, sites, 1 + d.below(6), !d.one_in(4));
        native_lanes together[28];
        c::tree_shares(
            sites,
            [&](int i, int j) {
                units::with_rep<units::bit_rate, native_lanes> r;
                native_lanes x;
                for (int l = 0; l < width; ++l) x.set(l, 1e9 * g[l](i, j));
                return decltype(r)::from_si(x);
            },
            together);
        for (int l = 0; l < width; ++l) {
            const shares s(g[l]);
            int connected = 0;
            double sum = 0;
            for (int k = 0; k < g[l].pairs(); ++k) {
                REQUIRE(together[k][l] == s.of[k]);
                REQUIRE((g[l].rate[k] > 0 ? s.of[k] > 0 : s.of[k] == 0));
                connected += g[l].rate[k] > 0;
                sum += s.of[k];
            }
            if (connected > 0) REQUIRE(sum == Approx(sites - 1).epsilon(1e-12));
            if (connected < sites - 1) continue;
            for (int k = 0; k < g[l].pairs(); ++k) REQUIRE(s.of[k] <= 1);
        }
    }
}
