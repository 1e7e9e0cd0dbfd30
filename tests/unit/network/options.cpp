// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"

#include <uonaco/network/options.hpp>
#include <uonaco/units/literals.hpp>

#include <random>

using namespace uonaco::literals;
using namespace uonaco;

namespace {
using site_row = row<site_tag>;

// A and B with 100G between them; C with 400G to be had to both, at one tariff.
estate figure_1() {
    const provisioning offer{.rate = 400_Gbps, .lead_time = 180_s};
    estate e;
    e.sites = {{.id = "A"}, {.id = "B"}, {.id = "C"}};
    e.tariffs = {{.id = "operator", .lease = 0.07_usd_per_Gbps_h, .set_up_fee = 500_usd}};
    e.links = {{.id = "A-B",
                .src_node = "A",
                .dst_node = "B",
                .bidirectional = true,
                .capacity = 100_Gbps,
                .distance = 600_km,
                .availability = 1.0,
                .tariff = "operator"},
               {.id = "A-C",
                .src_node = "A",
                .dst_node = "C",
                .bidirectional = true,
                .create = offer,
                .distance = 400_km,
                .availability = 1.0,
                .tariff = "operator"},
               {.id = "C-B",
                .src_node = "C",
                .dst_node = "B",
                .bidirectional = true,
                .create = offer,
                .distance = 400_km,
                .availability = 1.0,
                .tariff = "operator"}};
    return e;
}

// Two sites, and one link between them to be filled in.
estate pair_of_sites(wan_link l) {
    estate e;
    e.sites = {{.id = "A"}, {.id = "B"}};
    l.id = "l";
    l.src_node = "A";
    l.dst_node = "B";
    if (!l.latency) l.latency = 1_ms;
    e.links = {l};
    return e;
}

std::vector<path_option> all(const estate& e, unsigned from = 0, unsigned to = 1, const option_parameters& p = {}) {
    const auto t = make_topology(e);
    REQUIRE(t);
    return options(*t, e, {from}, {to}, rates_of(e), p);
}
std::vector<path_option> of(network_action a, const std::vector<path_option>& options) {
    std::vector<path_option> some;
    for (const path_option& o : options)
        if (o.action == a) some.push_back(o);
    return some;
}
// maybe<T> is changed as a whole: edit(offer)->rate = 1_Gbps.
class edit {
  public:
    explicit edit(maybe<provisioning>& offer) : offer_(offer), changed_(*offer) {}
    ~edit() { offer_ = changed_; }
    provisioning* operator->() { return &changed_; }

  private:
    maybe<provisioning>& offer_;
    provisioning changed_;
};
double gbps(units::bit_rate r) { return in_exchange_unit(r); }
} // namespace

TEST_CASE("figure 1: the 100G there is, or 400G through C") {
    const auto o = all(figure_1());
    REQUIRE(o.size() == 2);

    CHECK(o[0].action == network_action::use);
    CHECK((o[0].links == std::vector<unsigned>{0}));
    CHECK(o[0].rate == 100_Gbps);
    CHECK(in_exchange_unit(o[0].latency) == Approx(600 * 4.89672).epsilon(1e-6));
    CHECK(o[0].lead_time == 0_s);
    CHECK(o[0].set_up_fee.value() == 0_usd);
    CHECK(o[0].lease.value() == 0.07_usd_per_Gbps_h);

    CHECK(o[1].action == network_action::create);
    CHECK((o[1].links == std::vector<unsigned>{1, 2}));
    CHECK(o[1].rate == 400_Gbps);
    CHECK(in_exchange_unit(o[1].latency) == Approx(800 * 4.89672).epsilon(1e-6));
    CHECK(o[1].lead_time == 180_s);
    CHECK(o[1].set_up_fee.value() == 500_usd);
    CHECK(o[1].lease.value() == 0.07_usd_per_Gbps_h);
    for (const path_option& each : o) {
        CHECK(each.both_ways);
        CHECK(each.availability == 1.0);
        CHECK(each.availability_known);
        CHECK(each.circuit == path_option::no_circuit);
        CHECK_FALSE(each.step.known());
        CHECK(each.egress.value() == 0_usd_per_GB);
    }
    CHECK(all(figure_1(), 0, 0).empty());
    CHECK((all(figure_1(), 1, 0)[1].links == std::vector<unsigned>{2, 1}));
    CHECK(all(figure_1(), 0, 2).size() == 1);
}

