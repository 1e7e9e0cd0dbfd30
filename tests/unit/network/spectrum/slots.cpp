// SPDX-License-Identifier: Apache-2.0
#include "../../../catch.hpp"

#include <uonaco/network/spectrum/fit.hpp>
#include <uonaco/network/spectrum/fragmentation.hpp>

#include <random>
#include <string>
#include <vector>

using namespace uonaco;

namespace {

// A row of free slots as text, 1 is free.
std::vector<slot_word> row_of(const std::string& text) {
    std::vector<slot_word> row(slots::words(static_cast<unsigned>(text.size())));
    for (unsigned i = 0; i < text.size(); ++i)
        if (text[i] == '1') row[i / 64] |= 1ull << i % 64;
    return row;
}

bool free_at(const std::string& text, unsigned first, unsigned count) {
    for (unsigned i = first; i < first + count; ++i)
        if (i >= text.size() || text[i] != '1') return false;
    return true;
}

} // namespace

TEST_CASE("runs of random rows, slot by slot") {
    std::mt19937 random(7);
    const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    for (int round = 0; round < 400; ++round) {
        std::string text(1 + below(200), '0');
        const unsigned busy = 1 + below(6);
        for (char& c : text) c = below(busy) ? '1' : '0';
        const std::vector<slot_word> row = row_of(text);
        const unsigned words = static_cast<unsigned>(row.size());
        const unsigned count = 1 + below(80);
        std::vector<unsigned> places;
        for (unsigned i = 0; i < text.size(); ++i)
            if (free_at(text, i, count)) places.push_back(i);
        std::vector<slot_word> starts = row;
        slots::to_starts(starts.data(), words, count);
        std::vector<unsigned> found;
        for (unsigned i = 0; i < words * 64; ++i)
            if (starts[i / 64] >> i % 64 & 1) found.push_back(i);
        CHECK(found == places);
        std::vector<slot_word> scratch(words);
        const auto fit = [&](spectrum_fit how) { return fit_run(row.data(), words, count, how, scratch.data()); };
        CHECK(fit(spectrum_fit::first) == (places.empty() ? slot_run{} : slot_run{places.front(), count}));
        CHECK(fit(spectrum_fit::last) == (places.empty() ? slot_run{} : slot_run{places.back(), count}));
        // Blocks, by hand.
        slot_run best{}, exact{};
        for (unsigned i = 0; i < text.size();) {
            unsigned end = i;
            while (end < text.size() && text[end] == '1') ++end;
            if (end - i >= count) {
                if (!best || end - i < best.count) best = {i, end - i};
                if (!exact || (end - i == count && exact.count != count)) exact = {i, end - i};
                const slot_run around{i, end - i};
                CHECK(slots::around(row.data(), words, i + (end - i) / 2) == around);
            }
            i = end + (end == i);
        }
        CHECK(fit(spectrum_fit::best) == (best ? slot_run{best.first, count} : slot_run{}));
        CHECK(fit(spectrum_fit::exact) == (exact ? slot_run{exact.first, count} : slot_run{}));
    }
}

TEST_CASE("hostile runs") {
    std::vector<slot_word> row = row_of(std::string(100, '1'));
    std::vector<slot_word> scratch(2);
    for (const auto how : {spectrum_fit::first, spectrum_fit::last, spectrum_fit::best, spectrum_fit::exact}) {
        CHECK_FALSE(fit_run(row.data(), 2, 0, how, scratch.data()));
        CHECK_FALSE(fit_run(row.data(), 2, 101, how, scratch.data()));
        CHECK_FALSE(fit_run(row.data(), 2, ~0u, how, scratch.data()));
        CHECK(fit_run(row.data(), 2, 100, how, scratch.data()) == slot_run{0, 100});
    }
    const spectrum none;
    CHECK_FALSE(none.is_free(view<unsigned>{}, {0, 1}));
    const spectrum s(2, 100);
    CHECK_FALSE(s.is_free(0, {90, 11}));
    CHECK_FALSE(s.is_free(0, {~0u, 2}));
    CHECK(s.is_free(0, {90, 10}));
}

TEST_CASE("what a path may use is free on all of its edges") {
    spectrum s(3, 100);
    const unsigned path[] = {0, 2};
    const unsigned other[] = {2};
    s.take(path, {0, 10});
    s.take(other, {60, 30});
    std::vector<slot_word> row(s.words());
    s.free_along(path, row.data());
    std::vector<slot_run> runs;
    slots::each_run(row.data(), s.words(), [&](slot_run r) { runs.push_back(r); });
    CHECK((runs == std::vector<slot_run>{{10, 50}, {90, 10}}));
    CHECK(s.free_slots(0) == 90);
    CHECK(s.free_slots(1) == 100);
    CHECK(s.free_slots(2) == 60);
    s.release(path, {0, 10});
    s.release(other, {60, 30});
    CHECK(s == spectrum(3, 100));
}

TEST_CASE("least fragmentation takes a block that it fills") {
    // Blocks of 3 and 6: two slots lose 2 of 3+6 places for one or two slots at either border, but 3 in the middle of the six.
    spectrum s(1, 12);
    const unsigned e[] = {0};
    s.take(e, {3, 1});
    s.take(e, {10, 2});
    const double weights[] = {0, 0, 1, 1, 1};
    const placement_counts counts(12, weights);
    CHECK(counts(6) == 5 + 4 + 3);
    CHECK(counts.lost(s.row(0), s.words(), {0, 3}) == 2 + 1);
    CHECK(counts.lost(s.row(0), s.words(), {6, 2}) == 12 - 1 - 1);
    CHECK(least_fragmentation(s, e, 3, counts) == slot_run{0, 3});
    CHECK(least_fragmentation(s, e, 6, counts) == slot_run{4, 6});
    CHECK_FALSE(least_fragmentation(s, e, 7, counts));
    CHECK_FALSE(least_fragmentation(s, e, 0, counts));
}

TEST_CASE("fragmentation of blocks 3, 1, 5, 2 in 20 slots") {
    const unsigned blocks[] = {3, 1, 5, 2};
    const unsigned sizes[] = {2, 3, 4};
    const fragmentation f = fragmentation_of(blocks, 20, sizes);
    CHECK(f.external == Approx(.545455).margin(5e-7));
    CHECK(f.entropy == Approx(1.011187).margin(5e-7));
    CHECK(f.root_of_squares == Approx(.432273).margin(5e-7));
    CHECK(f.access_blocking == Approx(.300000).margin(5e-7));
    CHECK(fragmentation_of(view<unsigned>(), 20, sizes) == fragmentation{});
    CHECK(fragmentation_of(blocks, 0, view<unsigned>()).access_blocking == 0);
    // The same blocks as an edge has them: 3 free, 2 not, 1 free, 1 not, 5 free, 4 not, 2 free, 2 not.
    spectrum s(1, 20);
    const unsigned e[] = {0};
    for (const slot_run taken : {slot_run{3, 2}, {6, 1}, {12, 4}, {18, 2}}) s.take(e, taken);
    CHECK(fragmentation_of(s, 0, sizes) == f);
}
