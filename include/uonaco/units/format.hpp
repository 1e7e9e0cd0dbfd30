// SPDX-License-Identifier: Apache-2.0
// Quantities as people read them: "7.73 s", "400 Gb/s", "1.2 MWh".
#pragma once

#include "kinds.hpp"
#include "maybe.hpp"
#include "text.hpp"

namespace uonaco::inline UONACO_ABI::units {

namespace detail {
constexpr double divisor(scale s) {
    // min, h, d and k USD start later than at one of themselves: 90 s, 100 min and 50 h read better than 1.5 min, ...
    constexpr struct {
        const char* symbol;
        double si;
    } late[] = {{"min", 60.0}, {"h", 3600.0}, {"d", 86400.0}, {"k USD", 1e3}, {"M USD", 1e6}};
    for (const auto& l : late) {
        int i = 0;
        while (l.symbol[i] && l.symbol[i] == s.symbol[i]) ++i;
        if (l.symbol[i] == '\0' && s.symbol[i] == '\0') return l.si;
    }
    return s.factor;
}
} // namespace detail

/// `digits` significant digits and the largest prefix that keeps the number at or above one.
template <class K>
    requires requires { K::scales; }
constexpr text to_text(quantity<K> q, int digits = 3) {
    const double magnitude = q.si() < 0 ? -q.si() : q.si();
    scale chosen = K::scales[0];
    bool large_enough = false;
    for (const scale& s : K::scales) {
        // 999.96 of one prefix rounds to 1000: take the next prefix from there on
        if (magnitude >= s.factor * 0.9995) {
            chosen = s;
            large_enough = true;
        }
    }
    if (!large_enough && magnitude == 0)
        for (const scale& s : K::scales)
            if (s.factor == K::exchange) chosen = s;
    text out;
    detail::add_number(out, q.si() / detail::divisor(chosen), digits);
    if (chosen.symbol[0] != '\0') out.add(' ').add(chosen.symbol);
    return out;
}

template <class T>
constexpr text to_text(const maybe<T>& m, int digits = 3) {
    if (m.known()) return to_text(m.value(), digits);
    return text{}.add("unknown");
}

} // namespace uonaco::inline UONACO_ABI::units
