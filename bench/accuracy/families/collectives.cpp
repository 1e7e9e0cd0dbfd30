// SPDX-License-Identifier: Apache-2.0
// Collectives and sends on machines with a name: collective_machine.hpp.
#include "../family.hpp"

#include <uonaco/model/collective_machine.hpp>

#include <iterator>

namespace accuracy {

namespace {
using namespace uonaco;
namespace model = uonaco::collectives;

/// A fitted factor of one device: where known_machines has it, in which row's machine it goes.
struct trait {
    const char* device;
    double model::machine_traits::*value;
    const char* name;
    double freedom;
};
constexpr trait traits[] = {
    {"A100", &model::machine_traits::send_launch, "A100: send launch", 0.3},
    {"A100", &model::machine_traits::small_share, "A100: small share", 0.1},
    {"A100", &model::machine_traits::stream_share, "A100: share of a NIC", 0.1},
    {"H100", &model::machine_traits::exposed_launch, "H100: exposed launch", 0.1},
    {"H100", &model::machine_traits::small_share, "H100: small share", 0.1},
    {"H100", &model::machine_traits::stream_share, "H100: share of a NIC", 0.05},
    {"B200", &model::machine_traits::small_share, "B200: small share", 0.1},
    {"unnamed", &model::machine_traits::network_share, "unnamed: share of NICs", 0.1},
    {"unnamed", &model::machine_traits::network_small, "unnamed: small share of NICs", 0.15},
};
constexpr std::size_t shared = 14; // constants before the traits

model::machine_constants constants_of(const constants& x) {
    const auto us = [](double t) { return units::latency::from_si(1e-6 * t); };
    const auto mb = [](double v) { return units::volume::from_si(8e6 * v); };
    model::machine_constants c;
    c.launch = us(x[0]);
    c.synchronise = us(x[1]);
    c.send_launch = us(x[2]);
    c.hop = us(x[3]);
    c.efa_hop = us(x[4]);
    c.exchange_hop = us(x[5]);
    c.small_share = x[6];
    c.large_share = x[7];
    c.in_switch_share = x[8];
    c.network_small_share = x[9];
    c.network_share = x[10];
    c.stream_share = x[11];
    c.fill = mb(x[12]);
    c.network_fill = mb(x[13]);
    return c;
}

model::machine<double> machine_of(const row& r, const constants& x) {
    const std::string& device = r.text("device");
    const bool efa = r.has("link") && r.text("link").find("efa") != std::string::npos;
    auto m = model::machine_of(device.c_str(), efa ? model::transport_kind::efa : model::transport_kind::rdma);
    const auto* known = model::find_machine(device.c_str());
    for (std::size_t i = 0; known && i < std::size(traits); ++i)
        if (known == model::find_machine(traits[i].device)) m.traits.*traits[i].value = x[shared + i];
    return m;
}

double predict(const row& r, const constants& x) {
    const auto c = constants_of(x);
    const auto m = machine_of(r, x);
    const std::string& kind = r.text("kind");
    const bool bus = r.has("unit") && r.text("unit").rfind("busbw", 0) == 0;
    const int ranks = static_cast<int>(r.number_or("ranks", 8)), nodes = static_cast<int>(r.number_or("nodes", 1));
    units::volume message = units::volume::from_si(8 * r.number_or("bytes", 0));
    units::duration time;
    auto operation = model::operation::all_reduce;
    if (kind == "send_recv") {
        time = model::send_time<double>(m, nodes > 1, message, c);
        operation = model::operation::broadcast;
    } else if (kind == "all_to_all") {
        // 1 byte a value and a 32-bit scale for each 128, or bf16
        const double bytes = r.has("precision") && r.text("precision") == "fp8" ? 1 + 4.0 / 128 : 2;
        if (r.has("tokens_per_rank"))
            message = model::routed_volume(r.number("tokens_per_rank"), r.number_or("top_k", 8),
                                           r.number_or("hidden", 7168), bytes);
        time = model::routed_exchange_time<double>(m, ranks, message, c);
        operation = model::operation::all_to_all;
    } else if (kind == "all_gather" || kind == "reduce_scatter") {
        time = model::all_gather_time<double>(m, ranks, nodes, message, bus, c);
        operation = model::operation::all_gather;
    } else {
        time =
            model::all_reduce_time<double>(m, ranks, nodes, message, bus, c); // tables of bus rates wait for each call
    }
    if (bus) return model::bus_rate<double>(operation, ranks, message, time).si() / 8e9;
    return time.si() / 1e-6;
}

std::string device_of(const row& r) { return r.text("device"); }
std::string subset(const row& r) {
    return r.text("device") + " " + r.text("kind") + (r.number_or("nodes", 1) > 1 ? ", nodes" : "");
}
} // namespace

family collectives() {
    const model::machine_constants c;
    const auto us = [](units::latency t) { return t.si() / 1e-6; };
    const auto mb = [](units::volume v) { return v.si() / 8e6; };
    family f;
    f.name = "collectives";
    f.predict = predict;
    f.group = device_of;
    f.subset = subset;
    // Starts: launch and synchronisation of frameworks; NCCL's tuner (base of Simple 8.4 us, net hops 8.5-14 us); the 75 us that
    // aws-ofi-nccl declares for EFA; buffers of 4 MiB on some 16 channels; RDMA near line rate. No outside figure: the shares of a
    // NIC that one send reaches and of the fast tier that small messages do, which start between the machines of this table.
    f.fitted = {{"launch us", us(c.launch), 36, 20, 60, 2},
                {"synchronise us", us(c.synchronise), 10, 0, 40, 3},
                {"send launch us", us(c.send_launch), 8.4, 3, 20, 0.3},
                {"hop us", us(c.hop), 9, 1, 30, 0.5},
                {"hop of EFA us", us(c.efa_hop), 75, 10, 200, 5},
                {"hop of all-to-all us", us(c.exchange_hop), 5, 0, 20, 1},
                {"small share", c.small_share, 0.56, 0.2, 1, 0.005},
                {"large share", c.large_share, 0.8, 0.4, 1, 0.05},
                {"in-switch share", c.in_switch_share, 0.53, 0.3, 1, 0.02},
                {"small share of NICs", c.network_small_share, 0.7, 0.3, 1, 0.05},
                {"share of NICs", c.network_share, 0.95, 0.5, 1, 0.02},
                {"share of one NIC", c.stream_share, 0.7, 0.3, 1, 0.005},
                {"fill MB", mb(c.fill), 60, 1, 200, 10},
                {"fill of NICs MB", mb(c.network_fill), 80, 1, 300, 10}};
    for (const trait& t : traits)
        f.fitted.push_back({t.name, model::find_machine(t.device)->traits.*t.value, 1, 0.4, 2.5, t.freedom});
    return f;
}

} // namespace accuracy
