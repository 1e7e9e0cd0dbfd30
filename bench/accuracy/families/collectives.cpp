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
};
constexpr trait traits[] = {
    {"A100", &model::machine_traits::send_launch, "A100: send launch"},
    {"A100", &model::machine_traits::small_share, "A100: small share"},
    {"H100", &model::machine_traits::exposed_launch, "H100: exposed launch"},
    {"H100", &model::machine_traits::send_launch, "H100: send launch"},
    {"H100", &model::machine_traits::small_share, "H100: small share"},
    {"B200", &model::machine_traits::small_share, "B200: small share"},
    {"unnamed", &model::machine_traits::network_share, "unnamed: share of NICs"},
    {"unnamed", &model::machine_traits::network_small, "unnamed: small share of NICs"},
};
constexpr std::size_t shared = 13; // constants before the traits

/// What one stream between nodes has on the machines that were profiled. Stated with the calls as facts of these machines, whose
/// NICs the profile itself leaves open; `--only-nics` does without.
struct stated_stream {
    const char* device;
    units::memory_rate rate;
};
constexpr stated_stream stated_streams[] = {{"A100", 7.7_GBps}, {"H100", 36_GBps}};

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
    c.fill = mb(x[11]);
    c.network_fill = mb(x[12]);
    return c;
}

model::machine<double> machine_of(const row& r, const constants& x) {
    const std::string& device = r.text("device");
    const bool efa = r.has("link") && r.text("link").find("efa") != std::string::npos;
    auto m = model::machine_of(device.c_str(), efa ? model::transport_kind::efa : model::transport_kind::rdma);
    const auto* known = model::find_machine(device.c_str());
    for (std::size_t i = 0; known && i < std::size(traits); ++i)
        if (known == model::find_machine(traits[i].device)) m.traits.*traits[i].value = x[shared + i];
    m.traits.stream_share = 1;
    for (const stated_stream& stream : stated_streams)
        if (!only_nics && known && known == model::find_machine(stream.device))
            m.traits.stream_share = stream.rate / (model::machine_constants{}.stream_share * m.nic);
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
/// Nobody published what this machine is: without its own rows there is nothing to predict it from.
bool without_facts(const row& r) { return r.text("device").rfind("unnamed", 0) == 0; }
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
    f.without_facts = without_facts;
    // Starts come from outside the table, and a fit is held to them by 30 per cent, all alike. A machine's own factors are free,
    // so that what is odd about one does not move what is said of the others: a machine left out gets the shared constants alone.
    const auto from_outside = [&](const char* name, double value, double start, double low, double high) {
        f.fitted.push_back({name, value, start, low, high, 0.3 * start});
    };
    // Guesses: PyTorch's and NCCL's way to a kernel; a host that waits; RDMA that a kernel starts.
    from_outside("launch us", us(c.launch), 36, 15, 80);
    from_outside("synchronise us", us(c.synchronise), 10, 0, 40);
    // NCCL's tuner (src/graph/tuning.cc): base of the Simple protocol; a tree's step between nodes, 8.5 (LL128) to 14 (Simple).
    from_outside("send launch us", us(c.send_launch), 8.4, 2, 30);
    from_outside("hop us", us(c.hop), 11, 1, 30);
    // nccl-tests on 2, 4, 8 nodes of p3dn (gist.github.com/jacobkahn a92f4425, 1fb3977e, 3150a1a3): 163, 319, 631 us, less
    // the 15 us that NCCL's tuner counts inside a node: 74, 76, 103 us a round. aws-ofi-nccl declares 35 to 150.
    from_outside("hop of EFA us", us(c.efa_hop), 84, 10, 200);
    from_outside("hop of all-to-all us", us(c.exchange_hop), 5, 0, 20);
    // NVLink carries 20 of its 25 GB/s a link (NVIDIA/nccl-tests issue 149); of these trees reach 0.92, LL128 in one node 7/9.
    from_outside("small share", c.small_share, 0.572, 0.2, 1);
    from_outside("large share", c.large_share, 0.8, 0.4, 1);
    // At 8 GiB, no rows of the table: 476 GB/s of bus rate on H100 (NVIDIA/nccl-tests issue 290), 838 on B200 (ml-engineering).
    from_outside("in-switch share", c.in_switch_share, 0.57, 0.3, 1);
    // 93.25 of 100 GB/s (NVIDIA/nccl-tests issue 152), 46 to 48 of 50 (issue 290); small ones by the tuner's 0.92 of trees and of
    // LL128.
    from_outside("small share of NICs", c.network_small_share, 0.8, 0.3, 1);
    from_outside("share of NICs", c.network_share, 0.94, 0.5, 1);
    // Buffers of 4 MiB (NCCL_BUFFSIZE) on 16 channels.
    from_outside("fill MB", mb(c.fill), 67, 1, 200);
    from_outside("fill of NICs MB", mb(c.network_fill), 67, 1, 300);
    for (const trait& t : traits)
        f.fitted.push_back({t.name, model::find_machine(t.device)->traits.*t.value, 1, 0.2, 4});
    return f;
}

} // namespace accuracy
