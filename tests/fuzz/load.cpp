// SPDX-License-Identifier: Apache-2.0
// Any text at all: validate and load agree on it, and what loads is written as text that loads as the same record.
#include "require.hpp"

#include <uonaco/io/dump.hpp>
#include <uonaco/io/kinds.hpp>

#include <cstddef>
#include <cstdint>

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

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const io::problems found = io::validate(text);
    require(found.size() <= io::bounds{}.problems + 1, "the list of problems is bounded");

    io::document d;
    io::problems syntax;
    if (!io::parse(text, d, syntax)) {
        require(!syntax.empty() && !found.empty(), "what is no JSON has a problem");
        return 0;
    }
    const io::value kind = d.root().is(io::json_kind::object) ? d.root().find("kind") : io::value();
    if (!kind || !kind.is(io::json_kind::string)) return 0;
    io::for_each_kind(
        [&]<class T>() {
            if (reflect::name_of<T> != kind.text()) return;
            require(io::load<T>(d, {}).has_value() == found.empty(), "validate and load agree");
            round_trip<T>(d, {.ignore_unknown_keys = true});
        },
        io::kinds{});
    return 0;
}
