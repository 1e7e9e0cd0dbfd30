// SPDX-License-Identifier: Apache-2.0
// Every constant of the formulas that is not physics: a default with its source, each of which a caller may override.
#pragma once

#include "../record/device_type.hpp"
#include "../record/precision.hpp"
#include "../units/literals.hpp"

namespace uonaco::inline UONACO_ABI {

namespace training_step {

/// What no data sheet says. Fitted together with the deviations of stacks on 64 published steps (bench/accuracy/data/training.csv:
/// A100 and H100, 8 to 12288 devices, 1.7 to 1008 billion parameters); variants of one model by their number of GPUs count
/// together as the square root of that number. Each is common to all devices and stacks, but for `ampere` and `hopper`.
struct constants {
    units::factor sustained = 0.865; ///< rate of large products over hours, against the best measured
    units::factor ampere = 1.03;     ///< of that, by generation
    units::factor hopper = 0.97;
    units::factor narrow = 1.03;     ///< of that, where products take 8 bits
    units::factor edge = 0.333;      ///< loss of small products: this x peak/memory rate x (1/m + 1/n + 1/k)
    units::factor attention = 0.626; ///< rate of fused attention, against the best measured product
    units::factor traffic = 0.928;   ///< time of what only moves data, against counted bytes over the memory rate
    units::factor cast_bytes = 11.0; ///< a number: scaled, quantised and transposed before a product of 8 bits
    units::ratio scale_up = 0.792;   ///< rate of collectives inside a node, against one direction of the fast tier
    units::ratio scale_out = 0.61;   ///< and between nodes, against the NICs
    units::duration fixed = units::duration::from_si(0.0957); ///< a step: data, scalars reduced, launch
    units::factor untuned = 1.08; ///< computation under stacks whose recipes no vendor tuned
    /// Of a ring between nodes, a step. Not fitted: NCCL's tuner (src/graph/tuning.cc) has 2.7 to 14 us by protocol.
    units::latency hop = units::latency::from_si(10e-6);
    /// Rate of dispatch and combine between nodes, against the NIC. Not fitted: DeepEP's README has 43 GB/s among 16 ranks of H800 with
    /// 50 GB/s each (and inside a node 153 to 158 of 200, as scale_up has it).
    units::ratio dispatch_out = 0.86;

    friend constexpr bool operator==(const constants&, const constants&) = default;
};

} // namespace training_step

/// What counts in the full cost where nobody states a figure. Of the published the dearest, so that to say nothing is seldom worth it, and
/// never figures of other records of the estate: what one candidate costs does not depend on what else there is. Money in USD.
struct assumptions {
    units::factor pue = 2.5; ///< the highest industry average ever published: 2007; 1.58 in 2023 (Uptime Institute)
    units::carbon_intensity carbon_intensity =
        910_g_per_kWh; ///< coal over its life cycle, upper end (IPCC AR5 WG III, annex III)
    units::price_rate price =
        23.3_usd_per_h; ///< of a device: dearest of 2,735 list prices (Azure ND96isr H100 v5, South Africa West, 2026)
    units::energy_price energy_price =
        0.30_usd_per_kWh; ///< 0.276 EUR in Cyprus, the highest for business in the EU (Eurostat, second half of 2023)
    units::bandwidth_price lease =
        0.60_usd_per_Gbps_h; ///< 0.03 USD/h for 50 Mb/s, the dearest port a bit (AWS Direct Connect)
    units::volume_price egress = 0.19_usd_per_GB; ///< dearest between regions of clouds (Skyplane's table of prices)
    units::money set_up = 1400_usd;               ///< of a leased line (Verizon service guide, EPL metro)

