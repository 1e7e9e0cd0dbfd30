// SPDX-License-Identifier: Apache-2.0
// Ids for very many names that are spelled alike.
#include "catch.hpp"

#include <uonaco/adapt/foreign_ids.hpp>

using namespace uonaco;

TEST_CASE("ids of ten thousand names without a letter that an id may have") {
    adapt::foreign_ids ids;
    std::set<std::string> all;
    for (unsigned i = 0; i < 10000; ++i) {
        std::string name;
        for (unsigned bit = 0; bit < 14; ++bit) name += i >> bit & 1u ? "\xc3\xa4" : "\xc3\xb6";
        const std::string id = ids.of(name);
        REQUIRE(io::is_id(id));
        REQUIRE(all.insert(id).second);
        REQUIRE(ids.of(name) == id);
    }
}
