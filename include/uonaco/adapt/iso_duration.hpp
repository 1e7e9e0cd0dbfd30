// SPDX-License-Identifier: Apache-2.0
// Durations as ISO 8601 writes them: PnYnMnDTnHnMnS and PnW.
#pragma once

#include "../base/math.hpp"
#include "../units/instant.hpp"

#include <charconv>
#include <string>
#include <string_view>

namespace uonaco::inline UONACO_ABI::adapt {

/// Years and months have no length of their own: they are counted from a date on. A day has 24 hours, as in UTC. Value type.
struct iso_duration {
    long long months = 0;
    double seconds = 0;

    friend constexpr bool operator==(const iso_duration&, const iso_duration&) = default;
};

/// A duration, or what is wrong with its text in a few words.
struct parsed_duration {
    maybe<iso_duration> value{};
    const char* wrong = "";
};

/// Reads ISO 8601-1:2019 5.5.2: designators in order, each once; weeks also beside days, as 8601-1:2019 has it; a decimal fraction (point or
/// comma) in the last figure only, and of months none, as they differ; a sign in front, which OpenADR 3 and 8601-2 allow. The form
/// P0003-06-04T12:30:05, which needs an agreement, is refused. O(length).
inline parsed_duration parse_iso_duration(std::string_view text) {
    struct designator {
        char letter;
        bool time;
        long long months;
        double seconds;
    };
    constexpr designator designators[] = {{'Y', false, 12, 0},    {'M', false, 1, 0},   {'W', false, 0, 604800},
                                          {'D', false, 0, 86400}, {'H', true, 0, 3600}, {'M', true, 0, 60},
                                          {'S', true, 0, 1}};
    double sign = 1;
    std::size_t at = 0;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) sign = text[at++] == '-' ? -1 : 1;
    if (at >= text.size() || text[at] != 'P') return {{}, "a duration begins with P"};
    ++at;
    iso_duration d;
    bool time = false, any = false, any_time = false, fraction = false;
    const designator* next = designators;
    while (at < text.size()) {
        if (text[at] == 'T') {
            if (time) return {{}, "T stands once"};
            time = true;
            ++at;
            continue;
        }
        if (fraction) return {{}, "only the last figure has a fraction"};
        std::size_t digits = 0;
        double figure = 0;
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++digits)
            figure = figure * 10 + (text[at] - '0');
        if (digits == 0) return {{}, "each designator follows a figure"};
        if (digits > 12) return {{}, "a figure of at most 12 digits"};
        if (at < text.size() && (text[at] == '.' || text[at] == ',')) {
            const std::size_t point = at++;
            while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
            if (at == point + 1 || at - point > 33) return {{}, "a fraction of 1 to 32 digits"};
            // Read as one decimal, so that what was written as the shortest reads back as the same double.
            std::string decimal(text.substr(point - digits, at - point + digits));
            decimal[digits] = '.';
            std::from_chars(decimal.data(), decimal.data() + decimal.size(), figure);
            fraction = true;
        }
        if (at >= text.size()) return {{}, "each figure has a designator"};
        const char letter = text[at++];
        while (next != std::end(designators) && (next->letter != letter || next->time != time)) ++next;
        if (next == std::end(designators))
            return {{}, "designators Y M W D, then T and H M S, in this order and each once"};
        if (next->months > 0) {
            const double months = figure * static_cast<double>(next->months);
            if (months != math::floor(months)) return {{}, "whole months: a part of one has no fixed length"};
            d.months += static_cast<long long>(months);
        } else {
            d.seconds += figure * next->seconds;
        }
        ++next;
        any = true;
        any_time = any_time || time;
    }
    if (!any || (time && !any_time)) return {{}, time ? "a figure after T" : "a figure after P"};
    d.months = sign < 0 ? -d.months : d.months;
    d.seconds *= sign;
    return {d, ""};
}

/// When a duration that begins at `t` ends: months first, as the calendar has them (the 31st of a month that has none is its last day), then
/// the rest (XML Schema 1.1, E.3.3). The time of day is kept in UTC.
inline instant after(instant t, const iso_duration& d) {
    if (d.months == 0) return t + units::duration::from_si(d.seconds);
    const double days = math::floor(t.unix_seconds() / 86400);
    const double of_day = t.unix_seconds() - days * 86400;
    const auto date = units::detail::civil_from_days(static_cast<long long>(days));
    const long long month = date.year * 12 + date.month - 1 + d.months;
    const long long year = month >= 0 ? month / 12 : -((11 - month) / 12);
    const auto first = [](long long y, long long m) {
        return units::detail::days_from_civil(m < 12 ? y : y + 1, m < 12 ? static_cast<int>(m) + 1 : 1, 1);
    };
    const long long from = first(year, month - year * 12), length = first(year, month - year * 12 + 1) - from;
    const long long day = from + (date.day <= length ? date.day : length) - 1;
    return instant::from_unix(static_cast<double>(day) * 86400 + of_day + d.seconds);
}

/// "PT1H30M", "PT0.5S", "-PT5M": hours, minutes and seconds, which are the same everywhere. Reads back as the same double.
/// Precondition: below 1e12 hours.
inline std::string to_iso_duration(units::duration d) {
    double s = d.si();
    std::string text = s < 0 ? "-PT" : "PT";
    if (s < 0) s = -s;
    const auto whole = [&](double unit, char letter) {
        const double n = math::floor(s / unit);
        if (n < 1) return;
        text += std::to_string(static_cast<long long>(n));
        text += letter;
        s -= n * unit;
    };
    whole(3600, 'H');
    whole(60, 'M');
    if (s > 0 || text.back() == 'T') {
        char digits[400];
        text.append(digits, std::to_chars(digits, digits + sizeof digits, s, std::chars_format::fixed).ptr);
        text += 'S';
    }
    return text;
}

} // namespace uonaco::inline UONACO_ABI::adapt