    friend constexpr bool operator==(const assumptions&, const assumptions&) = default;
};

struct calibration {
    // training
    units::factor flops_per_parameter = 6.0;  ///< a token, forward and backward, dense (F1; Kaplan et al. 2020)
    units::factor backward_share = 2.0 / 3.0; ///< of the compute of a step (S5): backward costs twice the forward
    units::ratio overlap = 0.6;               ///< phi: share of the backward pass that hides communication (S5)
    /// Last buckets plus round trips that show after each exchange (S5's T_tail). None by default: phi below 1 already
    /// leaves the share of the last buckets uncovered.
    units::factor exposed_tail = 0.0;
    units::volume bucket = 25_MB;          ///< of gradients sent together (PyTorch DDP's bucket_cap_mb)
    units::latency collective_step = 0_us; ///< alpha: a step's overhead beyond propagation (C9)
    units::ratio mfu_bf16 = 0.45; ///< of accelerators: middle of 0.40-0.55 published for H100 and A100, dense (M1)
    units::ratio mfu_fp8 = 0.36;  ///< of the FP8 peak: middle of 0.30-0.42 published for H100 (M1)
    units::ratio mfu_cpu = 0.0;   ///< of processors: no figure holds for all, so a pool or a training states its own
    training_step::constants
        step{}; ///< of a step inside a site, where the model's shape is known and no MFU is stated (M1)
    units::factor optimizer_bytes = 12.0;    ///< a parameter: fp32 weight and Adam's two moments (MEM1)
    units::factor weight_bytes = 2.0;        ///< a parameter, bf16 (MEM1)
    units::factor activation_working = 34.0; ///< bytes x s b h of the layer at work, flash attention (MEM2)
    units::factor activation_kept = 2.0;     ///< bytes x s b h a layer, full recompute (MEM2)
    // failures
    units::duration device_mtbf =
        50700_h; ///< where a pool states none: 419 stops in 54 days on 16,384 H100 (R3, Llama 3)
    units::duration checkpoint_time = 60_s; ///< delta of R4
    units::duration restart_time = 300_s;   ///< r of R4
    units::duration repair_time = 12_h;     ///< MTTR of a cable (R1; published 6 to 24 h)
    // inference
    units::ratio prefill_efficiency = 0.51;                 ///< eta_p (I3, fitted on published throughput tables)
    units::ratio decode_efficiency = 0.34;                  ///< eta_c (I3)
    units::ratio memory_efficiency = 0.98;                  ///< eta_m (I3)
    units::duration decode_overhead = 5.8_ms;               ///< o_1 (I3)
    units::duration decode_overhead_per_sequence = 10.6_us; ///< o_2 (I3)
    units::ratio usable_memory = 0.88;                      ///< of a device, for weights and KV cache (I3)
    units::factor output_resident = 0.75; ///< share of the output tokens in the cache of a mean sequence (I3)
    units::volume token_volume = 4.0 * 1_kB / 1000.0; ///< of text on the wire: about 4 bytes a token of English
    // network
    units::volume packet = 4.096_kB;         ///< RoCE MTU (W3)
    units::volume packet_response = 3.84_kB; ///< pause response time of a port, in bytes (W5, IEEE 802.1Qbb)
    // energy
    units::ratio training_load = 0.9;   ///< u while training or prefilling: 0.85-1 (E1)
    units::ratio decode_load = 0.6;     ///< u while decoding: 0.5-0.7, bandwidth-bound (E1)
    units::ratio idle_share = 0.13;     ///< of the most a device draws, where its idle power is not stated: mean of the
                                        ///< twelve of the accelerator table that have both (E1)
    units::power device_power = 1400_W; ///< where nobody states one: most of the accelerator table, GB300 (E1)
    units::power host_power = 375_W;    ///< of the server a device: 2.4 kW + 0.6 kW of fans over 8 devices (E2)
    assumptions assumed{};              ///< in place of prices, PUE and carbon that nobody states

    friend constexpr bool operator==(const calibration&, const calibration&) = default;

    /// Default model FLOP utilisation of a device class at a precision.
    constexpr units::ratio mfu(device_type type, precision p) const {
        if (type == device_type::cpu) return mfu_cpu;
        return p == precision::fp8 || p == precision::int8 || p == precision::fp4 ? mfu_fp8 : mfu_bf16;
    }
};

/// Nine in ten predictions of what was held out of the fit lie within so much: p90 of the left-out errors of families `training` and
/// `inference` in docs/accuracy.md, rounded up to a whole per cent (scripts/update_accuracy.py checks it). Of transfers an estimate.
struct error_bands {
    units::ratio training = 0.09;
    units::ratio inference = 0.52;
    units::ratio session = 0.52;
    units::ratio known_replica = 0.30; ///< of services whose model's shape is known: batching in the steady state
    units::ratio transfer = 0.05;
};

} // namespace uonaco::inline UONACO_ABI
