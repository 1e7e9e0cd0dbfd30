// SPDX-License-Identifier: Apache-2.0
// What collectives take on a real machine: a base time and two protocols, from the rates of its fabric.
//
//   T = max(launch, base + min(k S/B1, fill/B2 + k S/B2))
//
// k is the bus factor, B1 the rate of the protocol for small messages, B2 that for large ones, which first fills its
// buffers.
#pragma once

#include "collectives.hpp"

#include "../resource/accelerators.hpp"

namespace uonaco::inline UONACO_ABI::collectives {

/// Which all-reduces of one node its switches sum (NVLS): none, all of more than two ranks, or only the largest.
enum class in_switch : unsigned char { none, all, large };

/// What a step between nodes costs depends on the transport: RDMA over InfiniBand or Ethernet, or AWS's SRD.
enum class transport_kind : unsigned char { rdma, efa };

/// How far one machine lies from what all share, as factors: 1 where nothing is known of it.
struct machine_traits {
    double exposed_launch = 1; ///< share of the launch that does not overlap with the transfer, of all-reduce
    double send_launch = 1;    ///< of machine_constants::send_launch
    double small_share = 1;    ///< of machine_constants::small_share
    double stream_share = 1;   ///< of machine_constants::stream_share
    double network_small = 1;  ///< of machine_constants::network_small_share
    double network_share = 1;  ///< of machine_constants::network_share
};

/// Facts of a machine, and its traits. Rates are of one device in one direction.
template <class Rep>
struct machine {
    units::with_rep<units::memory_rate, Rep> scale_up{};
    units::with_rep<units::memory_rate, Rep> scale_out{}; ///< all its NICs
    units::with_rep<units::memory_rate, Rep> nic{};       ///< one of them: what a single send has
    in_switch sums = in_switch::none;
    transport_kind transport = transport_kind::rdma;
    machine_traits traits{};
};

/// Shared by all machines. Fitted on 94 published calls of H100, A100, B200, H800 and a machine without a name (NCCL and
/// DeepEP).
struct machine_constants {
    units::latency launch = 39.8_us;      ///< framework and kernels of an all-reduce
    units::latency synchronise = 7.9_us;  ///< added where the host waits for each call
    units::latency send_launch = 8.4_us;  ///< of a send and receive
    units::latency hop = 11.2_us;         ///< a step between nodes, RDMA
    units::latency efa_hop = 88.6_us;     ///< a step between nodes, EFA
    units::latency exchange_hop = 5.9_us; ///< a doubling of the ranks of an all-to-all

    units::ratio small_share = 0.579;         ///< of scale-up that small all-reduces reach (B1)
    units::ratio large_share = 0.835;         ///< of scale-up that large ones and sends reach (B2)
    units::ratio in_switch_share = 0.513;     ///< of scale-up, message over time, where switches sum
    units::ratio network_small_share = 0.749; ///< of the node's NICs together that small all-reduces over nodes reach
    units::ratio network_share = 0.964;       ///< that large ones and all-to-alls reach
    /// Of one NIC that a single send reaches. nccl-tests' sendrecv: 7.0 of 50 GB/s (NVIDIA/nccl issue 2409), 18.3 and 24.2 of
    /// 25 (issue 1272). The one in the middle.
    units::ratio stream_share = 0.73;
    units::volume fill = 55_MB;         ///< of the large protocol's buffers, inside a node
    units::volume network_fill = 75_MB; ///< over nodes
    /// From here on `in_switch::large` sums in switches: the vendor's tuner on B200 (ml-engineering, network benchmarks:
    /// 838 GB/s of bus rate at 8 GiB against 682 without).
    units::volume in_switch_from = 6_GB;
};

/// The law of one machine and group.
template <class Rep>
struct machine_law {
    units::with_rep<units::duration, Rep> least{}; ///< no call is shorter
    units::with_rep<units::duration, Rep> base{};
    units::with_rep<units::bit_rate, Rep> small{}; ///< B1
    units::with_rep<units::bit_rate, Rep> large{}; ///< B2
    units::with_rep<units::volume, Rep> fill{};

