// SPDX-License-Identifier: Apache-2.0
// Flex Ethernet (OIF FlexE 2.1): clients of 10, 40 or m x 25 Gb/s on a calendar of slots of 5 Gb/s over bonded PHYs. There are two
// calendars, A and B: the one that is not in use is filled with what is to be, then both ends go over to it at once.
#pragma once

#include "../../units/kinds.hpp"
#include "../view.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI::flexe {

inline constexpr units::bit_rate slot = units::bit_rate::from_si(5e9);
inline constexpr unsigned slots_of_100g = 20; ///< of a 100G PHY, or of each 100G instance of a larger one

/// The least rate of a client that is not below `asked`: 10, 25, 40, 50, 75, 100 ... Gb/s. 0 if asked is not above 0, or over 100 Tb/s.
constexpr units::bit_rate client_rate_for(units::bit_rate asked) {
    const double gbps = asked.si() / 1e9;
    if (!(gbps > 0 && gbps <= 1e5)) return {};
    unsigned m = static_cast<unsigned>(gbps / 25);
    if (m * 25e9 < asked.si()) ++m;
    const unsigned whole = gbps <= 10 ? 10 : gbps > 25 && gbps <= 40 ? 40 : 25 * m;
    return units::bit_rate::from_si(whole * 1e9);
}
/// Slots of 5 Gb/s for a demand, at the rate of the client that it needs; 0 where there is none.
constexpr unsigned slots_for(units::bit_rate asked) {
    return static_cast<unsigned>(client_rate_for(asked).si() / slot.si() + 0.5);
}

/// Number of a client; what is no client has the numbers that the overhead has for it.
using client = unsigned;
inline constexpr client unused = 0;
inline constexpr client unavailable = 0xffff;

/// Bonded PHYs and their two calendars. Value type; concurrent reads are safe.
class group {
  public:
    group() = default;
    /// So many instances of 100G, each with `usable` of its 20 slots (a transport below that carries less leaves some out).
    UONACO_LAZY
    explicit group(unsigned instances, unsigned usable = slots_of_100g) {
        UONACO_ASSERT(usable <= slots_of_100g);
        auto& a = detail::late<UonacoLazy_>(slots_[0]);
        a.resize(1ul * instances * slots_of_100g);
        for (unsigned long i = 0; i < a.size(); ++i) a[i] = i % slots_of_100g < usable ? unused : unavailable;
        detail::late<UonacoLazy_>(slots_[1]) = a;
    }

    /// What traffic runs by, and what is being prepared; by instance, 20 slots each.
    view<client> in_use() const { return slots_[active_]; }
    view<client> prepared() const { return slots_[active_ ^ 1]; }
    bool uses_b() const { return active_ == 1; }
    /// Slots that a client has in use; of `unused`, how many are free.
    unsigned slots(client number) const { return count(in_use(), number); }
    unsigned slots_prepared(client number) const { return count(prepared(), number); }

    /// Prepares a client with so many slots: fewer than it has give up its last, more take the first that are free, so that no other client
    /// moves; 0 removes it. False, and nothing changes, where the calendar has too few left. Precondition: a client's number. O(slots).
    [[nodiscard]] bool prepare(client number, unsigned slots) {
        UONACO_ASSERT(number != unused && number != unavailable);
        std::vector<client>& next = slots_[active_ ^ 1];
        unsigned has = count(next, number);
        if (slots > has && slots - has > count(next, unused)) return false;
        for (unsigned long i = 0; i < next.size() && has < slots; ++i)
            if (next[i] == unused) next[i] = number, ++has;
        for (unsigned long i = next.size(); i-- > 0 && has > slots;)
            if (next[i] == number) next[i] = unused, --has;
        return true;
    }
    /// The same by rate: false too where no client has one.
    [[nodiscard]] bool prepare(client number, units::bit_rate asked) {
        const unsigned n = slots_for(asked);
        return n != 0 && prepare(number, n);
    }

    /// Both ends go over to what was prepared; what is prepared next starts from there. Clients whose slots are the same are not hit.
    UONACO_LAZY
    void switch_over() {
        active_ ^= 1;
        detail::late<UonacoLazy_>(slots_[active_ ^ 1]) = slots_[active_];
    }
    /// Forgets what was prepared.
    UONACO_LAZY
    void forget() { detail::late<UonacoLazy_>(slots_[active_ ^ 1]) = slots_[active_]; }

    friend bool operator==(const group&, const group&) = default;

  private:
    static unsigned count(view<client> calendar, client number) {
        unsigned n = 0;
        for (const client c : calendar) n += c == number;
        return n;
    }

    std::vector<client> slots_[2];
    unsigned active_ = 0;
};

} // namespace uonaco::inline UONACO_ABI::flexe
