// SPDX-License-Identifier: Apache-2.0
// From estate to features: looked up right, refused where it cannot be.
#include "catch.hpp"

#include <uonaco/evaluate/assess.hpp>
#include <uonaco/testing/cases.hpp>

using namespace uonaco;
using namespace uonaco::literals;

namespace {
// Figure 1 surveyed, its training looked up, and a candidate on pools by row.
struct scene {
    estate world = laws::figure_1_estate();
    workload asked = laws::figure_1_training();
    survey where{};
    request what{};
    features<double> f{};

    void look() {
        where = *survey::of(world);
        for (unsigned i = 0; i < world.sites.size(); ++i)
            for (unsigned j = 0; j < world.sites.size(); ++j) where.connect(i, j);
        what = *resolve(where, asked);
    }
    scene() { asked.devices.min_count = 1; }
    errc gathered(const candidate& c) { return gather(where, what, c, f); }
    unsigned option(unsigned from, unsigned to, network_action action) const {
        const auto& all = where.options(from, to);
        for (unsigned i = 0; i < all.size(); ++i)
            if (all[i].action == action) return i;
        return ~0u;
    }
};
candidate on(std::initializer_list<share> shares) {
    candidate c;
    for (const share& s : shares) c.add(s.pool, s.devices);
    return c;
}
constexpr row<pool_tag> a{0}, b{1}, c100{2};
} // namespace

TEST_CASE("features of one share") {
    scene x;
    x.world.pools[0].queue_wait = 5_min;
    x.world.pools[0].availability = 0.99;
    x.world.sites[0].availability = 0.999;
    x.world.pools[0].mtbf = 1000_h;
    x.look();
    REQUIRE(x.gathered(on({{a, 512}})) == errc::none);
    const auto& s = x.f.site[0];
    CHECK((x.f.sites == 1 && s.devices == 512.0 && s.peak == 989_TFLOPS && s.mfu == 0.45 && s.memory == 80_GB &&
           s.memory_rate == 3350_GBps));
    CHECK((*s.pue == 1.2 && *s.price == 2.5_usd_per_h && s.energy_included == 1.0 && s.queue_wait == 5_min));
    CHECK(s.availability == Approx(0.99 * 0.999));
    CHECK(s.failure_rate.si() == Approx(1 / 3.6e6));
    CHECK((s.max_power == 700_W && s.host_power == x.where.constants().host_power));
}

TEST_CASE("a price that follows how much of a pool is taken") {
    scene x;
    x.world.pools[0].total_count = 2048;
    x.world.pools[0].free_count = 1536; // a quarter is taken
    x.world.pools[0].full_price = 6.5_usd_per_h;
    x.look();
    const auto price = [&](units::count devices) {
        REQUIRE(x.gathered(on({{a, devices}})) == errc::none);
        return in_exchange_unit(*x.f.site[0].price);
    };
    CHECK(price(512) == Approx(4.5)); // half: between 2.5 and 6.5
    CHECK(price(1536) == Approx(6.5));
    x.where.set_free_devices(a, 1024); // 512 were promised to others
    CHECK(price(512) == Approx(5.5));
    x.world.pools[0].full_price = {};
    x.look();
    CHECK(price(512) == 2.5);
}

TEST_CASE("features of a pair: a circuit of 400 Gb/s over 800 km") {
    scene x;
    x.look();
    candidate c = on({{a, 1024}, {b, 1024}});
    const unsigned create = x.option(0, 1, network_action::create);
    REQUIRE(create != ~0u);
    c.pairs[0] = {network_action::create, create, 400_Gbps};
    REQUIRE(x.gathered(c) == errc::none);
    const auto& p = x.f.pair[0];
    CHECK(p.rate == 400_Gbps);
    CHECK(p.delay.si() == Approx(propagation(800_km, fibre_type::smf).si()));
    CHECK(in_exchange_unit(*p.lease) == Approx(28)); // once a circuit, whatever its hops
    CHECK((*p.set_up_fee == 500_usd && p.lead_time == 180_s && p.availability == 1.0 &&
           *p.egress == units::volume_price{}));
    CHECK(p.failure_rate.si() == 0);
    CHECK(p.power.si() == Approx(400 * 2 * (2 * 0.15 + 2 * 2 + 5 * 65 / (40 * 400.0))));
}

TEST_CASE("what cannot be is refused") {
    scene x;
    x.look();
    CHECK(x.gathered(candidate{}) == errc::no_candidate);
    CHECK(x.gathered(on({{a, 1025}})) == errc::over_capacity);
    CHECK(x.gathered(on({{a, 0}})) == errc::over_capacity);
    CHECK(x.gathered(on({{a, 512}, {b, 512}})) == errc::unreachable);

    candidate c = on({{a, 512}, {b, 512}});
    const unsigned use = x.option(0, 1, network_action::use);
    c.pairs[0] = {network_action::use, use, 101_Gbps};
    CHECK(x.gathered(c) == errc::over_capacity);
    c.pairs[0] = {network_action::create, use, 100_Gbps};
    CHECK(x.gathered(c) == errc::over_capacity);
    c.pairs[0] = {network_action::use, 99, 100_Gbps};
    CHECK(x.gathered(c) == errc::unreachable);
    c.pairs[0] = {network_action::use, use, 0_Gbps};
    CHECK(x.gathered(c) == errc::over_capacity);
    c.pairs[0] = {network_action::use, use, 100_Gbps};
    CHECK(x.gathered(c) == errc::none);
    x.asked.security.isolation = isolation::dedicated;
    for (site& s : x.world.sites) s.security.isolation = isolation::dedicated;
    x.look();
    CHECK(x.gathered(c) == errc::isolation);
}