    /// Of a call that puts `bus` on each rank's wire: the message times its bus factor.
    constexpr auto time(units::with_rep<units::volume, Rep> bus) const {
        return units::with_rep<units::duration, Rep>(
            units::max(least, base + units::min(bus / small, (fill + bus) / large)));
    }
};

/// All-reduce of `ranks` on `nodes`, as many on each. Preconditions: 1 <= nodes <= ranks, scale_up > 0, scale_out > 0.
template <class Rep>
constexpr machine_law<Rep> all_reduce_law(const machine<Rep>& m, int ranks, int nodes, bool synchronised = false,
                                          const machine_constants& c = {}) {
    machine_law<Rep> law;
    const auto waiting = synchronised ? c.synchronise : units::latency{};
    law.least = c.launch + waiting;
    law.base = m.traits.exposed_launch * c.launch + waiting;
    if (nodes <= 1) {
        law.small = m.traits.small_share * c.small_share * m.scale_up;
        law.large = c.large_share * m.scale_up;
        law.fill = c.fill;
        return law;
    }
    // A tree's rounds, up and down; a ring over whole nodes drives all NICs of a node.
    const auto hop = m.transport == transport_kind::efa ? c.efa_hop : c.hop;
    law.base += 2.0 * rounds(nodes) * hop;
    law.least += 2.0 * rounds(nodes) * hop;
    const auto wire = units::min(static_cast<double>(ranks) / nodes * m.scale_out, m.scale_up);
    law.large = m.traits.network_share * c.network_share * wire;
    law.small = m.traits.network_small * m.traits.network_share * c.network_small_share * wire;
    law.fill = c.network_fill;
    return law;
}

/// Time of an all-reduce. Jumps down where switches begin to sum. Preconditions as for the law.
template <class Rep>
constexpr auto all_reduce_time(const machine<Rep>& m, int ranks, int nodes, units::with_rep<units::volume, Rep> message,
                               bool synchronised = false, const machine_constants& c = {}) {
    const auto law = all_reduce_law<Rep>(m, ranks, nodes, synchronised, c);
    const auto by_ranks = law.time(bus_factor(operation::all_reduce, ranks) * message);
    if (nodes > 1 || ranks <= 2 || m.sums == in_switch::none) return by_ranks;
    // C8: what each rank sends does not depend on n.
    const auto summed = units::with_rep<units::duration, Rep>(
        units::max(law.least, law.base + message / (c.in_switch_share * m.scale_up)));
    if (m.sums == in_switch::all) return summed;
    return units::select(message < c.in_switch_from, by_ranks, summed);
}

/// All-gather or reduce-scatter, C4 by the same protocols: half of the all-reduce's bytes and, over nodes, of its rounds.
template <class Rep>
constexpr auto all_gather_time(const machine<Rep>& m, int ranks, int nodes, units::with_rep<units::volume, Rep> message,
                               bool synchronised = false, const machine_constants& c = {}) {
    auto law = all_reduce_law<Rep>(m, ranks, nodes, synchronised, c);
    if (nodes > 1) {
        const auto hop = m.transport == transport_kind::efa ? c.efa_hop : c.hop;
        law.base -= static_cast<double>(rounds(nodes)) * hop;
        law.least -= static_cast<double>(rounds(nodes)) * hop;
    }
    return law.time(bus_factor(operation::all_gather, ranks) * message);
}

/// C0 on the machine: from one device to another of its node, or of another node through one NIC. Precondition: scale_up,
/// or nic, > 0.
template <class Rep>
constexpr auto send_time(const machine<Rep>& m, bool to_other_node, units::with_rep<units::volume, Rep> message,
                         const machine_constants& c = {}) {
    const auto launch = m.traits.send_launch * c.send_launch;
    if (!to_other_node) return units::with_rep<units::duration, Rep>(launch + message / (c.large_share * m.scale_up));
    const auto hop = m.transport == transport_kind::efa ? c.efa_hop : c.hop;
    return units::with_rep<units::duration, Rep>(launch + hop +
                                                 message / (m.traits.stream_share * c.stream_share * m.nic));
}

/// C6 by kernels that write straight to the NICs (DeepEP, low latency): `sent` by each rank over its NIC, to whatever node.
/// Precondition: scale_out > 0.
template <class Rep>
constexpr auto routed_exchange_time(const machine<Rep>& m, int ranks, units::with_rep<units::volume, Rep> sent,
                                    const machine_constants& c = {}) {
    return units::with_rep<units::duration, Rep>(static_cast<double>(rounds(ranks)) * c.exchange_hop +
                                                 sent / (c.network_share * m.scale_out));
}

/// Facts and traits by the name that people call a device. Rates of one device in one direction.
struct known_machine {
    const char* device = "";
    units::memory_rate scale_up{};
    units::memory_rate scale_out{};
    units::memory_rate nic{};
    in_switch sums = in_switch::none;
    machine_traits traits{};
};

// Longer names first where one begins another. Rates: stas00/ml-engineering, network, and the vendors; the traits were
// fitted on the calls that machine_constants names.
// clang-format off
inline constexpr known_machine known_machines[] = {
    {"GH200", 450_GBps, 50_GBps, 50_GBps},
    {"GB200", 900_GBps, 50_GBps, 50_GBps, in_switch::large},
    {"GB300", 900_GBps, 100_GBps, 100_GBps, in_switch::large},
    {"H100-NVL", 300_GBps, 50_GBps, 50_GBps},
    {"H100 NVL", 300_GBps, 50_GBps, 50_GBps},
    {"H100 PCIe", 64_GBps, 50_GBps, 50_GBps},
    {"H100", 450_GBps, 50_GBps, 50_GBps, in_switch::all,
     {.exposed_launch = 0.727, .send_launch = 0.92, .small_share = 1.202, .stream_share = 0.986}},
    {"H200", 450_GBps, 50_GBps, 50_GBps, in_switch::all},
    {"H800", 200_GBps, 50_GBps, 50_GBps, in_switch::all},
    {"H20", 450_GBps, 50_GBps, 50_GBps, in_switch::all},
    {"B200", 900_GBps, 50_GBps, 50_GBps, in_switch::large, {.small_share = 0.834}},
    {"B300", 900_GBps, 100_GBps, 100_GBps, in_switch::large},
    {"A100 PCIe", 32_GBps, 25_GBps, 25_GBps},
    // 8 x 200 Gb/s (microsoft/vidur, issue 43). Its sends between nodes ran at 7.7 GB/s: a trait of that machine.
    {"A100", 300_GBps, 25_GBps, 25_GBps, in_switch::none,
     {.send_launch = 1.88, .small_share = 0.93, .stream_share = 0.422}},
    {"A800", 200_GBps, 25_GBps, 25_GBps},
    {"V100", 150_GBps, 12.5_GBps, 12.5_GBps},
    {"L40S", 32_GBps, 25_GBps, 25_GBps},
    {"MI300X", 448_GBps, 50_GBps, 50_GBps},
    {"MI325X", 448_GBps, 50_GBps, 50_GBps},
    {"MI355X", 536_GBps, 50_GBps, 50_GBps},
    // Nodes of eight whose all-reduces were published without a device or NIC: facts of a usual machine, and what it reaches
    // of them.
    {"unnamed", 300_GBps, 25_GBps, 25_GBps, in_switch::none, {.network_small = 1.298, .network_share = 0.476}},
};
// clang-format on

/// By the beginning of the name, whatever its letters' case; null where there is none.
constexpr const known_machine* find_machine(const char* name) {
    const auto low = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    for (const known_machine& k : known_machines) {
        const char *a = k.device, *b = name;
        while (*a != '\0' && low(*a) == low(*b)) ++a, ++b;
        if (*a == '\0') return &k;
    }
    return nullptr;
}

/// A machine by its device's name: known_machines, else the accelerators' scale-up rate (resource/accelerators.hpp) and
/// 400 Gb/s a device, else NVLink 4. An unknown one has no traits.
constexpr machine<double> machine_of(const char* name, transport_kind transport = transport_kind::rdma) {
    machine<double> m;
    m.scale_up = 450_GBps;
    m.scale_out = m.nic = 50_GBps;
    m.transport = transport;
    if (const known_machine* k = find_machine(name)) {
        m.scale_up = k->scale_up;
        m.scale_out = k->scale_out;
        m.nic = k->nic;
        m.sums = k->sums;
        m.traits = k->traits;
    } else if (const accelerator* a = find_accelerator(name); a != nullptr && a->interconnect_rate) {
        m.scale_up = 0.5 * *a->interconnect_rate;
    }
    return m;
}

} // namespace uonaco::inline UONACO_ABI::collectives