TEST_CASE("what is down, full or without a delay is no option") {
    estate e = figure_1();
    e.links[0].oper_status = oper_status::down;
    CHECK(all(e).size() == 1);
    e = figure_1();
    e.links[0].unreserved = 0_Gbps;
    CHECK(all(e).size() == 1);
    e = figure_1();
    e.links[1].distance = {};
    REQUIRE(all(e).size() == 1);
    CHECK(all(e)[0].action == network_action::use);
    e.links[0].capacity = 0_Gbps;
    CHECK(all(e).empty());
    e = figure_1();
    e.links.clear();
    CHECK(all(e).empty());
}

TEST_CASE("a lead time that nobody states leaves the offer out, and the topology says so") {
    estate e = figure_1();
    edit(e.links[1].create)->lead_time = {};
    CHECK(all(e).size() == 1);
    CHECK((make_topology(e)->left_out ==
           std::vector<omission>{{omission_reason::no_lead_time, network_action::create, 1}}));
    CHECK(describe(make_topology(e)->left_out[0], e) == "link A-C is left out of create: lead time unknown");
}

TEST_CASE("an unknown price makes the sum unknown, never cheaper") {
    estate e = figure_1();
    e.links[1].tariff = {};
    CHECK_FALSE(all(e)[1].lease.known());
    CHECK_FALSE(all(e)[1].set_up_fee.known());
    e.links[1].price = 0.01_usd_per_Gbps_h;
    edit(e.links[1].create)->set_up_fee = 20_usd;
    CHECK(in_exchange_unit(all(e)[1].lease.value()) == Approx(0.08));
    CHECK(all(e)[1].set_up_fee.value() == 520_usd);
    e = figure_1();
    e.tariffs[0].lease = {};
    CHECK_FALSE(all(e)[0].lease.known());
    CHECK(all(e)[0].set_up_fee.value() == 0_usd);
    CHECK(all(e)[1].set_up_fee.value() == 500_usd);
    e = figure_1();
    e.links[2].availability = {};
    CHECK_FALSE(all(e)[1].availability_known);
    CHECK(all(e)[0].availability_known);
    CHECK_FALSE((all(e)[0].jitter_known || all(e)[0].loss_known || all(e)[0].transport_energy_known));
    for (const unsigned l : {0u, 1u}) {
        e.links[l].jitter = 1_us;
        e.links[l].loss = 0.1;
        e.links[l].transport_energy = 0_W_per_Gbps;
    }
    CHECK((all(e)[0].jitter_known && all(e)[0].loss_known && all(e)[0].transport_energy_known));
    CHECK_FALSE((all(e)[1].jitter_known || all(e)[1].loss_known || all(e)[1].transport_energy_known));
    CHECK((all(e)[1].jitter == 1_us && all(e)[1].loss.si() == Approx(0.1))); // of those that say
}

TEST_CASE("each tariff counts once on a path, own prices hop by hop") {
    estate e = figure_1();
    e.tariffs.push_back({.id = "other", .lease = 0.02_usd_per_Gbps_h, .set_up_fee = 30_usd});
    e.links[2].tariff = "other";
    CHECK(in_exchange_unit(all(e)[1].lease.value()) == Approx(0.09));
    CHECK(all(e)[1].set_up_fee.value() == 530_usd);
    for (wan_link& l : e.links) l.tariff = {}, l.price = 0.03_usd_per_Gbps_h;
    for (const unsigned l : {1u, 2u}) edit(e.links[l].create)->set_up_fee = 7_usd;
    e.links[1].egress_price = 0.05_usd_per_GB;
    CHECK_FALSE(all(e)[0].egress.known()); // volume is billed, and these links do not say for how much
    CHECK_FALSE(all(e)[1].egress.known());
    e.links[2].egress_price = 0_usd_per_GB;
    CHECK(in_exchange_unit(all(e)[0].lease.value()) == Approx(0.03));
    CHECK(in_exchange_unit(all(e)[1].lease.value()) == Approx(0.06));
    CHECK(all(e)[1].set_up_fee.value() == 14_usd);
    CHECK(all(e)[1].egress.value() == 0.05_usd_per_GB);
}