TEST_CASE("what the workload does not allow is refused, whoever offers it") {
    const auto refused = [](const candidate& c, auto change) {
        scene x;
        change(x);
        x.look();
        return x.gathered(c);
    };
    const auto nothing = [](scene&) {};
    CHECK(refused(on({{a, 512}}), nothing) == errc::none);
    CHECK(refused(on({{a, 512}}), [](scene& x) { x.asked.locality.denied_sites = {"A"}; }) == errc::locality);
    CHECK(refused(on({{a, 512}}), [](scene& x) { x.asked.locality.allowed_sites = {"B"}; }) == errc::locality);
    CHECK(refused(on({{a, 512}}), [](scene& x) { x.asked.security.isolation = isolation::dedicated; }) ==
          errc::isolation);
    CHECK(refused(on({{c100, 51}}), [](scene& x) { x.asked.devices.models = {"H100 SXM"}; }) == errc::no_candidate);
    CHECK(refused(on({{a, 512}}), [](scene& x) { x.asked.devices.type = device_type::tpu; }) == errc::no_candidate);
    CHECK(refused(on({{a, 512}}), [](scene& x) { x.asked.devices.min_memory = 90_GB; }) == errc::no_candidate);
    CHECK(refused(on({{a, 255}}), [](scene& x) { x.asked.devices.min_count = 256; }) == errc::no_candidate);
    CHECK(refused(on({{a, 513}}), [](scene& x) { x.asked.devices.count = 512; }) == errc::no_candidate);
    CHECK(refused(on({{row<pool_tag>{7}, 1}}), nothing) == errc::not_found);
    CHECK(refused(on({{row<pool_tag>{}, 1}}), nothing) == errc::not_found);
    const auto two = [&](row<pool_tag> other, auto change) {
        scene x;
        change(x);
        x.look();
        candidate c = on({{a, 50}, {other, 50}});
        const unsigned to = x.where.facts(other).site;
        c.pairs[0] = {network_action::create, x.option(0, to, network_action::create), 400_Gbps};
        return x.gathered(c);
    };
    CHECK(two(b, nothing) == errc::none);
    CHECK(two(c100, nothing) == errc::no_candidate); // of two models
    CHECK(two(c100, [](scene& x) { x.asked.devices.one_model = false; }) == errc::none);
    CHECK(two(b, [](scene& x) { x.asked.locality.max_sites = 1; }) == errc::locality);
    CHECK(two(b, [](scene& x) { x.asked.task = inference{.requests = 1_per_s}; }) == errc::no_candidate);
    scene x;
    for (wan_link& l : x.world.links)
        if (l.create) l.create = provisioning{.rate = 400_Gbps, .step = 150_Gbps, .lead_time = 180_s};
    x.look();
    candidate c = on({{a, 512}});
    c.add(b, 512);
    c.pairs[0] = {network_action::create, x.option(0, 1, network_action::create), 200_Gbps};
    CHECK(x.gathered(c) == errc::over_capacity); // no whole step
    c.pairs[0].rate = 300_Gbps;
    CHECK(x.gathered(c) == errc::none);

    workload t{.id = "t", .locality = {.denied_sites = {"C"}}};
    t.task = transfer{.volume = 1_TB, .from = "A", .to = "C"};
    const auto denied = resolve(x.where, t);
    c.clear();
    c.destination = {2};
    CHECK(gather(x.where, *denied, c, x.f) == errc::locality);
    c.destination = {1};
    CHECK(gather(x.where, *denied, c, x.f) == errc::no_candidate); // it was to go to C
}

TEST_CASE("the place of data or users has to be as secure as what it reaches") {
    scene x;
    laws::detail::add_data(x.world);
    for (site& s : x.world.sites) s.security = {encryption::line, isolation::dedicated};
    for (wan_link& l : x.world.links) l.security = {encryption::line, isolation::dedicated};
    x.asked.security = {encryption::packet, isolation::dedicated};
    std::get<training>(x.asked.task).data = "corpus";
    x.look();
    const unsigned home = x.what.source.value;
    const row<pool_tag> away{home == 0 ? 1u : 0u};
    candidate c = on({{away, 512}});
    const unsigned to = x.where.facts(away).site;
    const unsigned way = x.option(home, to, network_action::use);
    REQUIRE(way != ~0u);
    c.access = {network_action::use, way, 100_Gbps};
    CHECK(x.gathered(c) == errc::none);
    x.world.sites[home].security.encryption = encryption::none;
    x.look();
    CHECK(x.gathered(c) == errc::isolation);
    x.asked.task = transfer{.volume = 1_TB, .from = x.world.sites[home].id, .to = x.world.sites[to].id};
    x.look();
    c.clear();
    c.destination = {to};
    c.access = {network_action::use, way, 100_Gbps};
    CHECK(x.gathered(c) == errc::isolation);
}

