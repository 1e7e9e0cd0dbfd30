// SPDX-License-Identifier: Apache-2.0
// Exchange units by their key suffix, and what a writer probably meant who used another one.
#pragma once

#include "../units/magnitude.hpp"

#include "literal.hpp"

#include <algorithm>
#include <limits>
#include <vector>

namespace uonaco::inline UONACO_ABI::io {

/// The exchange unit of a kind, without its type.
struct unit {
    double exchange = 1.0; ///< SI value of one
    const char* suffix = "";
    const char* symbol = ""; ///< "Gb/s"; empty for pure numbers
    bool ratio = false;      ///< 0..1 unless the member says otherwise
    double least = 0;        ///< what is nearer to 0 must be 0
    double most = std::numeric_limits<double>::infinity();
};

using units::most_counted;

template <class Kind>
constexpr unit unit_of() {
    unit u{Kind::exchange, Kind::suffix, "", __is_same(Kind, units::kinds::ratio)};
    for (const units::scale& s : Kind::scales)
        if (s.factor == u.exchange) u.symbol = s.symbol;
    constexpr units::magnitude m = units::magnitude_of<Kind>();
    if (m.most > 0) u.least = m.least, u.most = m.most;
    return u;
}

namespace detail {

enum class measure : unsigned char {
    time,
    rate,
    data,
    flops,
    work,
    power,
    energy,
    mass,
    intensity,
    money_rate,
    energy_price,
    carbon_price,
    lease,
    egress,
    frequency,
    length,
    share
};
/// Suffixes seen in the wild, by what they measure, in any common unit of it.
struct known_suffix {
    std::string_view suffix;
    measure what;
    double factor;
};
inline constexpr known_suffix known_suffixes[] = {
    {"ns", measure::time, 1e-9},
    {"us", measure::time, 1e-6},
    {"usec", measure::time, 1e-6},
    {"ms", measure::time, 1e-3},
    {"msec", measure::time, 1e-3},
    {"s", measure::time, 1.0},
    {"sec", measure::time, 1.0},
    {"seconds", measure::time, 1.0},
    {"min", measure::time, 60.0},
    {"minutes", measure::time, 60.0},
    {"h", measure::time, 3600.0},
    {"hours", measure::time, 3600.0},
    {"d", measure::time, 86400.0},
    {"days", measure::time, 86400.0},
    {"bps", measure::rate, 1.0},
    {"kbps", measure::rate, 1e3},
    {"mbps", measure::rate, 1e6},
    {"gbps", measure::rate, 1e9},
    {"tbps", measure::rate, 1e12},
    {"bytes_per_s", measure::rate, 8.0},
    {"mbytes_per_s", measure::rate, 8e6},
    {"gbytes_per_s", measure::rate, 8e9},
    {"tbytes_per_s", measure::rate, 8e12},
    {"bits", measure::data, 1.0},
    {"bytes", measure::data, 8.0},
    {"kb", measure::data, 8e3},
    {"mb", measure::data, 8e6},
    {"gb", measure::data, 8e9},
    {"tb", measure::data, 8e12},
    {"pb", measure::data, 8e15},
    {"kib", measure::data, 8.0 * 1024},
    {"mib", measure::data, 8.0 * 1048576},
    {"gib", measure::data, 8.0 * 1073741824},
    {"tib", measure::data, 8.0 * 1099511627776},
    {"gflops", measure::flops, 1e9},
    {"tflops", measure::flops, 1e12},
    {"pflops", measure::flops, 1e15},
    {"eflops", measure::flops, 1e18},
    {"zflops", measure::flops, 1e21},
    {"yflops", measure::flops, 1e24},
    {"rflops", measure::flops, 1e27},
    {"qflops", measure::flops, 1e30},
    {"tflop", measure::work, 1e12},
    {"pflop", measure::work, 1e15},
    {"eflop", measure::work, 1e18},
    {"zflop", measure::work, 1e21},
    {"yflop", measure::work, 1e24},
    {"rflop", measure::work, 1e27},
    {"qflop", measure::work, 1e30},
    {"w", measure::power, 1.0},
    {"kw", measure::power, 1e3},
    {"mw", measure::power, 1e6},
    {"gw", measure::power, 1e9},
    {"j", measure::energy, 1.0},
    {"kj", measure::energy, 1e3},
    {"mj", measure::energy, 1e6},
    {"wh", measure::energy, 3.6e3},
    {"kwh", measure::energy, 3.6e6},
    {"mwh", measure::energy, 3.6e9},
    {"gwh", measure::energy, 3.6e12},
    {"g", measure::mass, 1e-3},
    {"kg", measure::mass, 1.0},
    {"t", measure::mass, 1e3},
    {"lb", measure::mass, 0.45359237},
    {"g_per_kwh", measure::intensity, 1.0},
    {"kg_per_kwh", measure::intensity, 1e3},
    {"kg_per_mwh", measure::intensity, 1.0},
    {"lb_per_mwh", measure::intensity, 0.45359237},
    {"usd_per_s", measure::money_rate, 3600.0},
    {"usd_per_h", measure::money_rate, 1.0},
    {"usd_per_hour", measure::money_rate, 1.0},
    {"usd_per_d", measure::money_rate, 1.0 / 24},
    {"usd_per_day", measure::money_rate, 1.0 / 24},
    {"usd_per_kwh", measure::energy_price, 1.0},
    {"usd_per_mwh", measure::energy_price, 1e-3},
    {"usd_per_t", measure::carbon_price, 1.0},
    {"usd_per_kg", measure::carbon_price, 1e3},
    {"usd_per_mbps_h", measure::lease, 1e3},
    {"usd_per_gbps_h", measure::lease, 1.0},
    {"usd_per_gb", measure::egress, 1.0},
    {"usd_per_gib", measure::egress, 1.0 / 1.073741824},
    {"usd_per_tb", measure::egress, 1e-3},
    {"per_s", measure::frequency, 1.0},
    {"per_min", measure::frequency, 1.0 / 60},
    {"per_h", measure::frequency, 1.0 / 3600},
    {"m", measure::length, 1.0},
    {"km", measure::length, 1e3},
    {"mi", measure::length, 1609.344},
    {"miles", measure::length, 1609.344},
    {"ratio", measure::share, 1.0},
    {"percent", measure::share, 0.01},
    {"pct", measure::share, 0.01},
};

inline const known_suffix* find_suffix(std::string_view suffix) {
    for (const known_suffix& k : known_suffixes)
        if (k.suffix == suffix) return &k;
    return nullptr;
}

/// Insertions, deletions, replacements and swaps of neighbours that make one of the other; more than `most` counts as
/// most + 1. O((|a| + |b|) most): what is further from the diagonal is too far.
inline std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most) {
    const std::size_t over = most + 1;
    if (a.size() > b.size() + most || b.size() > a.size() + most) return over;
    std::vector<std::size_t> before(b.size() + 1, over), last(b.size() + 1, over), row(b.size() + 1, over);
    for (std::size_t j = 0; j <= std::min(b.size(), most); ++j) last[j] = j;
    std::size_t nearest = 0; // of the last row
    for (std::size_t i = 1; i <= a.size(); ++i) {
        const std::size_t from = i > most ? i - most : 1, to = std::min(b.size(), i + most);
        row[from - 1] = from == 1 ? i : over;
        std::size_t least = row[from - 1];
        for (std::size_t j = from; j <= to; ++j) {
            const std::size_t replace = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({replace, last[j] + 1, row[j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
            least = std::min(least, row[j]);
        }
        if (to < b.size()) row[to + 1] = over;
        if (least >= over && nearest >= over) return over;
        nearest = least;
        before.swap(last);
        last.swap(row);
    }
    return std::min(last[b.size()], over);
}

} // namespace detail

/// A key that a record knows.
struct known_key {
    std::string_view name{};
    std::string_view suffix{};

    std::string text() const {
        std::string key(name);
        if (!suffix.empty()) (key += '_') += suffix;
        return key;
    }
    bool is(std::string_view key) const {
        if (suffix.empty()) return key == name;
        return key.size() == name.size() + 1 + suffix.size() && key.substr(0, name.size()) == name &&
               key[name.size()] == '_' && key.substr(name.size() + 1) == suffix;
    }
};

/// What an unknown key probably was to be: the index of a known one and a sentence; or no sentence.
struct suggestion {
    std::size_t index = 0;
    std::string sentence{};
};

/// The same name in another unit comes first, with the conversion, then the nearest spelling.
inline suggestion suggest(std::string_view key, const std::vector<known_key>& known) {
    for (std::size_t i = 0; i < known.size(); ++i) {
        const known_key& k = known[i];
        if (k.suffix.empty() || key.substr(0, k.name.size()) != k.name) continue;
        if (key.size() == k.name.size()) return {i, "keys carry their unit: write " + k.text()};
        if (key[k.name.size()] != '_') continue;
        const auto* meant = detail::find_suffix(k.suffix);
        const auto* used = detail::find_suffix(key.substr(k.name.size() + 1));
        if (!meant || !used || meant->what != used->what) continue;
        const double factor = used->factor / meant->factor;
        std::string sentence = "write " + k.text() + " = ";
        sentence += key;
        if (factor != 1) {
            char digits[32]; // 12 digits: 1e-3 / 1e-6 is a little more than 1000
            const double shown = factor > 1 ? factor : 1 / factor;
            const auto end = std::to_chars(digits, digits + sizeof digits, shown, std::chars_format::general, 12).ptr;
            (sentence += factor > 1 ? " x " : " / ").append(digits, end);
        }
        return {i, sentence};
    }
    if (key.size() > 64) return {};
    const std::size_t most = key.size() < 5 ? 1 : key.size() < 9 ? 2 : 3;
    std::size_t nearest = most + 1;
    suggestion best;
    for (std::size_t i = 0; i < known.size(); ++i) {
        const std::string spelled = known[i].text();
        const std::size_t distance = detail::edit_distance(key, spelled, most);
        if (distance < nearest) {
            nearest = distance;
            best = {i, "did you mean " + spelled + "?"};
            // The same name with an ending that is not known may well be another unit: a figure in it is not to be renamed only.
            const known_key& k = known[i];
            if (!k.suffix.empty() && key.substr(0, k.name.size()) == k.name && key.substr(k.name.size(), 1) == "_")
                best.sentence += " mind the unit";
        }
    }
    for (std::size_t i = 0; i < known.size() && best.sentence.empty(); ++i) {
        const std::string spelled = known[i].text();
        if (key.size() > 2 && spelled.substr(0, key.size() + 1) == std::string(key) + "_")
            best = {i, "did you mean " + spelled + "?"};
    }
    return best;
}

} // namespace uonaco::inline UONACO_ABI::io
