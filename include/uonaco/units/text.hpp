// SPDX-License-Identifier: Apache-2.0
// text: a short printed value without a heap, a locale or <string>.
#pragma once

#include "../base/config.hpp"

namespace uonaco::inline UONACO_ABI::units {

/// At most 47 characters, always terminated; what does not fit is cut.
class text {
  public:
    constexpr const char* c_str() const { return chars_; }
    constexpr int size() const { return size_; }
    constexpr text& add(char c) {
        if (size_ < capacity) {
            chars_[size_++] = c;
            chars_[size_] = '\0';
        }
        return *this;
    }
    constexpr text& add(const char* s) {
        while (*s) add(*s++);
        return *this;
    }
    constexpr text& add_padded(long long n, int width) {
        char digits[20]{};
        int used = 0;
        for (; n > 0 || used < width; n /= 10) digits[used++] = static_cast<char>('0' + n % 10);
        while (used > 0) add(digits[--used]);
        return *this;
    }
    friend constexpr bool operator==(const text& a, const char* b) {
        int i = 0;
        while (i < a.size_ && b[i] == a.chars_[i]) ++i;
        return i == a.size_ && b[i] == '\0';
    }

  private:
    static constexpr int capacity = 47;
    char chars_[capacity + 1]{};
    int size_ = 0;
};

namespace detail {
/// `x` rounded to `digits` significant digits (half away from zero), trailing zeros dropped: 7.73, 400, 0.0012, 1.2e-9.
constexpr void add_number(text& out, double x, int digits) {
    if (x < 0) {
        out.add('-');
        x = -x;
    }
    if (x - x != 0) { // never a result of this library, but people print what they like
        out.add(x == x ? "infinite" : "not a number");
        return;
    }
    if (!(x > 0)) {
        out.add('0');
        return;
    }
    int exponent = 0; // of the first digit
    double m = x;
    for (; m >= 10 && exponent < 400; ++exponent) m /= 10;
    for (; m < 1 && exponent > -400; --exponent) m *= 10;
    long long limit = 1;
    for (int i = 0; i < digits; ++i) limit *= 10;
    long long n = static_cast<long long>(m * (static_cast<double>(limit) / 10) + 0.5);
    if (n >= limit) {
        n /= 10;
        ++exponent;
    }
    const bool plain = exponent >= -4 && exponent < 15;
    int point = plain ? exponent : 0; // digits before the point, less one
    char d[24]{};
    for (int i = digits - 1; i >= 0; --i, n /= 10) d[i] = static_cast<char>('0' + n % 10);
    int last = digits - 1;
    while (last > 0 && d[last] == '0') --last;
    if (point < 0) {
        out.add("0.");
        for (int i = -1; i > point; --i) out.add('0');
        for (int i = 0; i <= last; ++i) out.add(d[i]);
    } else {
        for (int i = 0; i <= point || i <= last; ++i) {
            if (i == point + 1) out.add('.');
            out.add(i <= last ? d[i] : '0');
        }
    }
    if (!plain) {
        out.add('e');
        if (exponent < 0) out.add('-');
        out.add_padded(exponent < 0 ? -exponent : exponent, 1);
    }
}
} // namespace detail

/// A plain number with `digits` significant digits.
constexpr text to_text(double x, int digits = 3) {
    text out;
    detail::add_number(out, x, digits);
    return out;
}

} // namespace uonaco::inline UONACO_ABI::units