TEST_CASE("two shares never take the same device, and draw from one site together") {
    scene x;
    x.look();
    const unsigned ab = x.option(0, 1, network_action::use), ba = x.option(1, 0, network_action::use);
    candidate c = on({{a, 600}, {b, 100}, {a, 600}});
    c.pairs[pair_index(0, 1)] = {network_action::use, ab, 50_Gbps};
    c.pairs[pair_index(1, 2)] = {network_action::use, ba, 50_Gbps};
    CHECK(x.gathered(c) == errc::over_capacity);

    compute_pool more = x.world.pools[0];
    more.id = "a-h100-more";
    x.world.pools.push_back(more);
    x.world.sites[0].power_draw = 0_W;
    x.world.sites[0].power_limit = 900 * 1.075_kW; // 900 of 1,200 devices
    x.look();
    c = on({{a, 600}, {b, 100}, {row<pool_tag>{3}, 600}});
    c.pairs[pair_index(0, 1)] = {network_action::use, ab, 50_Gbps};
    c.pairs[pair_index(1, 2)] = {network_action::use, ba, 50_Gbps};
    CHECK(x.gathered(c) == errc::over_power);
}

TEST_CASE("all shares must be joined, not each to some other") {
    scene x;
    for (const char* id : {"D", "E"}) x.world.sites.push_back({.id = id});
    compute_pool p = x.world.pools[0];
    p.id = "d", p.site = "D";
    x.world.pools.push_back(p);
    wan_link l = x.world.links[0];
    l.id = "c-d", l.src_node = "C", l.dst_node = "D";
    x.world.links.push_back(l);
    x.asked.devices.one_model = false;
    x.look();
    candidate c = on({{a, 100}, {b, 100}, {c100, 50}, {row<pool_tag>{3}, 50}});
    c.pairs[pair_index(0, 1)] = {network_action::use, x.option(0, 1, network_action::use), 100_Gbps};
    c.pairs[pair_index(2, 3)] = {network_action::use, x.option(2, 3, network_action::use), 100_Gbps};
    CHECK(x.gathered(c) == errc::unreachable);
}

TEST_CASE("connections of one candidate never share what one has") {
    scene x;
    x.look();
    x.asked.devices.one_model = false;
    x.look();
    // A-C and A-C-B both run over A-C, where 400 Gb/s can be made
    candidate c = on({{a, 512}, {b, 512}, {c100, 51}});
    c.pairs[pair_index(0, 1)] = {network_action::create, x.option(0, 1, network_action::create), 400_Gbps};
    c.pairs[pair_index(0, 2)] = {network_action::create, x.option(0, 2, network_action::create), 400_Gbps};
    CHECK(x.gathered(c) == errc::over_capacity);
    c.pairs[pair_index(0, 1)] = {network_action::use, x.option(0, 1, network_action::use), 100_Gbps};
    CHECK(x.gathered(c) == errc::none);
}

TEST_CASE("site power: what is drawn now and promised since counts") {
    scene x;
    x.world.pools[0].total_count = 1024; // none is in use
    x.world.sites[0].power_limit = 600_kW;
    x.look();
    CHECK(x.gathered(on({{a, 558}})) == errc::none); // 558 x 1.075 kW
    CHECK(x.gathered(on({{a, 559}})) == errc::over_power);
    x.world.sites[0].power_draw = 100_kW;
    x.look();
    CHECK(x.gathered(on({{a, 465}})) == errc::none);
    CHECK(x.gathered(on({{a, 466}})) == errc::over_power);
    x.where.set_free_devices(a, 824); // 200 promised: 215 kW more
    CHECK(x.gathered(on({{a, 265}})) == errc::none);
    CHECK(x.gathered(on({{a, 266}})) == errc::over_power);
    x.world.sites[0].power_draw = {}; // nobody says what is drawn: at most what 100 devices in use draw
    x.world.pools[0].total_count = 1124;
    x.look();
    CHECK(x.gathered(on({{a, 458}})) == errc::none);
    CHECK(x.gathered(on({{a, 459}})) == errc::over_power);
    // the grid's limit is on the facility
    x.world.sites[0].power_limit = {};
    x.world.pools[0].total_count = 1024;
    x.world.power.push_back({.id = "own", .site = "A", .supply_limit = 120_kW});
    x.look();
    CHECK(x.gathered(on({{a, 93}})) == errc::none); // 93 x 1.075 x 1.2 < 120
    CHECK(x.gathered(on({{a, 94}})) == errc::over_power);
    x.world.sites[0].pue = {}; // at least 1
    x.look();
    CHECK(x.gathered(on({{a, 111}})) == errc::none);
    CHECK(x.gathered(on({{a, 112}})) == errc::over_power);
    x.world.power.back().supply_limit = units::power(); // disconnected
    x.look();
    CHECK(x.gathered(on({{a, 1}})) == errc::over_power);
}

