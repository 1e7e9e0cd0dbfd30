// SPDX-License-Identifier: Apache-2.0
#include <uonaco/record/label_set.hpp>

#include <catch.hpp>

using namespace uonaco;

TEST_CASE("labels have one value a key and come in the order of keys") {
    label_set all{{"rack", "7"}, {"owner", "grid"}, {"rack", "8"}};
    REQUIRE(all.size() == 2);
    CHECK(all.begin()->key == "owner");
    CHECK(*all.find("rack") == "8");
    CHECK(all.find("Rack") == nullptr);
    CHECK(all == label_set{{"owner", "grid"}, {"rack", "8"}});
    all.set("", "nothing");
    CHECK(all.begin()->key.empty());
    all.clear();
    CHECK(all.empty());
    CHECK(all == label_set{});
}
