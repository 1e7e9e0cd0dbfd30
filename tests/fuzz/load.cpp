// SPDX-License-Identifier: Apache-2.0
// Any text at all: validate and load agree on it, what loads is written as text that loads as the same record, and as a stream of lines it
// comes to the same whatever the blocks in which it is read.
#include "fuzzer.hpp"

#include <uonaco/io/dump.hpp>
#include <uonaco/io/kinds.hpp>
#include <uonaco/io/merge.hpp>
#include <uonaco/io/stream.hpp>

#include <cstddef>
#include <cstring>

using namespace uonaco;

namespace {

template <class T>
void round_trip(const io::document& parsed, const io::load_options& options) {
    const auto first = io::load<T>(parsed, {}, options);
    if (!first) return;
    const std::string once = io::dump(*first, io::layout::compact);
    const auto second = io::load<T>(once);
    require(second.has_value(), "what is written loads");
    require(io::dump(*second, io::layout::compact) == once, "what loads is written alike");
}

io::stream_count stream(std::string_view text, std::size_t block, estate& into) {
    io::estate_merger merge(into);
    const auto read = [&](char* to, std::size_t most) {
        const std::size_t n = std::min({most, block, text.size()});
        if (n > 0) std::memcpy(to, text.data(), n);
        text.remove_prefix(n);
        return n;
    };
    return io::for_each_line<io::estate_kinds>(
        read, [&](std::size_t, auto&& record) { merge(std::move(record)); },
        [](std::size_t, const io::problems& all) { require(!all.empty(), "a refused line has a problem"); },
        {.bounds = {.bytes = 4096}});
}

} // namespace

UONACO_FUZZER(load) {
    const io::problems found = io::validate(text);
    require(found.size() <= io::bounds{}.problems + 1, "the list of problems is bounded");
    estate whole, parts;
    require(stream(text, 1 << 20, whole) == stream(text, 7, parts) && whole == parts, "blocks do not matter");

    io::document d;
    io::problems syntax;
    if (!io::parse(text, d, syntax)) {
        require(!syntax.empty() && !found.empty(), "what is no JSON has a problem");
        return;
    }
    const io::value kind = d.root().is(io::json_kind::object) ? d.root().find("kind") : io::value();
    if (!kind || !kind.is(io::json_kind::string)) return;
    io::for_each_kind(
        [&]<class T>() {
            if (reflect::name_of<T> != kind.text()) return;
            require(io::load<T>(d, {}).has_value() == found.empty(), "validate and load agree");
            round_trip<T>(d, {.ignore_unknown_keys = true});
        },
        io::kinds{});
}
