// SPDX-License-Identifier: Apache-2.0
// Fibre, the links on it, and the circuits in service; with what could be created or resized, how soon and for how much.
#pragma once

#include "../record/billing.hpp"
#include "../record/envelope.hpp"
#include "../record/protection.hpp"
#include "../record/termination.hpp"

namespace uonaco::inline UONACO_ABI {

/// Decides the speed of light: single-mode or hollow-core.
enum class fibre_type : unsigned char { smf, hcf };
template <>
inline constexpr names enum_names<fibre_type>{"smf", "hcf"};

/// Group index of the fibre. SMF 1.468 (G.652 at 1550 nm), hollow core 1.003 (published links 3.3 to 3.5 us/km); formula W1.
constexpr double group_index(fibre_type f) { return f == fibre_type::smf ? 1.468 : 1.003; }

/// One-way propagation over a length of fibre: L n_g / c (W1): 4.897 us/km in SMF, 3.346 us/km in hollow core.
constexpr units::latency propagation(units::distance length, fibre_type f) {
    return units::latency::from_si(length.si() * group_index(f) / 299792458.0);
}

/// A cable section between two nodes.
struct fibre_span {
    span_id id{};
    envelope meta{};
    node_id src_node{};
    node_id dst_node{};
    units::distance distance{};
    fibre_type fibre = fibre_type::smf;
    maybe<units::ratio> availability{};
    std::vector<units::count> srlgs{}; ///< shared-risk groups

    friend bool operator==(const fibre_span&, const fibre_span&) = default;
};

/// The layer at which a link gives capacity (TAPI layer-protocol-name).
enum class network_layer : unsigned char { ethernet, otn, fgotn, optical_channel, media };
template <>
inline constexpr names enum_names<network_layer>{"ethernet", "otn", "fgotn", "optical_channel", "media"};

enum class oper_status : unsigned char { up, down, testing };
template <>
inline constexpr names enum_names<oper_status>{"up", "down", "testing"};

/// What an operator can make on demand. Price and lead time are the offer's own where given.
struct provisioning {
    units::bit_rate rate{};        ///< at most so much, in all
    maybe<units::bit_rate> step{}; ///< in multiples of so much; unknown: any rate
    maybe<units::duration> lead_time{};
    maybe<units::money> set_up_fee{};
    bool hitless = false; ///< traffic on it goes on meanwhile

    friend constexpr bool operator==(const provisioning&, const provisioning&) = default;
};

/// Transmission between two nodes. Directed, unless `bidirectional`: then each direction has the whole capacity.
struct wan_link {
    link_id id{};
    envelope meta{};
    node_id src_node{};
    node_id dst_node{};
    bool bidirectional = false;
    network_layer layer = network_layer::otn;
    uonaco::oper_status oper_status = uonaco::oper_status::up;
    units::bit_rate capacity{}; ///< in service; 0 where all is still to be created
    maybe<units::bit_rate>
        unreserved{}; ///< of it neither promised nor taken by circuits; unknown: all but the circuits
    maybe<units::bit_rate>
        available{}; ///< of that what measured traffic leaves; carried: only what is unreserved is placed on
    maybe<provisioning> create{}; ///< new capacity for a new circuit
    maybe<provisioning> resize{}; ///< more rate for what runs already
    std::vector<span_id> spans{}; ///< fibre it runs on: distance, delay, risks where not stated here
    maybe<units::distance> distance{};
    fibre_type fibre = fibre_type::smf;
    maybe<units::latency> latency{}; ///< unknown: from the distance
    maybe<units::latency> jitter{};
    maybe<units::ratio> loss{}; ///< of packets
    maybe<units::ratio> availability{};
    std::vector<units::count> srlgs{};
    tariff_id tariff{};                                ///< who charges, once a circuit whatever its hops; or
    maybe<units::bandwidth_price> price{};             ///< the link's own lease, added up hop by hop
    maybe<units::volume_price> egress_price{};         ///< for each byte sent, where volume is billed
    maybe<units::transport_energy> transport_energy{}; ///< of all it passes; or, to be estimated,
    maybe<uonaco::termination> termination{};          ///< what ends its waves
    uonaco::security security{};
    maybe<uonaco::packet_encryption> packet_encryption{}; ///< where it encrypts packets; unknown: MACsec stands in

    friend bool operator==(const wan_link&, const wan_link&) = default;
};

/// A price list of an operator.
struct tariff {
    tariff_id id{};
    envelope meta{};
    maybe<units::bandwidth_price> lease{};      ///< a circuit's rate times its time
    maybe<units::money> set_up_fee{};           ///< each time a circuit is created
    maybe<uonaco::billing> billing{};           ///< what it counts; unknown: see counts()
    maybe<units::volume_price> volume_price{};  ///< for each byte over a circuit, whatever its hops
    maybe<units::duration> minimum_duration{};  ///< leased for less, it is billed for so long all the same
    maybe<units::duration> billing_increment{}; ///< of which begun ones count whole; 0 or unknown: to the second

    friend bool operator==(const tariff&, const tariff&) = default;
};

/// What a tariff counts: what it says, else what it states prices for. Where it states at most a lease, that is time, and whether volume
/// is billed too is for its links to say.
constexpr billing counts(const tariff& t) {
    if (t.billing) return *t.billing;
    return !t.volume_price ? billing::duration : t.lease ? billing::both : billing::volume;
}
/// Whether it says all that is billed, so that volume is free where it does not count it.
constexpr bool tells_all(const tariff& t) { return t.billing || t.volume_price; }

/// A connection in service between two sites.
struct circuit {
    circuit_id id{};
    envelope meta{};
    site_id src_site{};
    site_id dst_site{};
    std::vector<link_id> links{};        ///< in order; its rate is taken from each
    units::bit_rate rate{};              ///< each way
    maybe<units::bit_rate> unreserved{}; ///< unknown: all of it
    oper_status status = oper_status::up;
    maybe<units::transport_energy> transport_energy{}; ///< from end to end, in place of its links'; or
    maybe<uonaco::termination> termination{};          ///< what ends it, where nothing between its ends does

    friend bool operator==(const circuit&, const circuit&) = default;
};

} // namespace uonaco::inline UONACO_ABI
