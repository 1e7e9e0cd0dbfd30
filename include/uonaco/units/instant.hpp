// SPDX-License-Identifier: Apache-2.0
// instant: a point in time, RFC 3339 at the edges. No clock is read anywhere: the caller says what time it is.
#pragma once

#include "kinds.hpp"
#include "maybe.hpp"
#include "text.hpp"

namespace uonaco::inline UONACO_ABI::units {

/// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted (as POSIX and RFC 3339 arithmetic have it).
class instant {
  public:
    constexpr instant() = default;
    static constexpr instant from_unix(double seconds) {
        instant t;
        t.seconds_ = seconds;
        return t;
    }
    constexpr double unix_seconds() const { return seconds_; }

    friend constexpr instant operator+(instant t, duration d) { return from_unix(t.seconds_ + d.si()); }
    friend constexpr instant operator-(instant t, duration d) { return from_unix(t.seconds_ - d.si()); }
    friend constexpr duration operator-(instant a, instant b) { return duration::from_si(a.seconds_ - b.seconds_); }
    friend constexpr bool operator==(instant a, instant b) { return a.seconds_ == b.seconds_; }
    friend constexpr bool operator<(instant a, instant b) { return a.seconds_ < b.seconds_; }
    friend constexpr bool operator<=(instant a, instant b) { return a.seconds_ <= b.seconds_; }
    friend constexpr bool operator>(instant a, instant b) { return b < a; }
    friend constexpr bool operator>=(instant a, instant b) { return b <= a; }

  private:
    double seconds_ = 0.0;
};

namespace detail {
// Days since 1970-01-01 in the proleptic Gregorian calendar: whole 400-year eras, then the year from March on.
constexpr long long days_from_civil(long long year, int month, int day) {
    year -= month <= 2 ? 1 : 0;
    const long long era = (year >= 0 ? year : year - 399) / 400;
    const long long of_era = year - era * 400;
    const long long of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}
struct civil {
    long long year;
    int month;
    int day;
};
constexpr civil civil_from_days(long long days) {
    days += 719468;
    const long long era = (days >= 0 ? days : days - 146096) / 146097;
    const long long of_era = days - era * 146097;
    const long long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const long long of_year = of_era - (365 * year + year / 4 - year / 100);
    const int shifted = static_cast<int>((5 * of_year + 2) / 153);
    const int month = shifted < 10 ? shifted + 3 : shifted - 9;
    const int day = static_cast<int>(of_year - (153 * shifted + 2) / 5 + 1);
    return {year + era * 400 + (month <= 2 ? 1 : 0), month, day};
}
constexpr bool digits(const char* text, int size, int at, int n, int& value) {
    if (at + n > size) return false;
    value = 0;
    for (int i = at; i < at + n; ++i) {
        if (text[i] < '0' || text[i] > '9') return false;
        value = value * 10 + (text[i] - '0');
    }
    return true;
}
} // namespace detail

/// Reads RFC 3339 date-times with an offset ("2023-01-16T00:00:00Z", "...+01:00", fractions of a second). Unknown if `text` is none.
/// A leap second, which only 23:59:60 UTC can be, is the same instant as the second after it.
constexpr maybe<instant> parse_instant(const char* text, int size) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    const bool shape =
        size >= 20 && detail::digits(text, size, 0, 4, year) && text[4] == '-' &&
        detail::digits(text, size, 5, 2, month) && text[7] == '-' && detail::digits(text, size, 8, 2, day) &&
        (text[10] == 'T' || text[10] == 't') && detail::digits(text, size, 11, 2, hour) && text[13] == ':' &&
        detail::digits(text, size, 14, 2, minute) && text[16] == ':' && detail::digits(text, size, 17, 2, second);
    if (!shape || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 60) return {};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (day > lengths[month - 1] + (leap && month == 2 ? 1 : 0)) return {};

    int at = 19;
    double fraction = 0.0;
    if (text[at] == '.') {
        double unit = 0.1;
        if (++at >= size || text[at] < '0' || text[at] > '9') return {};
        for (; at < size && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10) fraction += unit * (text[at] - '0');
    }
    if (at >= size) return {};
    int offset = 0;
    if (text[at] == 'Z' || text[at] == 'z') {
        ++at;
    } else {
        int h = 0, m = 0;
        const bool signed_ = text[at] == '+' || text[at] == '-';
        if (!signed_ || !detail::digits(text, size, at + 1, 2, h) || at + 3 >= size || text[at + 3] != ':' ||
            !detail::digits(text, size, at + 4, 2, m) || h > 23 || m > 59)
            return {};
        offset = (text[at] == '-' ? -1 : 1) * (h * 3600 + m * 60);
        at += 6;
    }
    if (at != size) return {};
    constexpr int day_length = 86400;
    if (second == 60 && (hour * 3600 + minute * 60 - offset + 2 * day_length) % day_length != day_length - 60)
        return {};
    const double whole = static_cast<double>(detail::days_from_civil(year, month, day)) * 86400.0 + hour * 3600 +
                         minute * 60 + second - offset;
    return instant::from_unix(whole + fraction);
}

/// "2023-01-16T00:00:00Z"; milliseconds only where there are any. Precondition: years 0000 to 9999.
constexpr text to_text(instant t) {
    const double shifted = t.unix_seconds() * 1000.0;
    long long ms = static_cast<long long>(shifted < 0 ? shifted - 0.5 : shifted + 0.5);
    long long days = ms / 86400000;
    if (ms % 86400000 < 0) --days;
    ms -= days * 86400000;
    const auto date = detail::civil_from_days(days);
    text out;
    out.add_padded(date.year, 4).add('-').add_padded(date.month, 2).add('-').add_padded(date.day, 2).add('T');
    out.add_padded(ms / 3600000, 2).add(':').add_padded(ms / 60000 % 60, 2).add(':').add_padded(ms / 1000 % 60, 2);
    if (ms % 1000 != 0) out.add('.').add_padded(ms % 1000, 3);
    return out.add('Z');
}

} // namespace uonaco::inline UONACO_ABI::units

namespace uonaco::inline UONACO_ABI {
using units::instant;
}
