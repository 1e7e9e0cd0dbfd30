// SPDX-License-Identifier: Apache-2.0
// Metrics of CATS: records, octets, an estate's raw figures, scores.
#include "catch.hpp"
#include "hostile.hpp"

#include <uonaco/adapt/cats.hpp>
#include <uonaco/evaluate/terms.hpp>
#include <uonaco/io/scenario.hpp>
#include <uonaco/io/schema.hpp>
#include <uonaco/testing/outcomes.hpp>

#include <random>

using namespace uonaco;
using namespace uonaco::literals;
using namespace uonaco::adapt;

namespace {
using octets = std::vector<std::uint8_t>;
cats_metric scored(const char* type, cats_level level, int value) {
    return {.id = "1",
            .metric_type = type,
            .level = level,
            .sources = {cats_source::normalization},
            .value = value,
            .csci_id = "x"};
}
cats_metric raw(const char* type, cats_unit unit, cats_number format, double value) {
    return {.id = "1",
            .metric_type = type,
            .level = cats_level::raw,
            .format = format,
            .length = 4,
            .unit = unit,
            .value = value,
            .csci_id = "x"};
}
octets packed(const cats_metric& m) {
    const auto o = to_cats_octets(m);
    INFO((o ? std::string() : o.error()));
    REQUIRE(o);
    return o->result;
}
std::string refused(const cats_metric& m) {
    const auto o = to_cats_octets(m);
    return o ? "" : o.error();
}
cats_metric unpacked(const octets& o, const cats_metric& given = {}) {
    const auto m = from_cats_octets(o.data(), o.size(), given);
    INFO((m ? std::string() : m.error()));
    REQUIRE(m);
    REQUIRE(m->size() == 1);
    return m->front();
}
std::string unread(const octets& o) {
    const auto m = from_cats_octets(o.data(), o.size());
    return m ? "" : m.error();
}
std::string problem(const std::string& text) {
    const auto m = from_cats(text);
    return m ? "" : io::to_string(m.error().front());
}
} // namespace

TEST_CASE("cats: the table says what it is by") {
    const cats_format draft;
    const cats_table table;
    for (int c = 0; c < 4; ++c) {
        const cats_type* t = table.find(draft.level_1[c]);
        REQUIRE(t);
        CHECK((t->level == cats_level::category && t->most == draft.best && t->unit == cats_unit::none));
    }
    CHECK(table.find(draft.level_2)->level == cats_level::single);
    std::set<unsigned> codes;
    for (std::size_t i = 0; i < table.size; ++i) {
        const cats_type& t = table.rows[i];
        CHECK(codes.insert(t.code).second);
        CHECK(table.find(t.name) == &t);
        CHECK(t.least < t.most);
        if (t.level != cats_level::raw)
            CHECK((!t.statistics && t.unit == cats_unit::none && t.format == cats_number::integer));
    }
    CHECK(table.find("nothing") == nullptr);
    CHECK(table.find(200u) == nullptr);
}

TEST_CASE("cats: a score is 25 bits in 4 octets") {
    // type 00000001, level 01, format 0, length 000, value 00000101, source 100
    CHECK(packed(scored("compute_norm", cats_level::category, 5)) == octets{0x01, 0x40, 0x16, 0x00});
    // type 00000101, level 10, format 0, length 000, value 00001010, source 100
    CHECK(packed(scored("norm_fi", cats_level::single, 10)) == octets{0x05, 0x80, 0x2a, 0x00});
    for (const char* type : {"compute_norm", "communication_norm", "service_norm", "composed_norm", "norm_fi"})
        for (int v = 0; v <= 10; ++v) {
            const cats_metric m =
                scored(type, type == std::string("norm_fi") ? cats_level::single : cats_level::category, v);
            REQUIRE(unpacked(packed(m), {.csci_id = "x"}) == m);
        }
    CHECK(refused(scored("compute_norm", cats_level::category, 11)) ==
          "of a metric compute_norm a whole number from 0 to 10 is carried");
    CHECK(refused(scored("compute_norm", cats_level::single, 1)) == "of a metric compute_norm level L1 is carried");
    CHECK(refused(scored("own_norm", cats_level::category, 1)) == "no code for the type \"own_norm\"");
    cats_metric half = scored("compute_norm", cats_level::category, 1);
    half.value = 0.5;
    CHECK(refused(half) == "of a metric compute_norm a whole number from 0 to 10 is carried");
    half = scored("compute_norm", cats_level::category, 1);
    half.length = 2;
    CHECK(refused(half) == "a score has 1 octet");
}