TEST_CASE("power that nobody states is not zero") {
    scene x;
    x.world.pools[0].model = "unheard of";
    x.world.pools[0].peak.bf16 = 500_TFLOPS;
    x.world.pools[0].memory = 64_GB;
    x.look();
    REQUIRE(x.gathered(on({{a, 10}})) == errc::none);
    CHECK(x.f.site[0].max_power == 1400_W); // whatever else there is
    CHECK_FALSE(x.f.site[0].power_known);
    CHECK(x.f.site[0].idle_power.si() == Approx(0.13 * 1400));
    REQUIRE(x.gathered(on({{b, 10}})) == errc::none);
    CHECK((x.f.site[0].power_known && x.f.site[0].idle_power == 65_W));
    x.world.pools.resize(1);
    x.look();
    REQUIRE(x.gathered(on({{a, 10}})) == errc::none);
    CHECK(x.f.site[0].max_power == x.where.constants().device_power);
    x.world.pools[0].max_power = 400_W;
    x.look();
    CHECK((x.where.facts(a).power_known && !x.where.facts(a).idle_known));
    CHECK(x.where.facts(a).idle_power.si() == Approx(0.13 * 400));
}

TEST_CASE("what is stated is known, down to a part of a path") {
    scene x;
    candidate c = on({{a, 1024}, {b, 1024}});
    const auto gathered = [&] {
        x.look();
        const unsigned create = x.option(0, 1, network_action::create);
        c.pairs[0] = {network_action::create, create, 400_Gbps};
        REQUIRE(x.gathered(c) == errc::none);
        return x.f;
    };
    auto f = gathered();
    CHECK((f.site[0].queue_wait_known && f.site[0].availability_known && f.site[0].power_known));
    CHECK((f.pair[0].jitter_known && f.pair[0].loss_known && f.pair[0].availability_known));
    x.world.links[2].jitter = {};
    x.world.links[1].jitter = 5_us;
    x.world.links[2].loss = {};
    x.world.links[2].availability = {};
    x.world.pools[1].queue_wait = {};
    x.world.sites[1].availability = {};
    x.world.pools[0].availability = {}; // its site's covers it
    f = gathered();
    CHECK((f.site[0].queue_wait_known && !f.site[1].queue_wait_known));
    CHECK((f.site[0].availability_known && !f.site[1].availability_known));
    CHECK_FALSE((f.pair[0].jitter_known || f.pair[0].loss_known || f.pair[0].availability_known));
    CHECK(f.pair[0].jitter == 5_us); // what is known counts
}

TEST_CASE("encryption that is asked takes rate and time hop by hop; what is reserved stays as it is") {
    scene x;
    for (site& s : x.world.sites) s.security.encryption = encryption::line;
    for (wan_link& l : x.world.links) l.security.encryption = encryption::packet;
    candidate c = on({{a, 512}, {b, 512}});
    const auto gathered = [&](encryption asked) {
        x.asked.security.encryption = asked;
        x.look();
        c.pairs[0] = {network_action::create, x.option(0, 1, network_action::create), 400_Gbps};
        REQUIRE(x.gathered(c) == errc::none);
        return x.f.pair[0];
    };
    const auto open = gathered(encryption::none);
    CHECK((open.rate == 400_Gbps && open.headers == 0_Gbps));

    const auto macsec = gathered(encryption::packet); // A-C-B: two hops
    CHECK(in_exchange_unit(macsec.rate) == Approx(400.0 * 4096 / 4128));
    CHECK(in_exchange_unit(macsec.headers) == Approx(400.0 * 32 / 4128));
    CHECK(in_exchange_unit(macsec.delay - open.delay) == Approx(4));
    CHECK((*macsec.lease == *open.lease && macsec.power == open.power));

    x.world.links[2].packet_encryption = packet_encryption::ipsec;
    const auto mixed = gathered(encryption::packet); // 54 bytes, and 2 to make whole words of 4,096
    CHECK(in_exchange_unit(mixed.rate) == Approx(400.0 * 4096 / (4096 + 56)));
    CHECK(in_exchange_unit(mixed.delay - open.delay) == Approx(2 + 5));

    for (wan_link& l : x.world.links) l.security.encryption = encryption::line;
    const auto line = gathered(encryption::packet); // more than asked: what there is encrypts
    CHECK((line.rate == 400_Gbps && line.headers == 0_Gbps));
    CHECK(in_exchange_unit(line.delay - open.delay) == Approx(20));
}

TEST_CASE("energy of transport: stated, even as nothing; a bound for each link that states none") {
    scene x;
    candidate c = on({{a, 1024}, {b, 1024}});
    const auto watts = [&](maybe<units::transport_energy> first, maybe<units::transport_energy> second) {
        x.world.links[1].transport_energy = first;
        x.world.links[2].transport_energy = second;
        x.look();
        c.pairs[0] = {network_action::create, x.option(0, 1, network_action::create), 400_Gbps};
        REQUIRE(x.gathered(c) == errc::none);
        return x.f.pair[0].power.si();
    };
    constexpr double unstated = 2 * 0.15 + 2 * 2 + 5 * 65 / (40 * 400.0); // 400 km, W per Gb/s
    CHECK(watts({}, {}) == Approx(400 * 2 * unstated));
    CHECK(watts(0_W_per_Gbps, 0_W_per_Gbps) == 0);
    CHECK(watts(1_W_per_Gbps, 2_W_per_Gbps) == Approx(1200));
    CHECK(watts(1_W_per_Gbps, {}) == Approx(400 * (1 + unstated)));
    CHECK(watts(10_W_per_Gbps, {}) == Approx(400 * (10 + unstated))); // whatever others state
    x.world.links[2].distance = {};
    x.world.links[2].latency = 2_ms; // 2,500 km at most, 32 spans
    CHECK(watts(1_W_per_Gbps, {}) == Approx(400 * (1 + 2 * 0.15 + 2 * 2 + 32 * 65 / (40 * 400.0))));
}

