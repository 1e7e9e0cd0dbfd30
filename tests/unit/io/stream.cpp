// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"

#include <uonaco/io/dump.hpp>
#include <uonaco/io/merge.hpp>
#include <uonaco/io/stream.hpp>

#include <cstring>
#include <random>

namespace {

using namespace uonaco;

/// Gives a text in blocks of at most `block` bytes.
auto source(const std::string& text, std::size_t block = 1 << 12) {
    return [&text, block, at = std::size_t{0}](char* to, std::size_t most) mutable {
        const std::size_t n = std::min({most, block, text.size() - at});
        std::memcpy(to, text.data() + at, n);
        at += n;
        return n;
    };
}

struct heard {
    std::vector<std::string> taken, refused;
    io::stream_count count;
};
heard listen(const std::string& text, std::size_t block = 1 << 12, const io::load_options& options = io::line_options) {
    heard h;
    h.count = io::for_each_line(
        source(text, block),
        [&]<class T>(std::size_t line, T&& record) {
            h.taken.push_back(std::to_string(line) + " " + std::string(reflect::name_of<std::remove_cvref_t<T>>));
            static_cast<void>(record);
        },
        [&](std::size_t line, const io::problems& all) {
            for (const io::problem& p : all)
                h.refused.push_back(std::to_string(line) + " " + to_string(p.level) + " " + p.pointer);
        },
        options);
    return h;
}
std::string line_of(const std::string& id, const std::string& more = {}) {
    return R"({"kind": "site", "schema_version": "1.0", "id": ")" + id + "\"" + more + "}\n";
}

TEST_CASE("a stream goes on after a bad line, and says which one that was") {
    const std::string text = line_of("a") + "\n  \r\n" + R"({"kind": "tariff", "schema_version": "1.0", "id": "t"})" +
                             "\r\n" + line_of("b", ", \"pue\": 0.5, \"tier\": \"big\"") + "{\n" + "[1]\n" +
                             R"({"kind": "sites"})" + "\n" +
                             R"({"kind": "risk_group", "schema_version": "1.0", "id": "r", "srlg": 1})";
    for (const std::size_t block : {std::size_t{1}, std::size_t{7}, std::size_t{1} << 20}) {
        const heard h = listen(text, block);
        CHECK(h.taken == std::vector<std::string>{"1 site", "4 tariff", "9 risk_group"});
        CHECK(h.refused ==
              std::vector<std::string>{"5 schema /tier", "5 schema /pue", "6 syntax ", "7 schema ", "8 schema /kind"});
        CHECK(h.count == io::stream_count{9, 3, 4});
    }
    CHECK(listen("").count == io::stream_count{});
    CHECK(listen("\n\n").count == io::stream_count{2, 0, 0});
}