TEST_CASE("cats: a raw metric is 53 bits in 7 octets, 55 with statistics") {
    // The draft's examples: 2.2 GHz nominal; 100 MB measured, mean; 231.5 us aggregated, max.
    cats_metric cpu = raw("compute_CPU_frequency", cats_unit::ghz, cats_number::real, 2.2);
    cpu.sources = {cats_source::nominal};
    // 00010000 00 1 0010 010 | 0x400ccccd | 001 000
    CHECK(packed(cpu) == octets{0x10, 0x24, 0x90, 0x03, 0x33, 0x33, 0x48});
    const cats_metric read = unpacked(packed(cpu));
    CHECK(read.unit == cats_unit::ghz); // a raw figure keeps its unit
    CHECK(read.value.si() == static_cast<double>(2.2f));
    CHECK(to_cats_octets(cpu)->losses[0] == loss{"/value", "rounded to binary32"});

    cats_metric sent = raw("communication type_TXBytes", cats_unit::mbyte, cats_number::integer, 100);
    sent.sources = {cats_source::measured};
    CHECK(refused(sent) == "statistics of \"communication type_TXBytes\" are missing");
    sent.statistics = cats_statistic::mean;
    CHECK(packed(sent).size() == 7);
    CHECK(unpacked(packed(sent), {.csci_id = "x"}) == sent);

    cats_metric delay = raw("delay_raw", cats_unit::us, cats_number::real, 231.5);
    delay.sources = {cats_source::aggregation};
    delay.statistics = cats_statistic::max;
    CHECK(unpacked(packed(delay), {.csci_id = "x"}) == delay);
    CHECK(to_cats_octets(delay)->losses.size() == 2); // id and instance
    delay.unit = cats_unit::gbyte;
    CHECK(refused(delay) == "of a metric delay_raw unit us is carried");
}

TEST_CASE("cats: octets that are none") {
    const octets good = packed(scored("compute_norm", cats_level::category, 5));
    CHECK(unread({}) == "");
    for (std::size_t n = 1; n < good.size(); ++n)
        CHECK(unread(octets(good.begin(), good.begin() + static_cast<long>(n))) == "metric 1: cut short");
    CHECK(unread({0xff, 0, 0, 0}) == "metric 1: a type without a name");
    CHECK(unread({0x01, 0x80, 0x16, 0x00}) == "metric 1: not the level of compute_norm");
    CHECK(unread({0x01, 0x60, 0x16, 0x00}) == "metric 1: a score that is no integer");
    CHECK(unread({0x01, 0x44, 0x16, 0x00}) == "metric 1: not the length of a value");
    CHECK(unread({0x01, 0x40, 0x2e, 0x00}) == "metric 1: a value out of the range of compute_norm");
    CHECK(unread({0x01, 0x40, 0x17, 0x80}) == "metric 1: a source without a name");
    CHECK(unread({0x01, 0x40, 0x16, 0x01}) == "metric 1: something after its end");
    octets two = good;
    two.insert(two.end(), good.begin(), good.end());
    const auto m = from_cats_octets(two.data(), two.size());
    REQUIRE(m);
    CHECK(m->size() == 2);
    CHECK((*m)[1].id == "2");
    two.back() = 1;
    CHECK(unread(two) == "metric 2: something after its end");
    // Infinity and NaN never pass.
    for (const std::uint32_t bits : {0x7f800000u, 0xff800000u, 0x7fc00000u}) {
        adapt::detail::bit_writer w;
        w.put(16, 8), w.put(0, 2), w.put(1, 1), w.put(2, 4), w.put(2, 3), w.put(bits, 32), w.put(0, 3);
        CHECK(unread(w.take()) == "metric 1: a value out of the range of compute_CPU_frequency");
    }
}

