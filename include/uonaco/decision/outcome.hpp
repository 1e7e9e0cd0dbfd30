// SPDX-License-Identifier: Apache-2.0
// Outcome: what a candidate yields and costs, one quantity per field.
#pragma once

#include "../units/kinds.hpp"
#include "../units/maybe.hpp"

namespace uonaco::inline UONACO_ABI {

/// What was not known and had to be left out or assumed. Bits.
struct unknowns {
    enum : unsigned {
        price = 1u << 0, ///< rental of devices
        energy_price = 1u << 1,
        carbon = 1u << 2, ///< carbon intensity
        pue = 1u << 3,
        lease = 1u << 4, ///< of circuits
        egress = 1u << 5,
        set_up = 1u << 6, ///< fee of circuits
        // what has no stand-in: it counts as none there is
        wait = 1u << 7,          ///< for devices
        jitter = 1u << 8,        ///< of connections
        loss = 1u << 9,          ///< of packets
        availability = 1u << 10, ///< of sites, pools or connections
        power = 1u << 11,        ///< of devices
    };
    static constexpr int size = 12;
    static constexpr const char* words[size] = {
        "rental price",       "energy price", "carbon intensity", "PUE",         "circuit lease", "egress price",
        "circuit set-up fee", "queue wait",   "jitter",           "packet loss", "outages",       "power of devices"};
};

template <class Rep>
struct time_outcome {
    template <class Q>
    using of = units::with_rep<Q, Rep>;
    of<units::duration> queue{};
    of<units::duration> provisioning{};
    of<units::duration> staging{};
    of<units::duration> compute{};
    of<units::duration> exposed_communication{};
    of<units::duration> lost{};       ///< checkpoints, redone work, restarts; and where power is short
    of<units::duration> completion{}; ///< the sum
    of<units::duration> step{};       ///< training: one step; 0 elsewhere
    of<units::latency> first_token{}; ///< services: at the objective's percentile; 0 elsewhere
    of<units::latency> per_token{};   ///< services: of a mean one at this load, at no percentile; 0 elsewhere
    of<units::duration> outages{};    ///< expected: unavailable share of the run, as far as availability is known
    maybe<of<units::duration>>
        wait{}; ///< longest for devices at a site; unknown: the figures above count none where none
    maybe<of<units::latency>> jitter{}; ///< most of a connection; unknown: likewise
    maybe<of<units::ratio>> loss{};     ///< of packets, most of a connection; unknown: likewise

    friend constexpr bool operator==(const time_outcome&, const time_outcome&) = default;
};

template <class Rep>
struct money_outcome {
    template <class Q>
    using of = units::with_rep<Q, Rep>;
    maybe<of<units::money>> compute{};
    maybe<of<units::money>> storage{}; ///< egress of data from its site and over the network
    maybe<of<units::money>> lease{};
    maybe<of<units::money>> set_up{};
    maybe<of<units::money>> energy{}; ///< what the rental does not include
    of<units::money> outages{};       ///< expected: time.outages at the value of time
    maybe<of<units::money>> total{};

    friend constexpr bool operator==(const money_outcome&, const money_outcome&) = default;
};

template <class Rep>
struct energy_outcome {
    template <class Q>
    using of = units::with_rep<Q, Rep>;
    maybe<of<units::energy>> it{};       ///< unknown: some device's power is
    maybe<of<units::energy>> facility{}; ///< IT times PUE: what the sites' meters show
    of<units::energy> transport{};
    maybe<of<units::carbon_mass>> carbon{};
    maybe<of<units::power>> peak_power{}; ///< IT, all sites

    /// What is meant by the energy of an outcome: all that meters show, facility and transport. Unknown where the facility's is.
    constexpr maybe<of<units::energy>> total() const {
        return maybe<of<units::energy>>::where(facility.known(), facility.value_or({}) + transport);
    }

    friend constexpr bool operator==(const energy_outcome&, const energy_outcome&) = default;
};

template <class Rep>
struct reliability_outcome {
    template <class Q>
    using of = units::with_rep<Q, Rep>;
    maybe<of<units::ratio>> network{}; ///< all connections up
    maybe<of<units::ratio>> sites{};   ///< all sites and pools up
    maybe<of<units::ratio>> joint{};
    of<units::ratio> goodput{};
    of<units::ratio> attainment{};   ///< requests within their objective
    of<units::ratio> memory_share{}; ///< above 1 the model does not fit
    of<units::ratio> load{};         ///< arrivals over service rate
    of<units::ratio> utilisation{};

    friend constexpr bool operator==(const reliability_outcome&, const reliability_outcome&) = default;
};

/// Rep: double, or lanes<W> for a block.
template <class Rep>
struct outcome {
    template <class Q>
    using of = units::with_rep<Q, Rep>;
    time_outcome<Rep> time{};
    money_outcome<Rep> money{};
    energy_outcome<Rep> energy{};
    reliability_outcome<Rep> reliability{};
    maybe<of<units::ratio>>
        compute_efficiency{}; ///< time with free communication over predicted time; unknown for a transfer
    maybe<of<units::ratio>>
        network_efficiency{};     ///< useful bits over reserved rate times time; unknown without a network
    of<units::money> full_cost{}; ///< money + carbon price x carbon + value of time x completion
    maybe<of<units::ratio>>
        joint_efficiency{};    ///< full cost of the best relaxed candidate over full cost, once that is known
    units::ratio error_band{}; ///< of the family of models used: predictions lie within so much

    friend constexpr bool operator==(const outcome&, const outcome&) = default;
};

/// What turns durations into a full cost: the prices of time and carbon, and what stands in for a price that is not known.
/// They are calibration::assumed, so that no candidate's cost depends on other records of the estate; but for money of an estate in another
/// currency, where they are the highest known of it. A stand-in that is unknown itself leaves that part out, for every candidate alike.
struct valuation {
    units::price_rate value_of_time{};
    units::carbon_price carbon_price{};
    maybe<units::price_rate> price_stand_in{}; ///< of a device
    maybe<units::energy_price> energy_price_stand_in{};
    maybe<units::carbon_intensity> carbon_stand_in{};
    maybe<units::factor> pue_stand_in{};
    maybe<units::bandwidth_price> lease_stand_in{};
    maybe<units::volume_price> egress_stand_in{};
    maybe<units::money> set_up_stand_in{};
    bool money_of_estate = false;   ///< those of money are the highest known of the estate
    bool lease_from_egress = false; ///< nobody states a lease: what volume costs, at the full rate
    bool egress_from_lease = false; ///< and the reverse

    friend constexpr bool operator==(const valuation&, const valuation&) = default;
};

} // namespace uonaco::inline UONACO_ABI