TEST_CASE("a line without end costs no more than its bound") {
    const std::string text = line_of("a") + std::string(100'000, ' ') + "{\n" + line_of("b");
    const heard h = listen(text, 1 << 12, {.bounds = {.bytes = 1000}});
    CHECK(h.taken == std::vector<std::string>{"1 site", "3 site"});
    CHECK(h.refused == std::vector<std::string>{"2 syntax "});
    CHECK(listen(std::string(100'000, '['), 1 << 12, {.bounds = {.bytes = 1000}}).count == io::stream_count{1, 0, 1});
}

TEST_CASE("only the kinds asked for are taken") {
    const std::string text = line_of("a") + R"({"kind": "decision", "schema_version": "1.0"})" + "\n";
    int taken = 0, refused = 0;
    io::for_each_line<io::estate_kinds>(
        source(text), [&](std::size_t, auto&&) { ++taken; },
        [&](std::size_t line, const io::problems& p) { refused += line == 2 && p[0].pointer == "/kind"; });
    CHECK((taken == 1 && refused == 1));
}

TEST_CASE("what is newer holds") {
    const auto at = [](double s) { return instant::from_unix(s); };
    const auto pool = [](long long free, maybe<units::count> generation, maybe<instant> observed,
                         maybe<instant> until = {}) {
        compute_pool p{.id = "p", .site = "a", .total_count = 8, .free_count = free};
        p.meta.generation = generation;
        p.meta.observed_at = observed;
        p.meta.valid_until = until;
        return p;
    };
    estate e;
    e.pools = {pool(8, 3, at(100))};
    io::estate_merger merge(e, at(1000));
    using enum io::merge_step;
    CHECK(merge(pool(1, 2, at(200))) == io::merged{kept, false});
    CHECK(merge(pool(2, 3, at(200))) == io::merged{kept, false, true}); // of one generation, and another figure
    CHECK(merge(pool(8, 3, at(300))) == io::merged{kept, false});       // looked at again
    CHECK(merge(pool(3, 4, at(50))) == io::merged{replaced, false});    // the generation counts, not the clock
    CHECK(e.pools[0].free_count == 3);
    CHECK(merge(pool(4, {}, at(40))) == io::merged{kept, false});
    CHECK(merge(pool(4, {}, at(50))) == io::merged{kept, false, true});
    CHECK(merge(pool(5, {}, at(60))) == io::merged{replaced, false});
    CHECK(merge(pool(6, {}, {})) == io::merged{replaced, false});
    CHECK(merge(pool(7, 1, {}, at(999))) == io::merged{replaced, true}); // merged, and said to be stale
    CHECK(merge(pool(7, 2, {}, at(1000))).stale);
    CHECK_FALSE(merge(pool(7, 3, {}, at(1001))).stale);
    CHECK(e.pools.size() == 1);

    CHECK(merge(site{.id = "p"}) == io::merged{added, false}); // another kind
    CHECK(merge(site{.id = "q"}) == io::merged{added, false});
    CHECK(merge(tariff{.id = "t"}).step == added);
    CHECK(merge(tariff{.id = "t"}).step == replaced);
    CHECK((e.sites.size() == 2 && e.tariffs.size() == 1));
}

TEST_CASE("generations that arrive in any order come to the same estate, by a stream too") {
    std::mt19937_64 random(5);
    std::vector<std::string> lines;
    for (int g = 0; g < 50; ++g)
        for (const char* id : {"a", "b", "c"})
            lines.push_back(line_of(id, ", \"generation\": " + std::to_string(g) +
                                            ", \"power_draw_w\": " + std::to_string(1000 + g)));
    for (int round = 0; round < 20; ++round) {
        std::shuffle(lines.begin(), lines.end(), random);
        std::string text;
        for (const std::string& l : lines) text += l;
        estate e;
        io::estate_merger merge(e);
        int kept = 0, replaced = 0;
        io::for_each_line<io::estate_kinds>(
            source(text, 100),
            [&](std::size_t, auto&& record) {
                const io::merged m = merge(std::move(record));
                kept += m.step == io::merge_step::kept;
                replaced += m.step == io::merge_step::replaced;
            },
            [](std::size_t, const io::problems&) { FAIL("no line is bad"); });
        REQUIRE(e.sites.size() == 3);
        CHECK(kept + replaced == 147);
        for (const site& s : e.sites) CHECK((s.meta.generation == 49 && s.power_draw->si() == 1049));
    }
}

TEST_CASE("what a scenario states for all is not said of updates that do not state it") {
    auto s = io::load<scenario>(R"({"kind": "scenario", "schema_version": "1.0", "observed_at": "2026-01-01T00:00:00Z",
        "valid_until": "2026-01-01T01:00:00Z", "source": "measured", "statistic": "p95", "reference": "a feed",
        "accuracy": {"method": "measured"}, "sites": [{"id": "a"}, {"id": "b"}]})");
    REQUIRE(s);
    const envelope before = s->meta;
    io::estate_merger merge(*s);
    site update{.id = "b"};
    update.meta.observed_at = *before.observed_at + units::duration::from_si(7200); // later than the rest is valid
    CHECK(merge(update).step == io::merge_step::replaced);
    const auto again = io::load<scenario>(io::dump(*s));
    REQUIRE(again);
    CHECK(*again == *s);
    CHECK(again->meta.observed_at == before.observed_at);
    CHECK(again->estate.sites[0].meta == before);
    CHECK(again->estate.sites[1].meta == update.meta);
}

TEST_CASE("a scenario that took what was stale before it was observed loads again") {
    auto s = io::load<scenario>(R"({"kind": "scenario", "schema_version": "1.0", "observed_at": "2026-01-01T00:00:00Z",
        "sites": [{"id": "a"}]})");
    REQUIRE(s);
    io::estate_merger merge(*s, s->meta.observed_at);
    site update{.id = "b"};
    update.meta.valid_until = instant::from_unix(1'700'000'000);
    CHECK(merge(update) == io::merged{io::merge_step::added, true});
    const auto again = io::load<scenario>(io::dump(*s));
    REQUIRE(again);
    CHECK(*again == *s);
    CHECK(again->estate.sites[1].meta.valid_until == update.meta.valid_until);
}

TEST_CASE("elements take from the document no more than a few such documents could state") {
    const auto document = [](std::size_t elements, std::size_t bytes) {
        std::string text = R"({"kind": "scenario", "schema_version": "1.0", "reference": ")" + std::string(bytes, 'r') +
                           R"(", "nodes": [)";
        for (std::size_t i = 0; i < elements; ++i)
            text += (i > 0 ? R"(, {"id": ")" : R"({"id": ")") + std::to_string(i) + R"("})";
        return text + "]}\n";
    };
    CHECK(listen(document(10'000, 400)).refused.empty());
    CHECK(listen(document(20'000, 65'000)).refused == std::vector<std::string>{"1 semantic /reference"});
    CHECK(io::load<scenario>(document(4'000, 65'000)));
    const auto most = io::load<scenario>(document(20'000, 65'000));
    REQUIRE_FALSE(most);
    CHECK(io::to_string(most.error()[0]) ==
          "semantic /reference: expected text that is short enough for each element to have; found 65000 bytes and too "
          "many elements that state none");
    CHECK(most.error().size() == 1);
}

TEST_CASE("what a line holds may stand in a scenario") {
    const auto nested = [](std::size_t depth) {
        return line_of("a", ", \"extensions\": {\"x\": " + std::string(depth, '[') + std::string(depth, ']') + "}");
    };
    CHECK(listen(nested(61)).refused == std::vector<std::string>{"1 syntax /extensions/x" + [] {
              std::string zeros;
              for (int i = 0; i < 60; ++i) zeros += "/0";
              return zeros;
          }()});
    scenario s;
    io::estate_merger merge(s);
    const auto take = [&](std::size_t, auto&& record) { merge(std::move(record)); };
    io::for_each_line<io::estate_kinds>(source(nested(60)), take, [](std::size_t, const io::problems&) { FAIL(); });
    CHECK(io::load<scenario>(io::dump(s)));
}

} // namespace
