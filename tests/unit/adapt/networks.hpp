// SPDX-License-Identifier: Apache-2.0
// What the tests of network formats share: random networks.
#pragma once

#include <uonaco/adapt/translated.hpp>
#include <uonaco/io/dump.hpp>
#include <uonaco/io/scenario.hpp>

#include <random>

namespace networks {

using namespace uonaco;

/// The first problem that loading the estate has, or nothing.
inline std::string problem_of(const estate& e) {
    const auto loaded = io::load<scenario>(io::dump(scenario{.estate = e}));
    return loaded ? "" : io::to_string(loaded.error().front());
}

/// One draw after the other, of figures as people write them: few digits.
class draws {
  public:
    explicit draws(unsigned seed) : random_(seed) {}
    bool chance(double p) { return std::uniform_real_distribution<>(0, 1)(random_) < p; }
    long long whole(long long least, long long most) {
        return std::uniform_int_distribution<long long>(least, most)(random_);
    }
    double figure(double least, double most) {
        const double x = std::uniform_real_distribution<>(least, most)(random_);
        return std::round(x * 1000) / 1000;
    }

  private:
    std::mt19937 random_;
};

/// Sites, nodes and links with everything that the record can say about a network, each with some chance.
inline estate random_network(unsigned seed) {
    draws d(seed);
    estate e;
    const auto place_of = [&](auto& r) {
        if (d.chance(0.5)) r.name = "Place " + std::to_string(d.whole(0, 3));
        if (d.chance(0.5)) r.location = location{d.figure(-90, 90), d.figure(-180, 180)};
    };
    const int sites = static_cast<int>(d.whole(0, 4)), nodes = static_cast<int>(d.whole(2, 4));
    std::vector<std::string> ids;
    for (int i = 0; i < sites; ++i) {
        site s{.id = "s" + std::to_string(i)};
        place_of(s);
        if (d.chance(0.2)) s.pue = d.figure(1, 2);
        if (d.chance(0.2)) s.srlgs = {d.whole(0, 9)};
        ids.push_back(s.id.text);
        e.sites.push_back(s);
    }
    for (int i = 0; i < nodes; ++i) {
        network_node n{.id = d.chance(0.1) ? std::to_string(i) : "n" + std::to_string(i)};
        place_of(n);
        ids.push_back(n.id.text);
        e.nodes.push_back(n);
    }
    const bool both_ways = d.chance(0.7), one_way = d.chance(0.5);
    const int links = static_cast<int>(d.whole(0, 8));
    for (int i = 0; i < links; ++i) {
        wan_link l;
        l.id = "l" + std::to_string(i);
        const auto a = static_cast<std::size_t>(d.whole(0, static_cast<long long>(ids.size()) - 1));
        const auto b =
            (a + 1 + static_cast<std::size_t>(d.whole(0, static_cast<long long>(ids.size()) - 2))) % ids.size();
        l.src_node.text = ids[a];
        l.dst_node.text = ids[b];
        l.bidirectional = both_ways || (!one_way && d.chance(0.5));
        l.layer = static_cast<network_layer>(d.whole(0, 4));
        l.oper_status = static_cast<oper_status>(d.whole(0, 2));
        l.capacity = units::bit_rate::from_si(d.figure(0, 800) * 1e9);
        if (d.chance(0.5)) l.unreserved = d.chance(0.3) ? l.capacity : units::bit_rate::from_si(l.capacity.si() * 0.5);
        if (d.chance(0.5)) l.distance = units::distance::from_si(d.figure(0, 3000) * 1e3);
        if (d.chance(0.5)) l.latency = units::latency::from_si(d.figure(15000, 30000) * 1e-6);
        if (d.chance(0.3)) l.jitter = units::latency::from_si(d.figure(0, 300) * 1e-6);
        if (d.chance(0.3)) l.loss = d.figure(0, 0.5);
        if (d.chance(0.3)) l.availability = d.figure(0.9, 1);
        if (d.chance(0.3)) l.srlgs = {d.whole(0, 9), d.whole(10, 4294967295LL)};
        if (d.chance(0.2)) l.fibre = fibre_type::hcf;
        if (d.chance(0.2))
            l.create = provisioning{.rate = units::bit_rate::from_si(400e9), .lead_time = units::duration::from_si(60)};
        if (d.chance(0.2)) l.price = units::bandwidth_price::from_si(d.figure(0, 2) / (1e9 * 3600));
        e.links.push_back(l);
    }
    return e;
}

inline std::vector<std::string> pointers(const std::vector<adapt::loss>& losses) {
    std::vector<std::string> all;
    for (const adapt::loss& l : losses) all.push_back(l.pointer);
    return all;
}

} // namespace networks
