// SPDX-License-Identifier: Apache-2.0
// More that costs nothing until it is used never makes the best placement dearer, and no name makes it better.
#include "catch.hpp"
#include "shapes.hpp"
#include "support.hpp"

#include <uonaco/place/heuristics/exhaustive.hpp>
#include <uonaco/place/heuristics/greedy.hpp>

using namespace support;

namespace {
const evaluator by_full_cost{weigh(1.0, terms::full_cost{})};

wan_link link_between(const std::string& id, const std::string& from, const std::string& to, double gbps, double km) {
    wan_link l{.id = link_id(id), .src_node = node_id(from), .dst_node = node_id(to), .bidirectional = true};
    l.capacity = gbps * 1_Gbps;
    l.distance = km * 1_km;
    l.price = units::bandwidth_price{};
    l.availability = 1.0;
    l.jitter = 0_us;
    l.loss = 0.0;
    l.transport_energy = units::transport_energy{};
    return l;
}
std::string site_name(unsigned i) { return std::string(1, static_cast<char>('a' + i)); }
void add_site(estate& e, dice& d, const std::string& name) {
    e.sites.push_back({.id = site_id(name), .pue = 1.2, .availability = 1.0});
    compute_pool p{.id = pool_id("pool-" + name), .site = site_id(name), .model = "H100 SXM"};
    p.total_count = 100'000;
    p.free_count = d.count(16, 1500);
    p.price = d.between(1.0, 4.0) * 1_usd_per_h;
    p.price_includes_energy = true;
    p.availability = 1.0;
    p.queue_wait = 0_s;
    e.pools.push_back(p);
}
void add_link(estate& e, dice& d) {
    const auto n = static_cast<unsigned>(e.sites.size());
    const unsigned a = d.below(n), b = (a + 1 + d.below(n - 1)) % n;
    e.links.push_back(link_between("link-" + std::to_string(e.links.size()), site_name(a), site_name(b),
                                   d.size(1, 1000), d.size(10, 3000)));
}
// So many sites in a row, and some links besides.
estate world(dice& d, unsigned sites) {
    estate e;
    for (unsigned i = 0; i < sites; ++i) {
        add_site(e, d, site_name(i));
        if (i > 0)
            e.links.push_back(link_between("link-" + std::to_string(i - 1), site_name(i - 1), site_name(i),
                                           d.size(1, 1000), d.size(10, 3000)));
    }
    for (unsigned more = d.below(3); more > 0 && sites > 1; --more) add_link(e, d);
    return e;
}
workload some_training(dice& d) {
    workload w{.id = "w"};
    w.devices.count = d.count(64, 4096);
    w.devices.min_count = d.one_in(4) ? w.devices.count : 1 + w.devices.count / (2 + d.below(16));
    w.value_of_time = d.size(10, 20'000) * 1_usd_per_h;
    w.task = training{.parameters = d.count(1e9, 2e11),
                      .tokens_per_step = d.count(1e5, 3e7),
                      .steps = 1000,
                      .mfu = 0.4,
                      .overlap = d.share()};
    return w;
}
// Infinite where there is none.
template <class Heuristic>
double best_by(const Heuristic& h, const estate& e, const workload& w, generation g = {}) {
    auto s = *survey::of(e);
    const auto p = *problem::of(s, w, {}, {}, g);
    const auto found = h(p, by_full_cost);
    return found ? found->best.objective : 1e300;
}
double best(const estate& e, const workload& w, generation g = {}) { return best_by(exhaustive{}, e, w, g); }

template <class Change>
void more_never_hurts(unsigned seed, int cases, unsigned most_sites, Change change) {
    dice d(seed);
    int placed = 0, better = 0;
    for (int i = 0; i < cases; ++i) {
        const estate e = world(d, 1 + d.below(most_sites));
        const workload w = some_training(d);
        estate more = e;
        change(more, d);
        const double before = best(e, w);
        const double after = best(more, w);
        INFO("case " << i << ": " << before << " -> " << after);
        CHECK(after <= before * (1 + 1e-9));
        placed += after < 1e300;
        better += after < before * (1 - 1e-9);
    }
    CHECK(placed > cases / 4);
    CHECK(better > cases / 50);
}
} // namespace

TEST_CASE("more free devices never make the best placement dearer") {
    more_never_hurts(31, 400, 3, [](estate& e, dice& d) {
        auto& p = e.pools[d.below(static_cast<unsigned>(e.pools.size()))];
        p.free_count += d.count(1, 4000);
    });
}

TEST_CASE("a free link more never makes the best placement dearer") {
    more_never_hurts(32, 400, 3, [](estate& e, dice& d) {
        if (e.sites.size() > 1)
            for (unsigned n = 1 + d.below(4); n > 0; --n) add_link(e, d);
    });
}

TEST_CASE("more rate on a link never makes the best placement dearer") {
    more_never_hurts(33, 400, 3, [](estate& e, dice& d) {
        if (e.links.empty()) return;
        auto& l = e.links[d.below(static_cast<unsigned>(e.links.size()))];
        l.capacity = d.between(1.0, 20.0) * l.capacity;
    });
}

TEST_CASE("a site more never makes the best placement dearer") {
    more_never_hurts(34, 400, 3, [](estate& e, dice& d) {
        const std::string name = site_name(static_cast<unsigned>(e.sites.size()));
        const std::string to = site_name(d.below(static_cast<unsigned>(e.sites.size())));
        add_site(e, d, name);
        e.links.push_back(link_between("link-to-it", to, name, d.size(1, 1000), d.size(10, 3000)));
    });
}

namespace {
// The same estate with other names, and in another order.
estate renamed(const estate& e, dice& d) {
    std::vector<unsigned> to(e.sites.size());
    for (unsigned i = 0; i < to.size(); ++i) to[i] = i;
    for (unsigned i = 0; i < to.size(); ++i) std::swap(to[i], to[i + d.below(static_cast<unsigned>(to.size()) - i)]);
    const auto name = [&](const std::string& old) { return site_name(to[static_cast<unsigned>(old[0] - 'a')]); };
    estate r = e;
    for (site& s : r.sites) s.id = site_id(name(s.id.text));
    for (compute_pool& p : r.pools) {
        p.site = site_id(name(p.site.text));
        p.id = pool_id("pool-" + p.site.text);
    }
    for (wan_link& l : r.links) {
        l.src_node = node_id(name(l.src_node.text));
        l.dst_node = node_id(name(l.dst_node.text));
    }
    return r;
}
} // namespace

TEST_CASE("names do not matter: the batch divided") {
    dice d(35);
    for (int i = 0; i < 300; ++i) {
        const estate e = world(d, 2 + d.below(2));
        const workload w = some_training(d);
        INFO("case " << i);
        CHECK(best(renamed(e, d), w) == Approx(best(e, w)).epsilon(1e-9));
    }
}

TEST_CASE("names do not matter: the layers divided, over up to four sites") {
    dice d(36);
    for (int i = 0; i < 60; ++i) {
        const unsigned sites = 2 + d.below(3);
        estate e = world(d, sites);
        for (compute_pool& p : e.pools) p.free_count = 64 * (1 + d.below(4));
        workload w = some_training(d);
        w.devices.min_count = w.devices.count = 64 * sites;
        auto& t = *std::get_if<training>(&w.task);
        t.shape = llama_70b;
        t.parameters = 70'600'000'000;
        t.tokens_per_step = 2 * 1048576;
        t.cut = wan_cut::pipeline;
        const generation four{.sites = 4, .counts = 2};
        INFO("case " << i);
        CHECK(best(renamed(e, d), w, four) == Approx(best(e, w, four)).epsilon(1e-9));
    }
}

TEST_CASE("the cut is chosen by the objective: leaving it open is as good as the better of the two") {
    dice d(37);
    int layers = 0, batch = 0;
    for (int i = 0; i < 60; ++i) {
        estate e = world(d, 2);
        for (wan_link& l : e.links) l.egress_price = d.or_zero<units::volume_price>(0.001, 0.1);
        for (compute_pool& p : e.pools) p.free_count = 128;
        workload w = some_training(d);
        w.devices.min_count = w.devices.count = 256;
        auto& t = *std::get_if<training>(&w.task);
        t.shape = llama_70b;
        t.parameters = 70'600'000'000;
        t.tokens_per_step = d.count(1e6, 1e7);
        const double open = best(e, w);
        t.cut = wan_cut::data;
        const double data = best(e, w);
        t.cut = wan_cut::pipeline;
        const double pipeline = best(e, w);
        INFO("case " << i);
        CHECK(open == std::min(data, pipeline));
        batch += data < pipeline;
        layers += pipeline < data;
    }
    CHECK(batch > 5);
    CHECK(layers > 5);
}