TEST_CASE("a tariff that does not say what it counts counts what it states prices for") {
    estate e = figure_1();
    tariff& t = e.tariffs[0];
    CHECK(counts(t) == billing::duration);
    CHECK_FALSE(all(e)[0].billed_in_full); // of volume nobody says anything
    t.volume_price = 0.01_usd_per_GB;
    CHECK(counts(t) == billing::both);
    CHECK(all(e)[0].egress.value() == 0.01_usd_per_GB);
    CHECK(in_exchange_unit(all(e)[0].lease.value()) == Approx(0.07));
    CHECK(all(e)[0].billed_in_full);
    t.lease = {};
    CHECK(counts(t) == billing::volume);
    CHECK(all(e)[0].lease.value().si() == 0);
    t = {.id = t.id, .lease = 0.07_usd_per_Gbps_h, .billing = billing::duration};
    CHECK(all(e)[0].egress.value().si() == 0);
    CHECK(all(e)[0].billed_in_full);
}

TEST_CASE("figures of a path come from all of its links") {
    estate e = figure_1();
    e.links[1].jitter = 2_us;
    e.links[2].jitter = 3_us;
    e.links[1].loss = .001;
    e.links[2].loss = .002;
    e.links[1].availability = .99;
    e.links[2].availability = .98;
    e.links[1].transport_energy = 1_W_per_Gbps;
    e.links[2].transport_energy = 2_W_per_Gbps;
    e.links[1].security = {encryption::line, isolation::shared};
    e.links[2].security = {encryption::packet, isolation::dedicated};
    edit(e.links[1].create)->lead_time = 60_s;
    edit(e.links[1].create)->hitless = true;
    const auto t = make_topology(e, {.node_latency = 5_us});
    const path_option o = options(*t, e, {0}, {1}, rates_of(e))[1];
    CHECK(o.jitter == 5_us);
    CHECK(o.loss.si() == Approx(.002998));
    CHECK(o.availability.si() == Approx(.9702));
    CHECK(o.transport_energy == 3_W_per_Gbps);
    CHECK((o.security == security{encryption::packet, isolation::shared}));
    CHECK(o.lead_time == 180_s);
    CHECK_FALSE(o.hitless);
    CHECK(in_exchange_unit(o.latency) == Approx(800 * 4.89672 + 10).epsilon(1e-6));
}

TEST_CASE("a path that encrypts at fewer places is no worse than one that does at more, and not the other way round") {
    estate e = figure_1();
    for (wan_link& l : e.links) l.security.encryption = encryption::packet;
    CHECK(all(e)[1].encrypted == encrypted_hops{.macsec = 2});
    e.links[1].packet_encryption = packet_encryption::ipsec;
    CHECK(all(e)[1].encrypted == encrypted_hops{.macsec = 1, .ipsec = 1});

    wan_link second{.latency = 1_ms, .security = {.encryption = encryption::packet}};
    second.capacity = 100_Gbps;
    e = pair_of_sites(second);
    second = e.links[0];
    second.id = "m";
    second.packet_encryption = packet_encryption::ipsec;
    second.latency = 0.9_ms;
    e.links.push_back(second);
    CHECK(all(e).size() == 2); // shorter, but other encryption
    e.links[0].packet_encryption = packet_encryption::ipsec;
    CHECK(all(e).size() == 1);
}

TEST_CASE("what can be created comes in steps that fit every link") {
    const auto rate_and_step = [](maybe<units::bit_rate> first, maybe<units::bit_rate> second) {
        estate e = figure_1();
        e.links[0].capacity = 0_Gbps;
        edit(e.links[1].create)->rate = 95_Gbps;
        edit(e.links[1].create)->step = first;
        edit(e.links[2].create)->step = second;
        const auto o = all(e);
        return o.empty() ? std::pair{0.0, 0.0} : std::pair{gbps(o[0].rate), gbps(o[0].step.value_or({}))};
    };
    using answer = std::pair<double, double>;
    CHECK(rate_and_step({}, {}) == answer{95, 0});
    CHECK(rate_and_step(10_Gbps, {}) == answer{90, 10});
    CHECK(rate_and_step({}, 10_Gbps) == answer{90, 10});
    CHECK(rate_and_step(5_Gbps, 10_Gbps) == answer{90, 10});
    CHECK(rate_and_step(4_Gbps, 10_Gbps) == answer{80, 20});
    CHECK(rate_and_step(100_Gbps, {}) == answer{0, 0});
    CHECK(rate_and_step(31_Gbps, 7_Gbps) == answer{0, 0}); // 217 Gb/s is more than there is
    CHECK(rate_and_step(1.25_Gbps, 10_Mbps) == answer{95, 1.25});
    CHECK(rate_and_step(0_Gbps, 10_Gbps) == answer{90, 10}); // no step at all
    const auto odu = rate_and_step(units::bit_rate::from_si(1249177230), units::bit_rate::from_si(1249177230));
    CHECK(odu.first == Approx(76 * 1.24917723));
}