TEST_CASE("cats: random octets are read or refused, and what is read is written the same") {
    std::mt19937 random(3);
    int read = 0;
    const cats_table table;
    for (int n = 0; n < 20000 * hostile::times(); ++n) {
        octets o(random() % 2 ? 4 : 7);
        for (std::uint8_t& b : o) b = static_cast<std::uint8_t>(random());
        const cats_type& t = table.rows[random() % table.size];
        o[0] = t.code;
        o[1] = static_cast<std::uint8_t>(static_cast<unsigned>(t.level) << 6 | (o[1] & 0x3f));
        if (t.level == cats_level::raw) {
            o[1] = static_cast<std::uint8_t>((o[1] & 0xe0) | static_cast<unsigned>(t.unit) << 1);
            o[2] = static_cast<std::uint8_t>((o[2] & 0x3f) | 0x80);
        } else {
            o[1] &= 0xc1;
        }
        o.back() &= 0xf8;
        const auto m = from_cats_octets(o.data(), o.size());
        if (!m) continue;
        ++read;
        REQUIRE(m->size() == 1);
        REQUIRE(io::load<cats_metric>(io::dump([&] {
            cats_metric named = m->front();
            named.csci_id = "x";
            return named;
        }())));
        if (m->front().value.si() == 0) continue; // -0 is 0
        REQUIRE(packed(m->front()) == o);
    }
    CHECK(read > 500);
}

TEST_CASE("cats: metrics as JSON") {
    const auto read = from_cats(hostile::file("tests/adapt/cats/metrics.json"));
    INFO((read ? std::string() : io::to_string(read.error().front())));
    REQUIRE(read);
    REQUIRE(read->size() == 4);
    CHECK((*read)[0].value == 8.0);
    CHECK((*read)[0].sources == std::vector<cats_source>{cats_source::normalization, cats_source::aggregation});
    CHECK((*read)[2].unit == cats_unit::us);
    CHECK((*read)[2].value == 231.5); // a raw figure keeps its fraction and its unit
    const auto again = from_cats(to_cats(*read));
    REQUIRE(again);
    CHECK(*again == *read);

    const std::string one = io::dump(scored("compute_norm", cats_level::category, 5), io::layout::compact);
    CHECK(from_cats(one)->size() == 1);
    const auto with = [&](const char* from, const char* to) {
        std::string text = one;
        const std::size_t at = text.find(from);
        REQUIRE(at != text.npos);
        return text.replace(at, std::string(from).size(), to);
    };
    for (const char* value : {"11", "-1", "5.5"})
        CHECK(problem(with("\"value\":5", ("\"value\":" + std::string(value)).c_str())) ==
              "semantic /value: expected a whole number from 0 to 10; found " + std::string(value));
    CHECK(
        problem(with("\"L1\"", "\"L2\"")).rfind("semantic (document): expected of a metric compute_norm level L1", 0) ==
        0);
    CHECK(problem(with("\"L1\"", "\"L3\"")).rfind("schema /level: ", 0) == 0);
    CHECK(problem(with("\"none\"", "\"ghz\"")).rfind("semantic /unit: ", 0) == 0);
    CHECK(
        problem(with("\"length\":1", "\"length\":3")).rfind("semantic /length: expected 1, 2, 4, 8, 16, 32 or 64", 0) ==
        0);
    CHECK(problem(with("\"int\"", "\"float\"")).rfind("semantic /format: ", 0) == 0);
    CHECK(problem("[" + one + "," + one + "]") == "semantic /1/id: expected each id once; found \"1\" a second time");
    // What the table does not have may be anything that a record can: CATS R8, unknown metrics are passed over by who does not know them.
    CHECK(from_cats(with("compute_norm", "own_norm")));
}

TEST_CASE("cats: the record has a schema") {
    const std::string schema = io::schema<cats_metric>();
    for (const char* key :
         {"\"cats_metric\"", "\"metric_type\"", "\"measurement_window_s\"", "\"directly measured\"", "\"tflops\""})
        CHECK(schema.find(key) != schema.npos);
}