TEST_CASE("energy of transport by what ends the waves: where it is stated, over fibre of a length that is known") {
    scene x;
    candidate c = on({{a, 1024}, {b, 1024}});
    const auto watts = [&] {
        x.look();
        c.pairs[0] = {network_action::create, x.option(0, 1, network_action::create), 400_Gbps};
        REQUIRE(x.gathered(c) == errc::none);
        return x.f.pair[0].power.si();
    };
    constexpr double amplifiers = 5 * 65 / (40 * 400.0); // 400 km, W per Gb/s
    x.world.links[1].termination = termination::transponder_400;
    x.world.links[2].termination = termination::zr_400;
    CHECK(watts() == Approx(400 * (2 * 0.15 + 2 + amplifiers + 2 * 0.0475 + 2 + amplifiers)));
    x.world.links[2].transport_energy = 1_W_per_Gbps; // in place of the estimate, not beside it
    CHECK(watts() == Approx(400 * (2 * 0.15 + 2 + amplifiers + 1)));
    x.world.links[1].distance = {};
    x.world.links[1].latency = 2_ms;
    CHECK(watts() == Approx(400 * (2 * 0.15 + 2 + 32 * 65 / (40 * 400.0) + 1))); // as far as it reaches
    x.world.links[1].termination = termination::zr_400;
    CHECK(watts() == Approx(400 * (2 * 0.0475 + 2 + 2 * 65 / (40 * 400.0) + 1)));
}

TEST_CASE("a circuit's energy of transport is its own, in place of its links'") {
    scene x;
    x.world.links[1].capacity = x.world.links[2].capacity = 400_Gbps;
    x.world.links[1].termination = x.world.links[2].termination = termination::zr_400;
    x.world.circuits = {{.id = "lit", .src_site = "A", .dst_site = "B", .links = {"a-c", "c-b"}, .rate = 400_Gbps}};
    const auto watts = [&] {
        x.look();
        const auto& options = x.where.options(0, 1);
        candidate c = on({{a, 1024}, {b, 1024}});
        for (unsigned i = 0; i < options.size(); ++i)
            if (options[i].circuit == 0 && options[i].action == network_action::use)
                c.pairs[0] = {network_action::use, i, 200_Gbps};
        REQUIRE(x.gathered(c) == errc::none);
        return x.f.pair[0].power.si();
    };
    CHECK(watts() == Approx(200 * 2 * (2 * 0.0475 + 2 + 5 * 65 / (40 * 400.0))));
    x.world.circuits[0].termination = termination::zr_plus_400; // two ends and one router less than its links
    CHECK(watts() == Approx(200 * (2 * 0.05 + 2 + 10 * 65 / (40 * 400.0))));
    x.world.links[2].distance = {};
    x.world.links[2].latency = 2_ms;
    CHECK(watts() == Approx(200 * (2 * 0.05 + 2 + 8 * 65 / (40 * 400.0)))); // 600 km, as far as it reaches
    x.world.circuits[0].transport_energy = 0_W_per_Gbps;
    CHECK(watts() == 0);
}

TEST_CASE("a price for volume that is not stated is not free where others bill volume") {
    scene x;
    const auto egress = [&] {
        x.look();
        candidate c = on({{a, 512}, {b, 512}});
        c.pairs[0] = {network_action::use, x.option(0, 1, network_action::use), 100_Gbps};
        REQUIRE(x.gathered(c) == errc::none);
        return x.f.pair[0].egress;
    };
    CHECK(egress().value() == units::volume_price{}); // nobody does
    x.world.links[1].egress_price = 0.02_usd_per_GB;
    CHECK_FALSE(egress());
    CHECK(*x.what.value.egress_stand_in == assumptions{}.egress);
    x.world.links[1].egress_price = 0_usd_per_GB; // for nothing: nobody bills it
    CHECK(egress().value() == units::volume_price{});
    x.world.links[1].egress_price = 0.02_usd_per_GB;
    x.world.links[0].egress_price = 0_usd_per_GB;
    CHECK(egress().value() == units::volume_price{});
}

TEST_CASE("a tariff says what is billed: time, volume or both") {
    scene x;
    const auto gathered = [&](maybe<billing> by) {
        x.world.tariffs[0].billing = by;
        x.look();
        candidate c = on({{a, 512}, {b, 512}});
        c.pairs[0] = {network_action::create, x.option(0, 1, network_action::create), 400_Gbps};
        REQUIRE(x.gathered(c) == errc::none);
        return x.f.pair[0];
    };
    tariff& t = x.world.tariffs[0];
    t.volume_price = 0.01_usd_per_GB;
    t.minimum_duration = 24_h;
    t.billing_increment = 1_h;
    const auto time = gathered(billing::duration);
    CHECK((in_exchange_unit(*time.lease) == Approx(28) && time.egress.value() == units::volume_price{}));
    CHECK((time.least_lease == 24_h && time.lease_step == 1_h));
    const auto volume = gathered(billing::volume); // once, although there are two links
    CHECK((volume.lease.value() == units::price_rate{} && *volume.egress == 0.01_usd_per_GB));
    CHECK((volume.least_lease == 0_h && volume.lease_step == 0_h));
    const auto both = gathered(billing::both);
    CHECK((in_exchange_unit(*both.lease) == Approx(28) && *both.egress == 0.01_usd_per_GB));
    x.world.links[1].egress_price = 0.02_usd_per_GB; // and what the link bills besides
    CHECK(in_exchange_unit(*gathered(billing::both).egress) == Approx(0.03));
    x.world.links[1].egress_price = {};
    t.volume_price = {};
    CHECK_FALSE(gathered(billing::volume).egress);               // billed at a price nobody knows
    CHECK(gathered({}).egress.value() == units::volume_price{}); // nobody bills volume
    x.world.tariffs.push_back({.id = "other", .billing = billing::volume, .volume_price = 0.05_usd_per_GB});
    CHECK_FALSE(gathered({}).egress); // somebody does
}