TEST_CASE("a resize adds to what is in service, where every link offers it") {
    const provisioning more{.rate = 300_Gbps, .step = 50_Gbps, .lead_time = 1_s, .set_up_fee = 9_usd, .hitless = true};
    estate e = pair_of_sites({.bidirectional = true,
                              .capacity = 100_Gbps,
                              .unreserved = 30_Gbps,
                              .resize = more,
                              .price = 1_usd_per_Gbps_h});
    auto o = all(e);
    REQUIRE(o.size() == 2);
    CHECK(o[0].action == network_action::use);
    CHECK(o[0].rate == 30_Gbps);
    CHECK(o[1].action == network_action::resize);
    CHECK(o[1].rate == 330_Gbps);
    CHECK(o[1].lead_time == 1_s);
    CHECK(o[1].set_up_fee.value() == 9_usd);
    CHECK(o[1].hitless);
    CHECK(o[1].both_ways);

    edit(e.links[0].resize)->rate = 120_Gbps; // two steps of 50
    CHECK(all(e)[1].rate == 130_Gbps);
    edit(e.links[0].resize)->rate = 40_Gbps;
    CHECK(all(e).size() == 1);
    edit(e.links[0].resize)->rate = 300_Gbps;
    edit(e.links[0].resize)->lead_time = {};
    CHECK(all(e).size() == 1);
    CHECK(make_topology(e)->left_out[0].reason == omission_reason::no_lead_time);
    edit(e.links[0].resize)->lead_time = 1_s;
    e.links[0].capacity = 0_Gbps; // nothing runs that could grow
    e.links[0].unreserved = {};
    CHECK(all(e).empty());
}

TEST_CASE("a resize costs what its offer says, and what the tariff says where the offer says nothing") {
    const provisioning more{.rate = 300_Gbps, .lead_time = 1_s};
    estate e = pair_of_sites({.bidirectional = true, .capacity = 100_Gbps, .resize = more, .tariff = "t"});
    e.tariffs = {{.id = "t", .lease = 1_usd_per_Gbps_h, .set_up_fee = 500_usd}};
    CHECK(all(e)[1].set_up_fee.value() == 500_usd);
    edit(e.links[0].resize)->set_up_fee = 5_usd;
    CHECK(all(e)[1].set_up_fee.value() == 5_usd);
    CHECK(all(e)[1].lease.value() == 1_usd_per_Gbps_h);
}

TEST_CASE("circuits are used and resized, from either end") {
    const provisioning more{.rate = 100_Gbps, .step = 10_Gbps, .lead_time = 2_s, .set_up_fee = 0_usd, .hitless = true};
    estate e;
    e.sites = {{.id = "A"}, {.id = "B"}, {.id = "C"}};
    const wan_link l{
        .bidirectional = true, .capacity = 100_Gbps, .resize = more, .latency = 1_ms, .price = 0_usd_per_Gbps_h};
    e.links = {l, l};
    e.links[0].id = "a-c";
    e.links[0].src_node = "A";
    e.links[0].dst_node = "C";
    e.links[1].id = "c-b";
    e.links[1].src_node = "C";
    e.links[1].dst_node = "B";
    edit(e.links[1].resize)->rate = 55_Gbps;
    e.circuits = {{.id = "c",
                   .src_site = "A",
                   .dst_site = "B",
                   .links = {"a-c", "c-b"},
                   .rate = 100_Gbps,
                   .unreserved = 40_Gbps}};

    // The links are full of the circuit: only it is left to use.
    for (const bool forth : {true, false}) {
        const auto o = forth ? all(e, 0, 1) : all(e, 1, 0);
        const std::vector<unsigned> links = forth ? std::vector<unsigned>{0, 1} : std::vector<unsigned>{1, 0};
        REQUIRE(o.size() == 2);
        CHECK(o[0].action == network_action::use);
        CHECK(o[0].circuit == 0);
        CHECK(o[0].rate == 40_Gbps);
        CHECK(o[0].links == links);
        CHECK(o[0].latency == 2_ms);
        CHECK(o[0].both_ways);
        CHECK(o[1].action == network_action::resize);
        CHECK(o[1].circuit == 0);
        CHECK(o[1].rate == 90_Gbps); // five steps of 10
        CHECK(o[1].lead_time == 2_s);
    }
    CHECK(of(network_action::use, all(e, 0, 2)).empty());
    e.circuits[0].unreserved = {};
    CHECK(all(e)[0].rate == 100_Gbps);
    e.links[1].oper_status = oper_status::down;
    CHECK(all(e).empty());
}

