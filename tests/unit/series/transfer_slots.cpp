// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"

#include <uonaco/series/transfer_slots.hpp>
#include <uonaco/units/literals.hpp>

#include <random>

using namespace uonaco;
using transfers = std::vector<timed_transfer<int>>;

namespace {
// Slot by slot, whoever has to be ready first.
bool earliest_deadline_first(const std::vector<int>& free, transfers list) {
    for (unsigned slot = 0; slot < free.size(); ++slot)
        for (int room = free[slot]; room > 0;) {
            timed_transfer<int>* next = nullptr;
            for (auto& t : list)
                if (t.amount > 0 && t.first <= slot && slot <= t.last && (!next || t.last < next->last)) next = &t;
            if (!next) break;
            const int part = std::min(room, next->amount);
            next->amount -= part;
            room -= part;
        }
    for (const auto& t : list)
        if (t.amount > 0) return false;
    return true;
}
} // namespace

TEST_CASE("slots 6, 2, 8, 4, 10, 10: who is accepted, and where it goes if sent late") {
    const std::vector<int> free{0, 6, 2, 8, 4, 10, 10}; // slots 1..6; 0 carries nothing
    const timed_transfer<int> r1{1, 3, 10}, r2{2, 5, 12};
    CHECK(all_meet_deadlines(free, transfers{r1}));
    const transfers both{r1, r2};
    CHECK(all_meet_deadlines(free, both));
    for (const int volume : {14, 10, 9}) CHECK_FALSE(all_meet_deadlines(free, transfers{r1, r2, {1, 4, volume}}));
    CHECK(all_meet_deadlines(free, transfers{r1, r2, {1, 4, 8}}));
    CHECK(most_admissible(free, both, 1, 4) == 8);

    std::vector<int> alone = free;
    CHECK(send_late(alone, r2) == std::vector<int>{0, 0, 0, 0, 2, 10, 0});
    std::vector<int> left = free;
    CHECK(send_late(left, r1) == std::vector<int>{0, 0, 2, 8, 0, 0, 0});
    CHECK(send_late(left, r2) == std::vector<int>{0, 0, 0, 0, 2, 10, 0});
    CHECK(left == std::vector<int>{0, 6, 0, 0, 2, 0, 10});
    const std::vector<int> before = left;
    CHECK(send_late(left, {1, 3, 7}).empty());
    CHECK(left == before);
}

TEST_CASE("random transfers: windows against earliest deadline first") {
    std::mt19937 random(3);
    const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    int fit = 0;
    for (int round = 0; round < 3000; ++round) {
        std::vector<int> free(1 + below(8));
        for (int& f : free) f = static_cast<int>(below(8));
        const unsigned slots = static_cast<unsigned>(free.size());
        transfers list;
        for (unsigned i = 0; i < below(5); ++i) {
            const unsigned first = below(slots);
            list.push_back({first, first + below(slots - first), static_cast<int>(below(12))});
        }
        const bool all = all_meet_deadlines(free, list);
        REQUIRE(all == earliest_deadline_first(free, list));
        if (!all) continue;
        ++fit;
        const unsigned first = below(slots), last = first + below(slots - first);
        const int most = most_admissible(free, list, first, last);
        list.push_back({first, last, most});
        REQUIRE(earliest_deadline_first(free, list));
        ++list.back().amount;
        REQUIRE_FALSE(earliest_deadline_first(free, list));
        std::vector<int> left = free;
        const auto sent = send_late(left, list.back());
        int sum = 0, room = 0;
        for (unsigned s = first; s <= last; ++s) room += free[s];
        for (unsigned s = 0; s < sent.size(); ++s) {
            REQUIRE((sent[s] == 0 || (s >= first && s <= last)));
            REQUIRE(left[s] >= 0);
            REQUIRE(left[s] + sent[s] == free[s]);
            sum += sent[s];
        }
        REQUIRE(sent.empty() == (room < most + 1));
        if (!sent.empty()) REQUIRE(sum == most + 1);
    }
    CHECK(fit > 500);
}

TEST_CASE("windows that are none, paths, quantities") {
    const std::vector<int> free{5, 5};
    CHECK_FALSE(all_meet_deadlines(free, transfers{{1, 0, 1}}));
    CHECK_FALSE(all_meet_deadlines(free, transfers{{0, 2, 1}}));
    CHECK(all_meet_deadlines(free, transfers{{1, 0, 0}}));
    CHECK(all_meet_deadlines(free, transfers{}));
    CHECK(most_admissible(free, transfers{}, 1, 0) == 0);
    CHECK(most_admissible(free, transfers{}, 0, 7) == 0);
    CHECK(most_admissible(std::vector<int>{}, transfers{}, 0, 0) == 0);
    CHECK(free_along(std::vector<std::vector<int>>{{5, 1}, {2, 3}}) == std::vector<int>{2, 1});
    CHECK(free_along(std::vector<std::vector<int>>{}).empty());
    std::vector<units::volume> night{10_TB, 20_TB};
    CHECK(most_admissible(night, std::vector<timed_transfer<units::volume>>{{0, 0, 4_TB}}, 0, 1) == 26_TB);
    CHECK(send_late(night, timed_transfer<units::volume>{0, 1, 25_TB}).size() == 2);
    CHECK(night[0] == 5_TB);
}