TEST_CASE("cats: raw figures of an estate, in their units") {
    estate e;
    e.sites.push_back({.id = "s"});
    e.pools.push_back({.id = "p",
                       .site = "s",
                       .total_count = 64,
                       .free_count = 48,
                       .memory = units::memory::from_si(80e9 * 8),
                       .memory_rate = 3.35_TBps,
                       .utilization = 0.25,
                       .max_power = 700_W});
    e.pools.back().meta.labels.set("csci_id", "192.0.2.7");
    e.pools.back().peak.bf16 = 989_TFLOPS;
    e.links.push_back({.id = "l",
                       .src_node = "s",
                       .dst_node = "t",
                       .capacity = 400_Gbps,
                       .unreserved = 100_Gbps,
                       .latency = 231.5_us,
                       .loss = 0.001,
                       .availability = 0.999});
    const auto t = to_cats_raw(e, {.cs_id = "7", .measurement_window = 10_s});
    const auto value = [&](const char* id) {
        for (const cats_metric& m : t.result)
            if (m.id.text == id) return std::pair<double, std::string>(m.value.si(), to_string(m.unit));
        return std::pair<double, std::string>(-1, "");
    };
    using figure = std::pair<double, std::string>;
    CHECK(value("192.0.2.7/compute_GPU_units") == figure(64, "none"));
    CHECK(value("192.0.2.7/compute_GPU_units_free") == figure(48, "none"));
    CHECK(value("192.0.2.7/compute_GPU_memory_size") == figure(80, "gbyte"));
    CHECK(value("192.0.2.7/compute_GPU_memory_bandwidth") == figure(26800, "gbps")); // bits
    CHECK(value("192.0.2.7/compute_GPU_bf16") == figure(989, "tflops"));
    CHECK(value("192.0.2.7/compute_GPU_utilization") == figure(25, "percent"));
    CHECK(value("192.0.2.7/compute_GPU_power") == figure(700, "w"));
    CHECK(value("l/network_bandwidth") == figure(400, "gbps"));
    CHECK(value("l/network_bandwidth_available") == figure(100, "gbps"));
    CHECK(value("l/network_delay") == figure(231.5, "us"));
    CHECK(value("l/network_loss") == figure(0.1, "percent"));
    CHECK(t.result.size() == 11);
    CHECK((t.result[0].cs_id == "7" && t.result[0].csci_id == "192.0.2.7" && *t.result[0].measurement_window == 10_s));
    std::vector<std::string> lost;
    for (const loss& l : t.losses) lost.push_back(l.pointer);
    CHECK(lost == std::vector<std::string>{"/pools/0/site", "/links/0/src_node", "/links/0/dst_node",
                                           "/links/0/availability_ratio", "/sites"});
    CHECK(to_cats(e, {.cs_id = "7", .measurement_window = 10_s}).result == to_cats(t.result));
    CHECK(from_cats(to_cats(t.result))); // records that hold, all within the table
    for (const cats_metric& m : t.result) CHECK(to_cats_octets(m));

    estate blank = e; // and back
    blank.pools[0] = {.id = "p", .site = "s"};
    blank.pools[0].meta.labels.set("csci_id", "192.0.2.7");
    blank.links[0] = {.id = "l", .src_node = "s", .dst_node = "t", .availability = 0.999};
    CHECK(take_cats_raw(blank, t.result).empty());
    CHECK(blank == e);
}

TEST_CASE("cats: raw figures that no pool or link can have are named") {
    estate e;
    e.pools.push_back({.id = "p", .site = "s", .total_count = 8, .free_count = 8, .idle_power = 100_W});
    e.links.push_back({.id = "l", .capacity = 10_Gbps, .distance = 1000_km});
    const std::vector<cats_metric> all{
        raw("compute_GPU_units_free", cats_unit::none, cats_number::integer, 9),
        raw("compute_GPU_units", cats_unit::none, cats_number::integer, 4),
        raw("compute_GPU_power", cats_unit::watt, cats_number::real, 50),
        raw("compute_GPU_memory_size", cats_unit::gbyte, cats_number::real, 0),
        raw("compute_GPU_utilization", cats_unit::percent, cats_number::real, 101),
        raw("delay_raw", cats_unit::us, cats_number::real, 5),
        scored("norm_fi", cats_level::single, 3),
        raw("network_bandwidth_available", cats_unit::gbps, cats_number::real, 11),
        raw("network_delay", cats_unit::us, cats_number::real, 1), // 1,000 km
        raw("network_delay", cats_unit::us, cats_number::real, 5000),
    };
    std::vector<cats_metric> sent = all;
    for (std::size_t i = 0; i < sent.size(); ++i) sent[i].csci_id = i < 7 ? "p" : "l";
    sent.push_back(all[0]); // of another instance
    std::vector<std::string> lost;
    for (const loss& l : take_cats_raw(e, sent)) lost.push_back(l.pointer);
    std::sort(lost.begin(), lost.end());
    CHECK(lost == std::vector<std::string>{"/0", "/10", "/2", "/3", "/4", "/5", "/6", "/7", "/8"});
    CHECK(e.pools[0].total_count == 4);
    CHECK(e.pools[0].free_count == 4);
    CHECK(*e.links[0].latency == 5000_us);
}