TEST_CASE("rates start from what the estate says") {
    estate e = figure_1();
    e.circuits = {
        {.id = "1", .src_site = "A", .dst_site = "B", .links = {"A-B"}, .rate = 30_Gbps},
        {.id = "2", .src_site = "A", .dst_site = "B", .links = {"A-B"}, .rate = 20_Gbps, .unreserved = 5_Gbps}};
    e.links[0].resize = provisioning{.rate = 7_Gbps};
    const network_rates free = rates_of(e);
    CHECK((free.links[0] == link_rates{50_Gbps, 0_Gbps, 7_Gbps}));
    CHECK((free.links[1] == link_rates{0_Gbps, 400_Gbps, 0_Gbps}));
    CHECK((free.circuits == std::vector<units::bit_rate>{30_Gbps, 5_Gbps}));
    e.links[0].unreserved = 80_Gbps;
    CHECK(rates_of(e).links[0].in_service == 50_Gbps);
    e.links[0].unreserved = {};
    e.circuits[0].rate = 1000_Gbps;
    CHECK(rates_of(e).links[0].in_service == 0_Gbps);
}

TEST_CASE("both ways needs a bidirectional link, or one that leads back with the same rate") {
    const wan_link forth{.capacity = 100_Gbps};
    estate e = pair_of_sites(forth);
    CHECK_FALSE(all(e)[0].both_ways);
    CHECK(all(e, 1, 0).empty());
    wan_link back = e.links[0];
    back.id = "back";
    back.src_node = "B";
    back.dst_node = "A";
    back.capacity = 99_Gbps;
    e.links.push_back(back);
    auto o = all(e); // all there is one way, and what there is both ways
    REQUIRE(o.size() == 2);
    CHECK((o[0].rate == 100_Gbps && !o[0].both_ways));
    CHECK((o[1].rate == 99_Gbps && o[1].both_ways));
    CHECK(o[1].links == o[0].links);
    e.links[1].capacity = 100_Gbps;
    o = all(e);
    CHECK((o.size() == 1 && o[0].both_ways));
    CHECK((all(e, 1, 0)[0].links == std::vector<unsigned>{1}));
    e.links[1].oper_status = oper_status::down;
    CHECK_FALSE(all(e)[0].both_ways);
}

TEST_CASE("to take an option takes its way back too") {
    const provisioning more{.rate = 50_Gbps, .lead_time = 1_s, .set_up_fee = 0_usd};
    estate e = pair_of_sites({.capacity = 100_Gbps, .resize = more});
    wan_link back = e.links[0];
    back.id = "back";
    back.src_node = "B";
    back.dst_node = "A";
    e.links.push_back(back);
    const auto t = make_topology(e);
    const path_option use = all(e)[0];
    REQUIRE(use.both_ways);
    network_rates free = rates_of(e);
    CHECK(take(free, *t, e, use, 60_Gbps));
    CHECK(free.links[0].in_service == 40_Gbps);
    CHECK(free.links[1].in_service == 40_Gbps);
    const network_rates before = free;
    CHECK_FALSE(take(free, *t, e, use, 60_Gbps));
    CHECK(free == before);

    // A circuit grows by what a resize adds, so the way back must offer as much; what it has in service does not help.
    e.links[0].unreserved = 0_Gbps;
    e.links[1].resize = provisioning{.rate = 20_Gbps, .lead_time = 1_s, .set_up_fee = 0_usd};
    e.circuits = {{.id = "c", .src_site = "A", .dst_site = "B", .links = {"l"}, .rate = 10_Gbps}};
    const auto grown = [&] {
        for (const path_option& o : of(network_action::resize, all(e)))
            if (o.circuit == 0) return o;
        return path_option{};
    };
    CHECK(grown().rate == 60_Gbps);
    CHECK_FALSE(grown().both_ways);
    e.links[1].resize = more;
    CHECK(grown().both_ways);
    free = rates_of(e);
    CHECK(take(free, *make_topology(e), e, grown(), 40_Gbps));
    CHECK(free.circuits[0] == 0_Gbps);
    CHECK((free.links[0] == link_rates{0_Gbps, 0_Gbps, 20_Gbps}));
    CHECK((free.links[1] == link_rates{100_Gbps, 0_Gbps, 20_Gbps}));
}