TEST_CASE("a site's power state is its own, figure by figure, else its zone's") {
    scene x;
    const auto start = units::instant::from_unix(0);
    x.world.power = {{.id = "own", .site = "A", .energy_price = 0.2_usd_per_kWh},
                     {.id = "grid",
                      .grid_zone = "grid",
                      .supply_limit = 5_MW,
                      .carbon_intensity = 400_g_per_kWh,
                      .energy_price = 0.1_usd_per_kWh}};
    x.look();
    CHECK(*x.where.supply_at(0).price_over(start, start + 1_h) == 0.2_usd_per_kWh);
    CHECK(*x.where.supply_at(0).carbon_over(start, start + 1_h) == 400_g_per_kWh);
    CHECK(*x.where.supply_at(0).limit == 5_MW);
    CHECK(*x.where.supply_at(1).price_over(start, start + 1_h) == 0.1_usd_per_kWh);
    // its own flat figure comes before the hours of the zone
    x.world.power[1].forecast = {{.start = start, .duration = 24_h, .energy_price = 0.7_usd_per_kWh}};
    x.look();
    CHECK(*x.where.supply_at(0).price_over(start, start + 1_h) == 0.2_usd_per_kWh);
    CHECK(in_exchange_unit(*x.where.supply_at(1).price_over(start, start + 1_h)) == Approx(0.7));
}

TEST_CASE("an hour that lacks a figure leaves the others known") {
    scene x;
    const auto start = units::instant::from_unix(0);
    power_state g{.id = "grid", .grid_zone = "grid"};
    for (int h = 0; h < 4; ++h)
        g.forecast.push_back(
            {.start = start + h * 1_h, .duration = 1_h, .carbon_intensity = (100.0 + 100 * h) * 1_g_per_kWh});
    g.forecast[1].carbon_intensity = {};
    x.world.power = {g};
    x.look();
    const auto carbon = [&](int from, int to) {
        return x.where.supply_at(0).carbon_over(start + from * 1_h, start + to * 1_h);
    };
    CHECK(x.where.supply_at(0).carbon_gaps == 1);
    CHECK(in_exchange_unit(*carbon(0, 1)) == Approx(100));
    CHECK(in_exchange_unit(*carbon(2, 4)) == Approx(350));
    CHECK_FALSE((carbon(0, 2) || carbon(1, 2) || carbon(0, 4)));
    // a flat figure stands in the gap and outside
    x.world.power[0].carbon_intensity = 40_g_per_kWh;
    x.look();
    CHECK(in_exchange_unit(*carbon(0, 2)) == Approx(70));
    CHECK(in_exchange_unit(*carbon(3, 5)) == Approx(220));
    // a step left out altogether is a gap, too
    x.world.power[0].carbon_intensity = {};
    x.world.power[0].forecast.erase(x.world.power[0].forecast.begin() + 1);
    x.look();
    CHECK((x.where.supply_at(0).carbon_gaps == 1 && !carbon(0, 2) && carbon(2, 4)));
}

TEST_CASE("a device without a known peak or memory is refused, not taken for slow or roomy") {
    scene x;
    x.world.pools[0].model = "unheard of";
    x.look();
    CHECK(x.gathered(on({{a, 10}})) == errc::unknown_value);
    CHECK(x.what.pools == std::vector<row<pool_tag>>{b, c100}); // and is no pool of the workload's
}

TEST_CASE("data comes over the access connection, as far as it is elsewhere") {
    scene x;
    x.world.storage = {
        {.id = "s", .site = "A", .capacity = 50_TB, .read_rate = 2_GBps, .egress_price = 0.02_usd_per_GB}};
    x.world.datasets = {{.id = "d", .site = "A", .storage = "s", .volume = 10_TB}};
    std::get<training>(x.asked.task).data = "d";
    x.look();
    REQUIRE(x.gathered(on({{a, 512}})) == errc::none);
    CHECK(x.f.staging.si() == 0);
    CHECK(x.gathered(on({{b, 512}})) == errc::unreachable); // nothing brings the data
    candidate c = on({{a, 300}, {b, 100}});
    const connection way{network_action::use, x.option(0, 1, network_action::use), 40_Gbps};
    c.pairs[0] = way;
    c.access = way;
    REQUIRE(x.gathered(c) == errc::none);
    CHECK(x.f.staging.si() == Approx(2.5 * 8e12));
    CHECK(x.f.read_rate == 2_GBps);
    CHECK(in_exchange_unit(*x.f.access.egress) == Approx(0.02));
    CHECK(x.f.own_access == 1.0);
    c.access.rate = 61_Gbps; // together more than the link has
    CHECK(x.gathered(c) == errc::over_capacity);
}

