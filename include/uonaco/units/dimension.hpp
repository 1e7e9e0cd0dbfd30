// SPDX-License-Identifier: Apache-2.0
// Exponents of the base dimensions. Tokens, requests and devices are counts: they have none.
#pragma once

#include "../base/config.hpp"

namespace uonaco::inline UONACO_ABI::units {

/// Exponents over seconds, bits, floating-point operations, joules, currency units, kilograms of CO2-equivalent, metres.
struct dimension {
    // g++ 12 needs every `= 0`: without them a computed dimension and a spelled one are two types.
    int time = 0;
    int data = 0;
    int flop = 0;
    int energy = 0;
    int money = 0;
    int carbon = 0;
    int length = 0;

    friend constexpr bool operator==(dimension, dimension) = default;
    friend constexpr dimension operator*(dimension a, dimension b) {
        return {a.time + b.time,   a.data + b.data,     a.flop + b.flop,    a.energy + b.energy,
                a.money + b.money, a.carbon + b.carbon, a.length + b.length};
    }
    friend constexpr dimension operator/(dimension a, dimension b) {
        return {a.time - b.time,   a.data - b.data,     a.flop - b.flop,    a.energy - b.energy,
                a.money - b.money, a.carbon - b.carbon, a.length - b.length};
    }
};

inline constexpr dimension one{};

} // namespace uonaco::inline UONACO_ABI::units