TEST_CASE("what another option beats in everything is left out; what knows less does not beat") {
    estate e = pair_of_sites({.bidirectional = true, .capacity = 100_Gbps, .price = 1_usd_per_Gbps_h});
    wan_link other = e.links[0];
    other.id = "other";
    e.links.push_back(other);
    CHECK(all(e).size() == 1);
    CHECK((all(e)[0].links == std::vector<unsigned>{0})); // equals: the first
    const auto with = [&](auto change) {
        estate f = e;
        f.links[1].latency = 2_ms; // worse in one thing
        change(f.links[1]);
        return all(f).size();
    };
    CHECK(with([](wan_link&) {}) == 1);
    CHECK(with([](wan_link& l) { l.capacity = 200_Gbps; }) == 2);
    CHECK(with([](wan_link& l) { l.price = 0.5_usd_per_Gbps_h; }) == 2);
    CHECK(with([](wan_link& l) { l.price = {}; }) == 2);
    CHECK(with([](wan_link& l) { l.availability = .9; }) == 2); // the other's is not known
    CHECK(with([](wan_link& l) { l.security.encryption = encryption::line; }) == 2);
    CHECK(with([](wan_link& l) { l.jitter = 1_us; }) == 2);
    CHECK(with([](wan_link& l) { l.loss = .1; }) == 2);
    CHECK(with([](wan_link& l) { l.transport_energy = 1_W_per_Gbps; }) == 2);
}

TEST_CASE("a wider path is looked at even if it is not among the shortest") {
    estate e;
    e.sites = {{.id = "A"}, {.id = "B"}, {.id = "C"}};
    for (int i = 0; i < 4; ++i)
        e.links.push_back({.id = link_id(std::to_string(i)),
                           .src_node = "A",
                           .dst_node = "B",
                           .bidirectional = true,
                           .capacity = 10_Gbps,
                           .latency = units::latency(1_ms + i * 1_ms)});
    e.links.push_back(
        {.id = "up", .src_node = "A", .dst_node = "C", .bidirectional = true, .capacity = 400_Gbps, .latency = 9_ms});
    e.links.push_back(
        {.id = "over", .src_node = "C", .dst_node = "B", .bidirectional = true, .capacity = 300_Gbps, .latency = 9_ms});
    const auto o = all(e);
    REQUIRE(o.size() == 2);
    CHECK(o[0].rate == 10_Gbps);
    CHECK(o[0].latency == 1_ms);
    CHECK(o[1].rate == 300_Gbps);
    CHECK((o[1].links == std::vector<unsigned>{4, 5}));
    CHECK(all(e, 0, 1, {.paths = 3, .front = 0}).size() == 1);
    CHECK(all(e, 0, 1, {.paths = 0, .front = 0}).empty());
    CHECK(all(e, 0, 1, {.paths = 0, .front = 1})[0].rate == 300_Gbps); // the widest stays longest
}

