// SPDX-License-Identifier: Apache-2.0
// Amounts as Kubernetes spells them: "500m", "1536Mi", "12e6". Fixed point, never through a double.
#pragma once

#include "../base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace uonaco::inline UONACO_ABI::adapt {

/// A resource.Quantity of Kubernetes (k8s.io/apimachinery, pkg/api/resource): a number of at most 2^63 - 1 in magnitude in whole
/// billionths, and the family of suffixes it was written with, which it is written with again. Value type.
class resource_quantity {
  public:
    enum class family : unsigned char {
        decimal,  ///< n u m, none, k M G T P E
        binary,   ///< Ki Mi Gi Ti Pi Ei
        exponent, ///< e3, E-3
    };
    static constexpr std::uint64_t most = 9223372036854775807u; ///< 2^63 - 1
    static constexpr std::size_t longest = 256;                 ///< characters of a text that is read

    resource_quantity() = default;
    /// A whole number. Precondition: it is not the least of all, whose magnitude is more than `most`.
    explicit resource_quantity(long long whole, family f = family::decimal)
        : whole_(static_cast<std::uint64_t>(whole < 0 ? -whole : whole)), negative_(whole < 0), family_(f) {
        UONACO_ASSERT(whole_ <= most);
    }

    /// `<sign> <digits> [. <digits>] <suffix>`, with digits on either side of the point at least. What is finer than a billionth is rounded
    /// away from zero, as Kubernetes does. Beyond 2^63 - 1 is an error; Kubernetes would take it for 2^63 - 1 with a binary suffix. The error
    /// says what is wrong. O(length).
    static basic_result<resource_quantity, std::string> parse(std::string_view text) {
        using failed = std::string;
        if (text.size() > longest) return failed("more than " + std::to_string(longest) + " characters");
        std::size_t at = 0;
        const auto digit = [&] { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
        const bool negative = at < text.size() && text[at] == '-';
        if (negative || (at < text.size() && text[at] == '+')) ++at;
        std::string digits; // without leading zeros
        std::size_t read = 0;
        long long point = 0; // of 0.digits x 10^point
        const auto take = [&](int each) {
            for (; digit(); ++at, ++read) {
                const bool leading = digits.empty() && text[at] == '0';
                if (!leading) digits += text[at];
                if (each > 0 ? !leading : leading) point += each;
            }
        };
        take(1);
        if (at < text.size() && text[at] == '.') {
            ++at;
            take(-1);
        }
        if (read == 0) return failed("no digits");
        const suffix unit = suffix_of(text.substr(at));
        if (!unit.known) return failed("a suffix that is none");
        resource_quantity q;
        q.family_ = unit.form;
        if (digits.empty()) return q;
        point += unit.tens;
        if (point > 19) return failed("more than 2^63 - 1");
        std::uint64_t whole = 0; // of at most 19 digits, so that it fits
        std::size_t next = 0;
        for (long long i = 0; i < point; ++i)
            whole = whole * 10 + (next < digits.size() ? static_cast<std::uint64_t>(digits[next++] - '0') : 0);
        if (whole > most >> unit.twos) return failed("more than 2^63 - 1");
        // The fraction times 2^twos billionths, from its last digit on: a floor of a floor is the floor of all.
        const wide step = wide(billion) << unit.twos;
        wide part = 0;
        bool rest = false;
        const auto tenth = [&](wide x) {
            rest = rest || x % 10 != 0;
            part = x / 10;
        };
        for (std::size_t i = digits.size(); i-- > next;) tenth(step * static_cast<unsigned>(digits[i] - '0') + part);
        for (long long zeros = -point; zeros > 0 && part > 0; --zeros) tenth(part);
        const wide all = (wide(whole) << unit.twos) * billion + part + (rest ? 1 : 0);
        if (all > wide(most) * billion) return failed("more than 2^63 - 1");
        q.negative_ = negative;
        q.whole_ = static_cast<std::uint64_t>(all / billion);
        q.billionths_ = static_cast<std::uint32_t>(all % billion);
        return q;
    }

    bool negative() const { return negative_; }
    std::uint64_t whole() const { return whole_; }           ///< magnitude without its fraction
    std::uint32_t billionths() const { return billionths_; } ///< of the magnitude's fraction
    family written_as() const { return family_; }
    bool is_whole() const { return billionths_ == 0; }
    /// To the nearest double, or one beside it.
    double value() const {
        const double magnitude = static_cast<double>(whole_) + static_cast<double>(billionths_) * 1e-9;
        return negative_ ? -magnitude : magnitude;
    }
    /// The whole number that covers it: away from zero, as Quantity.Value() of Kubernetes. It is held to 2^63 - 1.
    long long covering() const {
        const auto magnitude = static_cast<long long>(whole_ + (billionths_ > 0 && whole_ < most ? 1 : 0));
        return negative_ ? -magnitude : magnitude;
    }
    /// With at most three decimals, away from zero: all that the documentation of the interface promises to keep. "0.1m" is "1m" then.
    resource_quantity in_thousandths() const {
        resource_quantity q = *this;
        const std::uint32_t over = billionths_ % 1000000;
        if (over > 0) q.billionths_ += 1000000 - over;
        if (q.billionths_ == billion) q.billionths_ = 0, q.whole_ += q.whole_ < most ? 1 : 0;
        return q;
    }

    /// The one spelling that Kubernetes itself gives: no fraction, the greatest suffix of its family that leaves a whole number. Binary
    /// suffixes give way to decimal ones below 1024 and where there is a fraction.
    std::string to_string() const {
        if (whole_ == 0 && billionths_ == 0) return "0";
        std::string text = negative_ ? "-" : "";
        if (family_ == family::binary && billionths_ == 0 && whole_ >= 1024) {
            std::uint64_t left = whole_;
            int step = 0;
            for (; left % 1024 == 0; ++step) left /= 1024;
            text += std::to_string(left);
            if (step > 0) (text += "KMGTPE"[step - 1]) += 'i';
            return text;
        }
        wide left = wide(whole_) * billion + billionths_;
        int tens = -9;
        for (; left % 1000 == 0; tens += 3) left /= 1000;
        std::string digits;
        for (; left > 0; left /= 10)
            digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(left % 10)));
        text += digits;
        if (tens == 0) return text;
        if (family_ == family::exponent) return text + "e" + std::to_string(tens);
        return text + "num kMGTPE"[tens / 3 + 3];
    }

    /// Of the value, however it is written.
    friend bool operator==(const resource_quantity& a, const resource_quantity& b) {
        return a.whole_ == b.whole_ && a.billionths_ == b.billionths_ &&
               (a.negative_ == b.negative_ || (a.whole_ == 0 && a.billionths_ == 0));
    }

  private:
    __extension__ using wide = unsigned __int128;
    static constexpr std::uint32_t billion = 1000000000;

    struct suffix {
        bool known = false;
        family form = family::decimal;
        long long tens = 0;
        unsigned twos = 0;
    };
    static suffix suffix_of(std::string_view s) {
        if (s.empty()) return {true};
        constexpr std::string_view decimal = "num kMGTPE";
        if (s.size() == 1 && s[0] != ' ' && decimal.find(s[0]) != decimal.npos)
            return {true, family::decimal, 3 * (static_cast<long long>(decimal.find(s[0])) - 3)};
        if (s.size() == 2 && s[1] == 'i') {
            const std::size_t step = std::string_view("KMGTPE").find(s[0]);
            if (step == s.npos) return {};
            return {true, family::binary, 0, 10 * static_cast<unsigned>(step + 1)};
        }
        if (s[0] != 'e' && s[0] != 'E') return {};
        s.remove_prefix(1);
        const bool down = s.substr(0, 1) == "-";
        if (down || s.substr(0, 1) == "+") s.remove_prefix(1);
        if (s.empty()) return {};
        long long tens = 0;
        for (const char c : s) {
            if (c < '0' || c > '9') return {};
            if (tens < 1000000) tens = tens * 10 + (c - '0'); // beyond, it is too great or next to nothing all the same
        }
        return {true, family::exponent, down ? -tens : tens};
    }

    std::uint64_t whole_ = 0;
    std::uint32_t billionths_ = 0;
    bool negative_ = false;
    family family_ = family::decimal;
};

} // namespace uonaco::inline UONACO_ABI::adapt
