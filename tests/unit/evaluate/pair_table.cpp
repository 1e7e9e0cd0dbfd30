// SPDX-License-Identifier: Apache-2.0
// Pairs of rows: each has its entry, which stays where it is.
#include "catch.hpp"
#include "support.hpp"

#include <uonaco/evaluate/pair_table.hpp>

#include <map>

using namespace support;

TEST_CASE("a table of pairs keeps what is put in, where it was put") {
    dice d(5);
    pair_table<long long> table;
    std::map<std::pair<unsigned, unsigned>, std::pair<long long, long long*>> known;
    for (int i = 0; i < 20000; ++i) {
        const unsigned a = d.one_in(3) ? d.below(4'000'000'000u) : d.below(100);
        const unsigned b = d.one_in(3) ? ~0u - d.below(5) : d.below(100);
        long long& entry = table.at(a, b);
        const auto before = known.find({a, b});
        if (before == known.end()) {
            REQUIRE(entry == 0);
            entry = i + 1;
            known[{a, b}] = {i + 1, &entry};
        } else {
            REQUIRE((entry == before->second.first && &entry == before->second.second));
        }
    }
    REQUIRE(table.size() == known.size());
    pair_table<long long> copy = table;
    for (const auto& [at, value] : known) {
        REQUIRE((&table.at(at.first, at.second) == value.second && copy.at(at.first, at.second) == value.first));
        copy.at(at.first, at.second) = -1; // the copy's own
        REQUIRE(table.at(at.first, at.second) == value.first);
    }
}