namespace {
// Sites, nodes, links of every sort, circuits over shortest paths.
estate random_estate(std::mt19937& random) {
    const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    const auto chance = [&](unsigned percent) { return below(100) < percent; };
    const auto up_to_2 = [&] { return static_cast<int>(below(3)); };
    const auto rate = [&](unsigned n) { return units::bit_rate::from_si(below(n) * 1e10); };
    const auto offer = [&] {
        provisioning p{.rate = rate(40)};
        if (chance(60)) p.step = units::bit_rate::from_si((1 + below(6)) * 5e9);
        if (chance(90)) p.lead_time = units::duration(up_to_2() * 60_s);
        if (chance(80)) p.set_up_fee = units::money(up_to_2() * 100_usd);
        p.hitless = chance(50);
        return p;
    };
    estate e;
    const unsigned nodes = 4 + below(4);
    for (unsigned i = 0; i < nodes; ++i) e.sites.push_back({.id = site_id(std::string(1, static_cast<char>('a' + i)))});
    e.tariffs = {{.id = "t", .lease = 1_usd_per_Gbps_h, .set_up_fee = 100_usd}, {.id = "u", .set_up_fee = 50_usd}};
    const unsigned links = 6 + below(14);
    for (unsigned i = 0; i < links; ++i) {
        wan_link l{.id = link_id(std::to_string(i)),
                   .src_node = node_id(e.sites[below(nodes)].id.text),
                   .dst_node = node_id(e.sites[below(nodes)].id.text)};
        l.bidirectional = chance(60);
        if (chance(5)) l.oper_status = oper_status::down;
        if (chance(80)) l.capacity = rate(40);
        if (chance(20)) l.unreserved = l.capacity;
        if (chance(50)) l.create = offer();
        if (chance(50)) l.resize = offer();
        if (chance(95)) l.distance = units::distance::from_si((1 + below(20)) * 1e5);
        if (chance(30)) l.tariff = chance(50) ? "t" : "u";
        if (chance(60)) l.price = units::bandwidth_price(up_to_2() * 1_usd_per_Gbps_h);
        if (chance(60)) l.availability = units::ratio(1.0 - below(5) * .01);
        if (chance(30)) l.jitter = 1_us;
        if (chance(30)) l.security.isolation = isolation::dedicated;
        e.links.push_back(l);
    }
    const auto t = make_topology(e);
    for (unsigned i = 0; i < 3; ++i) {
        const unsigned from = below(nodes), to = below(nodes);
        const path p = shortest_path(t->net, t->edge_delay, from, to, t->edge_usable);
        if (p.edges.empty()) continue;
        circuit c{.id = circuit_id(std::to_string(i)),
                  .src_site = e.sites[from].id,
                  .dst_site = e.sites[to].id,
                  .rate = rate(20)};
        for (const unsigned each : p.edges) c.links.push_back(e.links[t->edge_link[each]].id);
        if (chance(50)) c.unreserved = rate(20);
        e.circuits.push_back(c);
    }
    return e;
}
bool none_negative(const network_rates& r) {
    for (const link_rates& l : r.links)
        if (l.in_service.si() < 0 || l.creatable.si() < 0 || l.resizable.si() < 0) return false;
    for (const units::bit_rate c : r.circuits)
        if (c.si() < 0) return false;
    return true;
}
} // namespace

TEST_CASE("every option can be had alone, is finite, and is in its place") {
    std::mt19937 random(4);
    std::size_t seen[6] = {};
    for (int round = 0; round < 2000; ++round) {
        const estate e = random_estate(random);
        const auto t = make_topology(e);
        REQUIRE(t);
        const network_rates free = rates_of(e);
        option_search search(*t, e);
        const site_row from{static_cast<unsigned>(random() % e.sites.size())};
        const site_row to{static_cast<unsigned>(random() % e.sites.size())};
        const auto found = search(from, to, free);
        CAPTURE(round);
        CHECK(search(from, to, free) == found);
        if (from == to) CHECK(found.empty());
        network_rates shared = free;
        for (std::size_t i = 0; i < found.size(); ++i) {
            const path_option& o = found[i];
            ++seen[static_cast<int>(o.action)];
            seen[5] += o.circuit != path_option::no_circuit;
            network_rates alone = free;
            CHECK(o.rate.si() > 0);
            CHECK(take(alone, *t, e, o, o.rate));
            CHECK(none_negative(alone));
            CHECK_FALSE(alone == free);
            CHECK(in_steps(o.rate, o.step) == o.rate);
            for (const double x : {o.rate.si(), o.latency.si(), o.loss.si(), o.availability.si(), o.lead_time.si()})
                CHECK((x >= 0 && x - x == 0));
            if (i > 0) CHECK(static_cast<int>(found[i - 1].action) <= static_cast<int>(o.action));
            if (i > 0 && found[i - 1].action == o.action) CHECK(found[i - 1].latency <= o.latency);

            // One after the other: taken whole or not at all.
            const network_rates before = shared;
            if (!take(shared, *t, e, o, o.rate)) CHECK(shared == before);
            CHECK(none_negative(shared));
        }
        // What is offered after others were served can still be had.
        for (const path_option& o : search(from, to, shared)) {
            network_rates alone = shared;
            CHECK(take(alone, *t, e, o, o.rate));
            CHECK(none_negative(alone));
        }
    }
    for (const network_action a : {network_action::use, network_action::resize, network_action::create})
        CHECK(seen[static_cast<int>(a)] > 200);
    CHECK(seen[5] > 50);
}
