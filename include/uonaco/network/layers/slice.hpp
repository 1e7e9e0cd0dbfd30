// SPDX-License-Identifier: Apache-2.0
// A slice of a network: in which layer, in how many pieces of which size, how hard its edges are, how soon it changes, and what is
// lost because pieces are whole.
#pragma once

#include "fgotn.hpp"
#include "flexe.hpp"

#include "../../units/maybe.hpp"

namespace uonaco::inline UONACO_ABI {

enum class slice_layer : unsigned char { wavelength, odu_flex, fgotn, flexe, packet };
template <>
inline constexpr names enum_names<slice_layer>{"wavelength", "odu_flex", "fgotn", "flexe", "packet"};

/// A way to cut slices.
struct slice_kind {
    slice_layer layer = slice_layer::packet;
    units::bit_rate granule{};       ///< 0: any rate
    bool hard = false;               ///< nobody else's traffic can delay it
    maybe<units::duration> resize{}; ///< from the order to the new rate, end to end
    bool hitless = false;            ///< traffic goes on meanwhile
};

/// Kinds that networks have. Times of change: a wavelength's rate, less than 0.9 s from end to end (J. Opt. Commun. Netw. 9, A170, 2017);
/// ODUflex (ITU-T G.7044) and fine grain OTN, milliseconds to seconds in the data plane, here 1 s; others: not stated.
namespace slices {
/// A whole wavelength whose transceivers have steps of so much.
constexpr slice_kind wavelength(units::bit_rate step) {
    return {slice_layer::wavelength, step, true, units::duration::from_si(0.9), true};
}
/// The step of ODUflex is that of its first eight slots; how many it takes is otn::client_slots().
inline constexpr slice_kind odu_flex{slice_layer::odu_flex, otn::flex_rate(1), true, units::duration::from_si(1.0),
                                     true};
inline constexpr slice_kind fine_grain{slice_layer::fgotn, fgotn::slot, true, units::duration::from_si(1.0), true};
inline constexpr slice_kind flex_ethernet{slice_layer::flexe, flexe::slot, true, {}, true};
/// Segment routing with an identifier of the slice: queues of their own are hard, a share of a common one is soft.
inline constexpr slice_kind hard_queue{slice_layer::packet, {}, true, {}, true};
inline constexpr slice_kind soft_queue{slice_layer::packet, {}, false, {}, true};
} // namespace slices

/// A slice as it is cut. False if there is none.
struct slice {
    slice_kind kind{};
    unsigned count = 0;     ///< of granules; 1 where any rate goes
    units::bit_rate rate{}; ///< that its client may send; not below what was asked for

    constexpr explicit operator bool() const { return count != 0; }
};

/// The least slice of a kind for a rate; none if the rate is not above 0, no number, or more than the kind has pieces for. O(1).
constexpr slice slice_for(const slice_kind& kind, units::bit_rate asked) {
    if (!(asked.si() > 0 && asked.si() < 1e18)) return {};
    slice s{kind, 0, {}};
    if (kind.layer == slice_layer::odu_flex) {
        s.count = otn::client_slots(asked);
        s.rate = otn::client_rate(s.count);
        if (s.count != 0 && s.rate < asked) s.rate = asked; // 238/239 of 239/238, rounded
    } else if (kind.layer == slice_layer::flexe) {
        s.rate = flexe::client_rate_for(asked);
        s.count = flexe::slots_for(asked);
    } else if (kind.granule.si() > 0) {
        s.count = otn::detail::pieces(asked, kind.granule,
                                      kind.layer == slice_layer::fgotn ? fgotn::most_slots(otn::odu::odu2) : 1u << 30);
        s.rate = kind.granule * static_cast<double>(s.count);
    } else {
        s.count = 1;
        s.rate = asked;
    }
    return s.count != 0 ? s : slice{};
}

/// What whole granules cost over what is asked: ceil(r/g) g/r - 1, of a slice in plain granules. Precondition: a slice for `asked`.
constexpr units::ratio rounding_loss(const slice& s, units::bit_rate asked) {
    return units::ratio(s.rate.si() / asked.si() - 1);
}

/// What a slice has to be.
struct slice_needs {
    bool hard = false;
    bool hitless = false;
    maybe<units::duration> resize_within{}; ///< a kind whose time is not known does not meet it
};

/// Of several kinds the slice that wastes least and meets the needs; of equal ones the first. None if no kind does. O(kinds).
constexpr slice least_loss(view<slice_kind> kinds, units::bit_rate asked, const slice_needs& needs = {}) {
    slice best;
    for (const slice_kind& k : kinds) {
        if ((needs.hard && !k.hard) || (needs.hitless && !k.hitless)) continue;
        if (needs.resize_within && !(k.resize && *k.resize <= *needs.resize_within)) continue;
        const slice s = slice_for(k, asked);
        if (s && (!best || s.rate < best.rate)) best = s;
    }
    return best;
}

} // namespace uonaco::inline UONACO_ABI
