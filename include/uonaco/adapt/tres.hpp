// SPDX-License-Identifier: Apache-2.0
// Strings in which Slurm counts resources: TRES ("cpu=64,mem=512G,gres/gpu:h100=8") and GRES ("gpu:h100:8(S:0-1)").
#pragma once

#include "../base/result.hpp"
#include "../units/kinds.hpp"
#include "../units/maybe.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace uonaco::inline UONACO_ABI::adapt {

/// One trackable resource (slurm.schedmd.com/tres.html).
struct tres {
    std::string name{};          ///< "cpu", "mem", "billing", "gres/gpu"
    std::string type{};          ///< of a GRES: "h100"; may be empty
    maybe<units::count> count{}; ///< of "mem" in MiB; unknown where Slurm says that it is not set

    friend bool operator==(const tres&, const tres&) = default;
};

/// One generic resource (slurm.schedmd.com/gres.html).
struct gres {
    std::string name{};     ///< "gpu", "mps", "shard"
    std::string type{};     ///< may be empty
    units::count count = 1; ///< where none is stated, one
    std::string where{};    ///< in brackets: "S:0-1" sockets, "IDX:0-2" devices that are taken

    friend bool operator==(const gres&, const gres&) = default;
};

namespace detail {

inline constexpr double most_tres = 1e15; ///< of anything counted; far below where doubles stop to be whole

/// A number with a suffix K M G T P E, each 1,024 times the one before. Of memory the figure without one is in MiB, with one in bytes.
/// Rounded to whole ones; empty text, signs, other text and numbers beyond are none. Slurm's marks for "not set" and "infinite" are 2^64 - 2 and - 1
/// (and 2^32 - 2, - 1 in 32 bits, where they are told by the caller).
struct tres_number {
    bool good = false;
    maybe<units::count> count{};
};
inline tres_number read_tres_number(std::string_view text, bool memory) {
    if (text == "18446744073709551614" || text == "18446744073709551615") return {true, {}};
    double factor = memory ? 1.0 : 0.0;
    if (!text.empty()) {
        const std::size_t step = std::string_view("KMGTPE").find(text.back());
        if (step != std::string_view::npos) {
            factor = memory ? 1.0 / 1024 : 1024;
            for (std::size_t i = 0; i < step; ++i) factor *= 1024;
            text.remove_suffix(1);
        } else if (factor == 0) {
            factor = 1.0;
        }
    }
    double x = 0, digit = 1;
    bool any = false, fraction = false;
    for (const char c : text) {
        if (c == '.' && !fraction) {
            fraction = true;
            continue;
        }
        if (c < '0' || c > '9') return {};
        any = true;
        if (fraction)
            x += (c - '0') * (digit /= 10);
        else
            x = x * 10 + (c - '0');
        if (x > most_tres) return {};
    }
    if (!any || x * factor > most_tres) return {};
    return {true, static_cast<long long>(x * factor + 0.5)};
}
/// Empty, or one of the words for it.
inline bool no_resources(std::string_view text) { return text.empty() || text == "(null)" || text == "N/A"; }

} // namespace detail

/// `name=count` or `gres/name:type=count`, with commas between. The error says what is wrong with which. O(length).
inline basic_result<std::vector<tres>, std::string> parse_tres(std::string_view text) {
    using failed = std::string;
    std::vector<tres> all;
    if (detail::no_resources(text)) return all;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t comma = text.find(',', at), end = comma == text.npos ? text.size() : comma;
        const std::string_view item = text.substr(at, end - at);
        at = end + 1;
        const std::size_t equals = item.find('=');
        if (equals == item.npos || equals == 0) return failed("no name=count: \"" + std::string(item) + '"');
        std::string_view name = item.substr(0, equals);
        tres t;
        const std::size_t colon = name.find(':');
        if (colon != name.npos) {
            t.type = name.substr(colon + 1);
            name = name.substr(0, colon);
        }
        if (name.empty()) return failed("no name: \"" + std::string(item) + '"');
        t.name = name;
        const auto n = detail::read_tres_number(item.substr(equals + 1), name == "mem" || name.substr(0, 3) == "bb/");
        if (!n.good) return failed("no count: \"" + std::string(item) + '"');
        t.count = n.count;
        all.push_back(std::move(t));
    }
    return all;
}
/// The same text again: counts in full, memory in M.
inline std::string to_string(const std::vector<tres>& all) {
    std::string text;
    for (const tres& t : all) {
        if (!text.empty()) text += ',';
        text += t.name;
        if (!t.type.empty()) (text += ':') += t.type;
        text += '=';
        text += t.count ? std::to_string(*t.count) : "18446744073709551614";
        if (t.count && t.name == "mem") text += 'M';
    }
    return text;
}

/// `name[:type][:count][(where)]`, with commas between; also `name[:type]:no_consume:count`. The error says what is wrong. O(length).
inline basic_result<std::vector<gres>, std::string> parse_gres(std::string_view text) {
    using failed = std::string;
    std::vector<gres> all;
    if (detail::no_resources(text)) return all;
    for (std::size_t at = 0; at <= text.size();) {
        std::size_t end = at, open = text.npos, close = text.npos;
        int depth = 0;
        for (; end < text.size() && (depth > 0 || text[end] != ','); ++end) {
            // A type that is missing is "(null)" in some versions: it follows a colon, what is in brackets follows a count.
            if (text[end] == '(' && depth++ == 0 && (end == at || text[end - 1] != ':') && open == text.npos)
                open = end;
            if (text[end] == ')' && --depth < 0) return failed("a ')' too many");
            if (text[end] == ')' && depth == 0 && open != text.npos) close = end;
        }
        if (depth > 0) return failed("no ')'");
        std::string_view item = text.substr(at, end - at);
        gres g;
        if (open != text.npos) {
            if (close + 1 != end) return failed("something after ')': \"" + std::string(item) + '"');
            g.where = text.substr(open + 1, close - open - 1);
            item = text.substr(at, open - at);
        }
        at = end + 1;
        std::vector<std::string_view> parts;
        for (std::size_t from = 0; from <= item.size();) {
            const std::size_t colon = item.find(':', from), to = colon == item.npos ? item.size() : colon;
            const std::string_view part = item.substr(from, to - from);
            from = to + 1;
            if (part != "no_consume" || parts.empty()) parts.push_back(part);
        }
        if (parts[0].empty() || parts.size() > 3) return failed("no name[:type][:count]: \"" + std::string(item) + '"');
        g.name = parts[0];
        std::size_t typed = 1;
        if (parts.size() > 1) {
            const auto n = detail::read_tres_number(parts.back(), false);
            if (n.good && n.count)
                g.count = *n.count;
            else if (parts.size() == 3)
                return failed("no count: \"" + std::string(item) + '"');
            else
                typed = 2;
            if (parts.size() == 3) typed = 2;
        }
        if (typed == 2 && parts[1] != "(null)") g.type = parts[1];
        all.push_back(std::move(g));
    }
    return all;
}
/// As Slurm prints it.
inline std::string to_string(const std::vector<gres>& all) {
    std::string text;
    for (const gres& g : all) {
        if (!text.empty()) text += ',';
        text += g.name;
        if (!g.type.empty()) (text += ':') += g.type;
        (text += ':') += std::to_string(g.count);
        if (!g.where.empty()) ((text += '(') += g.where) += ')';
    }
    return text;
}

} // namespace uonaco::inline UONACO_ABI::adapt
