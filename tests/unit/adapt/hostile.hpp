// SPDX-License-Identifier: Apache-2.0
// Texts that wish an adapter no good: a sample cut short, and with each of its values replaced by what nobody expects there.
#pragma once

#include "catch.hpp"

#include <uonaco/io/dump.hpp>
#include <uonaco/io/parse.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace adapt_test {

inline std::string file(const char* path) {
    std::ifstream in(path);
    REQUIRE(in);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}
/// How many times as many random cases as usual are tried.
inline int times() {
    const char* asked = std::getenv("UONACO_TIMES");
    return asked ? std::max(1, std::atoi(asked)) : 1;
}

/// Calls f(text) with the sample cut at each of about 50 places, and with each value in turn replaced.
template <class F>
void hostile(const std::string& sample, F f) {
    for (std::size_t cut = 0; cut < sample.size(); cut += sample.size() / 50 + 1) f(sample.substr(0, cut));
    uonaco::io::document d;
    uonaco::io::problems found;
    REQUIRE(uonaco::io::parse(sample, d, found));
    const char* others[] = {"null",
                            "true",
                            "-1",
                            "1e300",
                            "0.5",
                            "\"\"",
                            "\"\\u0001x/~\"",
                            "[[]]",
                            "[{}]",
                            "{\"\": {}}",
                            "\"9223372036854775807\""};
    const std::size_t values = d.size();
    for (std::size_t at = 0; at < values; ++at) {
        // The text with the value at that place left out, to be filled.
        std::string before, after;
        std::size_t n = 0;
        const auto write = [&](auto self, uonaco::io::value v) -> void {
            std::string& out = n > at ? after : before;
            if (n++ == at) {
                std::string skipped;
                std::size_t inside = 0;
                const auto count = [&](auto again, uonaco::io::value w) -> void {
                    ++inside;
                    for (const uonaco::io::value x : w) again(again, x);
                };
                count(count, v);
                n += inside - 1;
                return;
            }
            const bool object = v.is(uonaco::io::json_kind::object);
            if (!object && !v.is(uonaco::io::json_kind::array)) return uonaco::io::detail::append_scalar(out, v);
            out += object ? '{' : '[';
            bool first = true;
            for (const uonaco::io::value w : v) {
                std::string& here = n > at ? after : before;
                if (!first) here += ',';
                first = false;
                if (object) {
                    uonaco::io::append_string(here, w.key());
                    here += ':';
                }
                self(self, w);
            }
            (n > at ? after : before) += object ? '}' : ']';
        };
        write(write, d.root());
        for (const char* other : others) f(before + other + after);
    }
}

} // namespace adapt_test