TEST_CASE("data that is copied first comes over the connection of the pair, paid once") {
    scene x;
    laws::detail::add_data(x.world);
    x.world.storage[0].read_rate = {};
    std::get<training>(x.asked.task).data = "corpus";
    x.look();
    REQUIRE(x.what.source.value == 0);
    candidate c = on({{a, 300}, {b, 100}});
    c.pairs[0] = {network_action::create, x.option(0, 1, network_action::create), 400_Gbps};
    REQUIRE(x.gathered(c) == errc::none);
    CHECK((x.f.access.rate == 400_Gbps && x.f.access.delay == x.f.pair[0].delay && x.f.access.lead_time == 180_s));
    CHECK((x.f.access.lease->si() == 0 && x.f.access.set_up_fee->si() == 0 && x.f.own_access == 0.0));
    assessment both, apart;
    assess(x.where, x.what, c, both);
    CHECK(both.outcome.money.set_up == 500_usd);
    CHECK(both.outcome.time.staging.si() == Approx(0.25 * x.what.data.si() / 400e9).epsilon(0.01));
    const auto reserved = 400_Gbps * (both.outcome.time.staging + both.performance.run());
    CHECK(static_cast<double>(*both.outcome.network_efficiency) ==
          Approx((both.performance.carried + both.performance.fetched) / reserved));
    // the other way round: from the second share to the first
    c = on({{b, 100}, {a, 300}});
    c.pairs[0] = {network_action::create, x.option(1, 0, network_action::create), 400_Gbps};
    assess(x.where, x.what, c, apart);
    CHECK(apart.outcome.time.staging == both.outcome.time.staging);
    // streamed data comes while the exchange goes on
    std::get<training>(x.asked.task).stream_data = true;
    x.look();
    CHECK(x.gathered(c) == errc::unreachable);
    // nor does a pair elsewhere bring anything
    std::get<training>(x.asked.task).stream_data = false;
    x.world.datasets[0].site = "C";
    x.look();
    CHECK(x.gathered(c) == errc::unreachable);
}

TEST_CASE("more links than fit on the page: counted all the same") {
    scene x;
    x.world.links.clear();
    for (int i = 0; i < 70; ++i) {
        x.world.nodes.push_back({.id = node_id("n" + std::to_string(i))});
        const node_id from = i == 0 ? node_id("A") : node_id("n" + std::to_string(i - 1));
        x.world.links.push_back({.id = link_id("l" + std::to_string(i)),
                                 .src_node = from,
                                 .dst_node = i == 69 ? node_id("B") : node_id("n" + std::to_string(i)),
                                 .bidirectional = true,
                                 .capacity = 400_Gbps,
                                 .distance = 10_km});
    }
    laws::detail::add_data(x.world);
    std::get<training>(x.asked.task).data = "corpus";
    x.look();
    candidate c = on({{a, 300}, {b, 100}});
    const unsigned way = x.option(0, 1, network_action::use);
    c.pairs[0] = {network_action::use, way, 200_Gbps};
    c.access = {network_action::use, way, 200_Gbps};
    CHECK(x.gathered(c) == errc::none);
    c.access.rate = 201_Gbps;
    CHECK(x.gathered(c) == errc::over_capacity);
}

TEST_CASE("the start is the latest of now, the workload's earliest and the candidate's") {
    scene x;
    x.asked.limits.earliest_start = units::instant::from_unix(3600);
    x.look();
    candidate c = on({{a, 512}});
    REQUIRE(x.gathered(c) == errc::none);
    CHECK(x.f.start_delay == 1_h);
    c.start = units::instant::from_unix(7200);
    REQUIRE(x.gathered(c) == errc::none);
    CHECK(x.f.start_delay == 2_h);
    x.what.now = units::instant::from_unix(9000);
    REQUIRE(x.gathered(c) == errc::none);
    CHECK(x.f.start_delay == 0_s);
}

namespace {
// A, B and C in a ring of direct links that run already, 0.99 available each; pools of 1,024, 1,024 and 51.
struct ring : scene {
    candidate all = on({{a, 512}, {b, 512}, {c100, 51}});
    ring() {
        asked.devices.one_model = false;
        for (wan_link& l : world.links) {
            l.capacity = 400_Gbps;
            l.create = {};
            l.availability = 0.99;
        }
        for (site& s : world.sites) s.availability = 0.999;
        for (int j = 1; j < 3; ++j)
            for (int i = 0; i < j; ++i) all.pairs[pair_index(i, j)] = {network_action::use, 0, 100_Gbps};
    }
    void describe(units::count srlg, double up) {
        world.risks.push_back({.id = risk_id("group-" + std::to_string(srlg)), .srlg = srlg, .availability = up});
    }
    outcome<double> found() {
        look();
        assessment x;
        assess(where, what, all, x);
        REQUIRE(x.structural == errc::none);
        f = x.figures;
        return x.outcome;
    }
};
constexpr int ab = pair_index(0, 1), ac = pair_index(0, 2), bc = pair_index(1, 2);
} // namespace