TEST_CASE("cats: scores through a profile's functions") {
    std::vector<outcome<double>> outcomes(3, laws::typical_outcome());
    for (int i = 0; i < 3; ++i) outcomes[static_cast<unsigned>(i)].time.compute = (1 + i) * 1_h;
    const scoring_profile base{.id = "mine", .terms = {{.term = term_kind::compute_time}}};
    for (const auto how : {normalization::minmax, normalization::sigmoid, normalization::zscore}) {
        scoring_profile p = base;
        p.normalization = how;
        const auto scores = cats(outcomes, p);
        const auto metrics = to_cats_scores(scores[1], "192.0.2.7", p, {.cs_id = "7"});
        REQUIRE(metrics.size() == 2);
        CHECK(metrics[0].metric_type == "compute_norm");
        CHECK(metrics[0].value == 5.0); // half, rounded up of what is between
        CHECK(metrics[1].metric_type == "norm_fi");
        CHECK(metrics[1].profile == "mine");
        CHECK(*metrics[1].meta.labels.find("normalization") == to_string(how));
        CHECK(*metrics[1].meta.labels.find("aggregation") == "weighted_sum");
        CHECK(from_cats(to_cats(metrics)));
    }
}

TEST_CASE("cats: bands and halves") {
    const cats_format f;
    CHECK((f.band(0) == cats_band::low && f.band(3) == cats_band::low && f.band(4) == cats_band::medium));
    CHECK((f.band(7) == cats_band::medium && f.band(8) == cats_band::high && f.band(10) == cats_band::high));
    const auto exported = [](double s) {
        cats_scores scores;
        scores.overall = s;
        return static_cast<int>(to_cats_scores(scores, "x", {.id = "p"}).back().value.si());
    };
    CHECK((exported(0.349) == 3 && exported(0.35) == 4)); // edges of bands: halves go up
    CHECK((exported(0.749) == 7 && exported(0.75) == 8));
    CHECK((exported(0.05) == 1 && exported(0.049) == 0 && exported(0.95) == 10 && exported(1.0) == 10 &&
           exported(0.0) == 0));
}

TEST_CASE("cats: random records come back") {
    std::mt19937 random(17);
    const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    const cats_table table;
    for (int n = 0; n < 1000 * hostile::times(); ++n) {
        const cats_type& t = table.rows[below(static_cast<unsigned>(table.size))];
        cats_metric m{.id = {"m" + std::to_string(n)},
                      .metric_type = t.name,
                      .level = t.level,
                      .format = t.format,
                      .unit = t.unit,
                      .csci_id = "10.0.0." + std::to_string(below(256))};
        m.length = t.level == cats_level::raw ? 4 : 1;
        if (t.format == cats_number::integer)
            m.value = static_cast<double>(below(static_cast<unsigned>(std::min(t.most, 4e9)) + 1));
        else
            m.value = static_cast<double>(static_cast<float>(t.most * below(1000) / 1000));
        if (below(2)) m.sources.push_back(static_cast<cats_source>(below(5)));
        if (t.statistics) m.statistics = static_cast<cats_statistic>(below(4));
        const auto back = from_cats(to_cats({m}));
        INFO((back ? to_cats({m}) : io::to_string(back.error().front()) + to_cats({m})));
        REQUIRE(back);
        REQUIRE(back->front() == m);
        REQUIRE(unpacked(packed(m), {.csci_id = m.csci_id}).value == m.value);
    }
}

TEST_CASE("cats, unit trap: bytes are no bits, prefixes are powers of ten, delays are us, shares are percent") {
    CHECK(in_cats_unit(80, cats_unit::gbyte, cats_unit::mbyte) == 80e3);
    CHECK(in_cats_unit(12500, cats_unit::mbps, cats_unit::gbps) == 12.5);
    CHECK(in_cats_unit(2.2, cats_unit::ghz, cats_unit::mhz) == 2200);
    CHECK_FALSE(in_cats_unit(1, cats_unit::gbyte, cats_unit::gbps));
    CHECK_FALSE(in_cats_unit(1, cats_unit::percent, cats_unit::none));

    estate e;
    e.pools.push_back({.id = "x", .site = "s", .total_count = 8});
    e.links.push_back({.id = "x", .src_node = "s", .dst_node = "t"});
    const auto metric = [](const char* type, cats_unit unit, double value) {
        cats_metric m = raw(type, unit, cats_number::real, value);
        m.csci_id = "x";
        return m;
    };
    // In the draft's table a metric has one unit: another one is refused, not taken for it.
    for (const auto& wrong :
         {metric("network_delay", cats_unit::none, 5), metric("network_bandwidth", cats_unit::mbps, 10000),
          metric("network_bandwidth", cats_unit::gbyte, 10), metric("network_loss", cats_unit::none, 0.01),
          metric("compute_GPU_memory_size", cats_unit::mbyte, 80000)}) {
        CHECK_FALSE(from_cats(to_cats({wrong})));
        CHECK(take_cats_raw(e, {wrong}).size() == 1);
    }
    // A table of one's own may say another: of the same quantity it is converted, of none it is a loss.
    const cats_table any{nullptr, 0};
    CHECK(take_cats_raw(e, {metric("network_bandwidth", cats_unit::mbps, 12500)}, any).empty());
    CHECK(e.links[0].capacity == 12.5_Gbps);
    CHECK(take_cats_raw(e, {metric("network_bandwidth_available", cats_unit::bps, 1e9)}, any).empty());
    CHECK(*e.links[0].unreserved == 1_Gbps);
    CHECK(take_cats_raw(e, {metric("compute_GPU_memory_size", cats_unit::mbyte, 80000)}, any).empty());
    CHECK(*e.pools[0].memory == units::memory::from_si(80e9 * 8)); // decimal: not 80 GiB
    CHECK(take_cats_raw(e,
                        {metric("network_delay", cats_unit::none, 5), metric("network_loss", cats_unit::none, 0.01),
                         metric("network_bandwidth", cats_unit::gbyte, 5)},
                        any)
              .size() == 3);
    CHECK((!e.links[0].latency && !e.links[0].loss));
    CHECK(take_cats_raw(e, {metric("network_loss", cats_unit::percent, 1)}).empty());
    CHECK(e.links[0].loss->si() == 0.01);
}

TEST_CASE("cats: what a table of one's own allows, records do not") {
    estate e;
    e.pools.push_back({.id = "x", .site = "s", .total_count = 8});
    e.links.push_back({.id = "x", .src_node = "s", .dst_node = "t"});
    const cats_table none{nullptr, 0};
    CHECK(take_cats_raw(e,
                        {raw("network_delay", cats_unit::us, cats_number::real, 16777216),
                         raw("compute_GPU_memory_size", cats_unit::gbyte, cats_number::real, 1e12),
                         raw("compute_GPU_utilization", cats_unit::percent, cats_number::real, 101),
                         raw("network_loss", cats_unit::percent, cats_number::real, 1e-17)},
                        none)
              .size() == 4);
    CHECK((!e.links[0].latency && !e.pools[0].memory && !e.pools[0].utilization && !e.links[0].loss));
}

TEST_CASE("cats: hostile texts") {
    hostile::for_each_text(hostile::file("tests/adapt/cats/metrics.json"), [](const std::string& text) {
        const auto m = from_cats(text);
        if (!m) {
            REQUIRE(!m.error().empty());
            return;
        }
        REQUIRE(from_cats(to_cats(*m)));
        estate e;
        e.sites.push_back({.id = "s"});
        e.pools.push_back({.id = "192.0.2.7", .site = "s", .total_count = 8});
        e.sites.push_back({.id = "t"});
        e.links.push_back({.id = "192.0.2.7", .src_node = "s", .dst_node = "t", .distance = 10_km});
        (void)take_cats_raw(e, *m);
        REQUIRE(io::load<scenario>(io::dump(scenario{.estate = e})));
        for (const cats_metric& one : *m) (void)to_cats_octets(one);
    });
}