TEST_CASE("R2: a group that says nothing of itself changes nothing") {
    ring x;
    const auto plain = x.found();
    CHECK(plain.reliability.network->si() == Approx(0.99 * 0.99 * 0.99));
    for (wan_link& l : x.world.links) l.srlgs = {7};
    CHECK(x.found() == plain);
    x.world.risks = {{.id = "group-7", .srlg = 7}};
    CHECK(x.found() == plain);
    x.describe(8, 0.995); // of nothing here
    CHECK(x.found() == plain);
}

TEST_CASE("R2: a group that connections share counts once, as all_up has it") {
    using shared_risk::way;
    ring x;
    x.world.links[0].srlgs = {7};    // A-B
    x.world.links[1].srlgs = {7, 9}; // A-C
    x.world.links[2].srlgs = {9};    // C-B
    x.describe(7, 0.995);
    const units::ratio groups[] = {0.995, 0.998};
    const way<double> first[] = {{.own = 0.99 / 0.995, .groups = 1}, {.own = 0.99 / 0.995, .groups = 1}, {.own = 0.99}};
    CHECK(x.found().reliability.network->si() == Approx(shared_risk::all_up<double>(first, 3, groups, 2).si()));
    const auto once = x.f;
    CHECK(once.pair[ab].availability == 0.99); // the first has it
    CHECK(once.pair[ac].availability.si() == Approx(0.99 / 0.995));
    CHECK(once.pair[bc].availability == 0.99);
    // and stops the job once
    const auto stops = [&](double up) {
        return reliability::failure_rate<double>(up, x.where.constants().repair_time);
    };
    CHECK(once.pair[ab].failure_rate == stops(0.99));
    CHECK(once.pair[ac].failure_rate.si() == Approx(stops(0.99 / 0.995).si()));
    x.describe(9, 0.998);
    const way<double> both[] = {{.own = 0.99 / 0.995, .groups = 0b01},
                                {.own = 0.99 / 0.995 / 0.998, .groups = 0b11},
                                {.own = 0.99 / 0.998, .groups = 0b10}};
    CHECK(x.found().reliability.network->si() == Approx(shared_risk::all_up<double>(both, 3, groups, 2).si()));
    // a link that says nothing of itself has no group inside, so that the next one has it
    x.world.links[0].availability = {};
    x.found();
    CHECK((x.f.pair[ab].availability == 1.0 && !x.f.pair[ab].availability_known));
    CHECK(x.f.pair[ac].availability == 0.99);
}

TEST_CASE("R2: a group within one way, and in spans that links run on") {
    ring x;
    x.world.links[0].oper_status = oper_status::down; // A-C-B
    candidate two = on({{a, 512}, {b, 512}});
    two.pairs[0] = {network_action::use, 0, 100_Gbps};
    x.look();
    const auto up = [&] {
        x.look();
        REQUIRE(x.gathered(two) == errc::none);
        return x.f.pair[0].availability.si();
    };
    CHECK(up() == Approx(0.99 * 0.99));
    x.describe(7, 0.995);
    x.world.links[1].srlgs = x.world.links[2].srlgs = {7};
    CHECK(up() == Approx(0.99 * 0.99 / 0.995));
    CHECK(x.where.options(0, 1)[0].availability.si() == up());
    // by their spans: three of 0.997, two of which are in one duct
    x.world.links[1].srlgs = x.world.links[2].srlgs = {};
    for (const char* id : {"s1", "s2", "s3"})
        x.world.spans.push_back(
            {.id = id, .src_node = "A", .dst_node = "C", .distance = 100_km, .availability = 0.997});
    x.world.links[1].spans = {"s1", "s2", "s3"};
    CHECK(up() == Approx(0.99 * 0.99)); // stated
    x.world.links[1].availability = {};
    CHECK(up() == Approx(0.997 * 0.997 * 0.997 * 0.99));
    x.world.spans[0].srlgs = x.world.spans[2].srlgs = {7};
    CHECK(up() == Approx(0.997 * 0.997 * 0.997 / 0.995 * 0.99));
    x.world.links[2].srlgs = {7};
    CHECK(up() == Approx(0.997 * 0.997 * 0.997 / 0.995 * 0.99 / 0.995));
}

TEST_CASE("R2: sites on one feeder, and a link that fails with them") {
    ring x;
    x.world.pools[0].availability = x.world.pools[1].availability = 0.98;
    x.world.sites[0].srlgs = x.world.sites[1].srlgs = {5};
    const auto apart = x.found();
    CHECK(apart.reliability.sites->si() == Approx(0.98 * 0.98 * 0.999 * 0.999 * 0.999));
    x.describe(5, 0.9995);
    const auto together = x.found();
    CHECK(together.reliability.sites->si() == Approx(0.98 * 0.98 * 0.999 * 0.999 * 0.999 / 0.9995));
    CHECK(together.time.outages < apart.time.outages);
    x.world.links[2].srlgs = {5}; // counted with the connection, and not again at either site
    const auto with_link = x.found();
    CHECK(with_link.reliability.network->si() == Approx(0.99 * 0.99 * 0.99));
    CHECK(with_link.reliability.sites->si() == Approx(0.98 * 0.98 * 0.999 * 0.999 / 0.9995 * 0.999 / 0.9995));
    // stated to be up more often than its feeder: at most as often as that is
    x.world.sites[1].availability = 0.99999;
    x.world.links[2].srlgs = {};
    CHECK(x.found().reliability.sites->si() == Approx(0.98 * 0.98 * 0.999 * 0.999));
}
