// SPDX-License-Identifier: Apache-2.0
// Metrics of CATS (RFC 10053, draft-ietf-cats-metric-definition): records as JSON, octets on the wire, raw figures of an estate, scores of
// candidates. docs/adapt/cats.md says what becomes what, and what is lost.
#pragma once

#include "foreign_object.hpp"
#include "foreign_quantity.hpp"
#include "node_pools.hpp"

#include "../evaluate/cats.hpp"
#include "../reflect/decision.hpp"

#include <cstdint>
#include <optional>

namespace uonaco::inline UONACO_ABI::adapt {

/// One type of metric: its label, its code on the wire, and what a value of it can be.
struct cats_type {
    const char* name = "";
    std::uint8_t code = 0;
    cats_level level = cats_level::raw;
    cats_unit unit = cats_unit::none;
    cats_number format = cats_number::integer;
    bool statistics = false; ///< has that field on the wire
    double least = 0;
    double most = 0;

    /// Scores and counts, which have no unit, are whole.
    bool holds(double x) const { return x >= least && x <= most && (unit != cats_unit::none || x == math::floor(x)); }
};

/// Every type that is exchanged; both ends have to have the same. Labels and ranges of scores and the three first raw metrics are the draft's (text
/// of March 2026, and its appendix A); codes are nobody's yet: the draft has 8 bits for them and no registry. Raw metrics are not
/// standardised there; the others are what estates know.
inline constexpr cats_type cats_types[] = {
    {"compute_norm", 1, cats_level::category, cats_unit::none, cats_number::integer, false, 0, 10},
    {"communication_norm", 2, cats_level::category, cats_unit::none, cats_number::integer, false, 0, 10},
    {"service_norm", 3, cats_level::category, cats_unit::none, cats_number::integer, false, 0, 10},
    {"composed_norm", 4, cats_level::category, cats_unit::none, cats_number::integer, false, 0, 10},
    {"norm_fi", 5, cats_level::single, cats_unit::none, cats_number::integer, false, 0, 10},
    {"compute_CPU_frequency", 16, cats_level::raw, cats_unit::ghz, cats_number::real, false, 0, 1e6},
    {"communication type_TXBytes", 17, cats_level::raw, cats_unit::mbyte, cats_number::real, true, 0, 1e12},
    {"delay_raw", 18, cats_level::raw, cats_unit::us, cats_number::real, true, 0, 1e12},
    {"compute_GPU_units", 32, cats_level::raw, cats_unit::none, cats_number::integer, false, 0, 4294967295.0},
    {"compute_GPU_units_free", 33, cats_level::raw, cats_unit::none, cats_number::integer, true, 0, 4294967295.0},
    {"compute_GPU_memory_size", 34, cats_level::raw, cats_unit::gbyte, cats_number::real, false, 0, 1e9},
    {"compute_GPU_memory_bandwidth", 35, cats_level::raw, cats_unit::gbps, cats_number::real, false, 0, 8e9},
    {"compute_GPU_bf16", 36, cats_level::raw, cats_unit::tflops, cats_number::real, false, 0, 1e9},
    {"compute_GPU_utilization", 37, cats_level::raw, cats_unit::percent, cats_number::real, true, 0, 100},
    {"compute_GPU_power", 38, cats_level::raw, cats_unit::watt, cats_number::real, false, 0, 1e9},
    {"network_bandwidth", 48, cats_level::raw, cats_unit::gbps, cats_number::real, false, 0, 1e9},
    {"network_bandwidth_available", 49, cats_level::raw, cats_unit::gbps, cats_number::real, true, 0, 1e9},
    {"network_delay", 50, cats_level::raw, cats_unit::us, cats_number::real, true, 0, 16777215},
    {"network_delay_variation", 51, cats_level::raw, cats_unit::us, cats_number::real, true, 0, 16777215},
    {"network_loss", 52, cats_level::raw, cats_unit::percent, cats_number::real, true, 0, 100},
};

/// The table that both ends have agreed on. Refers to the rows.
struct cats_table {
    const cats_type* rows = cats_types;
    std::size_t size = sizeof cats_types / sizeof *cats_types;

    const cats_type* find(std::string_view name) const {
        for (std::size_t i = 0; i < size; ++i)
            if (name == rows[i].name) return rows + i;
        return nullptr;
    }
    const cats_type* find(unsigned code) const {
        for (std::size_t i = 0; i < size; ++i)
            if (code == rows[i].code) return rows + i;
        return nullptr;
    }
};

/// A value in another unit of the same quantity, as 2,000 mbps are 2 gbps; none where the quantities differ: bytes are no bits.
inline std::optional<double> in_cats_unit(double x, cats_unit from, cats_unit to) {
    struct scale {
        cats_unit base;
        double size;
    };
    const auto scale_of = [](cats_unit u) -> scale {
        switch (u) {
        case cats_unit::ghz: return {cats_unit::mhz, 1e3};
        case cats_unit::kbyte: return {cats_unit::byte, 1e3};
        case cats_unit::mbyte: return {cats_unit::byte, 1e6};
        case cats_unit::gbyte: return {cats_unit::byte, 1e9};
        case cats_unit::kbps: return {cats_unit::bps, 1e3};
        case cats_unit::mbps: return {cats_unit::bps, 1e6};
        case cats_unit::gbps: return {cats_unit::bps, 1e9};
        case cats_unit::tbps: return {cats_unit::bps, 1e12};
        default: return {u, 1};
        }
    };
    const scale a = scale_of(from), b = scale_of(to);
    if (a.base != b.base) return std::nullopt;
    return a.size >= b.size ? x * (a.size / b.size) : x / (b.size / a.size);
}

/// What does not fit the table; empty where all does. A type that the table does not have may be anything that a record can.
inline std::string cats_misfit(const cats_metric& m, const cats_table& table = {}) {
    const cats_type* t = table.find(m.metric_type);
    if (t == nullptr) return {};
    if (m.level != t->level) return std::string("level ") + to_string(t->level);
    if (m.unit != t->unit) return std::string("unit ") + to_string(t->unit);
    const double x = m.value.si();
    if (!t->holds(x)) {
        std::string range = t->unit == cats_unit::none ? "a whole number from " : "a value from ";
        io::append_number(range, t->least);
        io::append_number(range += " to ", t->most);
        return range;
    }
    return {};
}

// ---- JSON ---------------------------------------------------------------------------------------------------------------

/// One record or a list of them, each checked against the table too.
inline io::loaded<std::vector<cats_metric>> from_cats(std::string_view text, const cats_table& table = {},
                                                      const io::load_options& options = {}) {
    io::document d;
    io::problems syntax;
    io::parse(text, d, syntax, options.bounds);
    io::reader r(options.bounds.problems, options.ignore_unknown_keys);
    for (io::problem& p : syntax) r.report(std::move(p));
    std::vector<cats_metric> all;
    std::set<std::string> ids;
    const auto read = [&](const io::place& at, io::value v) {
        const std::size_t before = r.count();
        r.ignore_unknown_keys = options.ignore_unknown_keys;
        r.inherited = nullptr;
        cats_metric m;
        io::codec<cats_metric>::read(r, at, v, {}, m);
        if (r.count() > before) return;
        const std::string misfit = cats_misfit(m, table);
        if (!misfit.empty())
            r.report(io::problem_level::semantic, at, "of a metric " + m.metric_type + " " + misfit,
                     io::describe(v.find("value")));
        if (!ids.insert(m.id.text).second)
            r.report(io::problem_level::semantic, io::place(at, "id"), "each id once",
                     "\"" + m.id.text + "\" a second time");
        all.push_back(std::move(m));
    };
    if (!d.empty() && d.root().is(io::json_kind::array)) {
        std::size_t i = 0;
        for (const io::value v : d.root())
            if (!r.full()) read(io::place(i++), v);
    } else if (!d.empty()) {
        read(io::place(), d.root());
    }
    if (r.count() > 0) return r.take();
    return all;
}
/// A list of records.
inline std::string to_cats(const std::vector<cats_metric>& all) {
    io::document list;
    list.open_array();
    for (const cats_metric& m : all) list.copy(io::to_document(m).root());
    list.close();
    return io::to_text(list);
}

// ---- octets -------------------------------------------------------------------------------------------------------------

namespace detail {

/// Bits, the first in the highest place of the first octet.
class bit_writer {
  public:
    void put(std::uint32_t value, int width) {
        for (int i = width; i-- > 0; ++at_) {
            if (at_ % 8 == 0) octets_.push_back(0);
            if (value >> i & 1u) octets_.back() = static_cast<std::uint8_t>(octets_.back() | 0x80u >> at_ % 8);
        }
    }
    std::vector<std::uint8_t> take() { return std::move(octets_); }

  private:
    std::vector<std::uint8_t> octets_{};
    std::size_t at_ = 0;
};
class bit_reader {
  public:
    /// Precondition of reading: the octets are there.
    explicit bit_reader(const std::uint8_t* octets) : octets_(octets) {}
    std::uint32_t get(int width) {
        std::uint32_t value = 0;
        for (; width > 0; --width, ++at_) value = value << 1 | (octets_[at_ / 8] >> (7 - at_ % 8) & 1u);
        return value;
    }
    /// Up to the end of the octet: all 0, or else it is no such record.
    bool ends_clean() {
        bool clean = true;
        while (at_ % 8 != 0) clean = get(1) == 0 && clean;
        return clean;
    }
    std::size_t octets() const { return at_ / 8; }

  private:
    const std::uint8_t* octets_;
    std::size_t at_ = 0;
};
inline int exponent_of(units::count length) {
    int e = 0;
    while ((1LL << e) < length) ++e;
    return e;
}

} // namespace detail

/// Octets of a metric, and what they do not carry: ids, times, windows, all sources but the first, digits beyond binary32. The draft's layout, most significant
/// bit first, filled up with zeros to whole octets:
///   scores:  type 8, level 2, format 1, length 3, value 8, source 3                         = 25 bits, 4 octets
///   raw:     type 8, level 2, format 1, unit 4, length 3, value 32, source 3 [, statistics 2] = 53 or 55 bits, 7 octets
/// Codes: of types the table's; L0 0, L1 1, L2 2; int 0, float 1; units, statistics in the order of their enumerations; of the length its logarithm to base
/// 2; of sources 0 none, else 1 and on in their order. Values: unsigned, or IEEE 754 binary32. Errors: a type the table does not have, a
/// value that does not fit it or the 8 or 32 bits, statistics that are missing where the type has them. O(1).
inline basic_result<translated<std::vector<std::uint8_t>>, std::string> to_cats_octets(const cats_metric& m,
                                                                                       const cats_table& table = {}) {
    using failed = std::string;
    const cats_type* t = table.find(m.metric_type);
    if (t == nullptr) return failed("no code for the type \"" + m.metric_type + '"');
    const std::string misfit = cats_misfit(m, table);
    if (!misfit.empty()) return failed("of a metric " + m.metric_type + " " + misfit + " is carried");
    const bool raw = m.level == cats_level::raw;
    if (m.length != (raw ? 4 : 1)) return failed(raw ? "a raw value has 4 octets" : "a score has 1 octet");
    if (t->statistics && !m.statistics) return failed("statistics of \"" + m.metric_type + "\" are missing");
    translated<std::vector<std::uint8_t>> out;
    const auto lose = [&](const char* key, bool there, const char* what) {
        if (there) out.losses.push_back({std::string("/") + key, what});
    };
    const double x = m.value.si();
    std::uint32_t bits = 0;
    if (m.format == cats_number::integer) {
        if (!(x >= 0 && x <= (raw ? 4294967295.0 : 255.0) && x == math::floor(x)))
            return failed("no unsigned integer of that length");
        bits = static_cast<std::uint32_t>(x);
    } else {
        if (!raw) return failed("a score is an integer");
        const auto rounded = static_cast<float>(x);
        if (!(rounded - rounded == 0)) return failed("more than binary32 holds");
        bits = __builtin_bit_cast(std::uint32_t, rounded);
        lose("value", static_cast<double>(rounded) != x, "rounded to binary32");
    }
    detail::bit_writer w;
    w.put(t->code, 8);
    w.put(static_cast<std::uint32_t>(m.level), 2);
    w.put(static_cast<std::uint32_t>(m.format), 1);
    if (raw) w.put(static_cast<std::uint32_t>(m.unit), 4);
    w.put(static_cast<std::uint32_t>(detail::exponent_of(m.length)), 3);
    w.put(bits, raw ? 32 : 8);
    w.put(m.sources.empty() ? 0u : static_cast<std::uint32_t>(m.sources.front()) + 1, 3);
    if (t->statistics) w.put(static_cast<std::uint32_t>(*m.statistics), 2);
    lose("id", true, "there is no place for it");
    lose("cs_id", !m.cs_id.empty(), "there is no place for it");
    lose("csci_id", !m.csci_id.empty(), "there is no place for it");
    lose("sources", m.sources.size() > 1, "all but the first: there is place for one");
    lose("statistics", !t->statistics && m.statistics.known(), "the type has no place for it");
    lose("measurement_window_s", m.measurement_window.known(), "there is no place for it");
    lose("profile", !m.profile.empty(), "there is no place for it");
    lose("observed_at", m.meta.observed_at.known(), "there is no place for it");
    lose("valid_until", m.meta.valid_until.known(), "there is no place for it");
    lose("generation", m.meta.generation.known(), "there is no place for it");
    lose("labels", !m.meta.labels.empty(), "there is no place for it");
    out.result = w.take();
    return out;
}

/// The metrics of octets one after another; ids are "1", "2" and on, and what octets do not carry is as given. The error says what is wrong with which.
inline basic_result<std::vector<cats_metric>, std::string> from_cats_octets(const std::uint8_t* octets,
                                                                            std::size_t size,
                                                                            const cats_metric& given = {},
                                                                            const cats_table& table = {}) {
    using failed = std::string;
    std::vector<cats_metric> all;
    while (size > 0) {
        detail::bit_reader in(octets);
        const auto wrong = [&](const std::string& what) {
            return failed("metric " + std::to_string(all.size() + 1) + ": " + what);
        };
        cats_metric m = given;
        m.id.text = std::to_string(all.size() + 1);
        const cats_type* t = table.find(in.get(8));
        if (t == nullptr) return wrong("a type without a name");
        if (size < (t->level == cats_level::raw ? 7u : 4u)) return wrong("cut short");
        m.metric_type = t->name;
        const std::uint32_t level = in.get(2);
        if (level != static_cast<std::uint32_t>(t->level)) return wrong(std::string("not the level of ") + t->name);
        m.level = t->level;
        const bool raw = m.level == cats_level::raw;
        m.format = static_cast<cats_number>(in.get(1));
        if (!raw && m.format != cats_number::integer) return wrong("a score that is no integer");
        if (raw) {
            m.unit = static_cast<cats_unit>(in.get(4));
            if (m.unit != t->unit) return wrong(std::string("not the unit of ") + t->name);
        } else {
            m.unit = cats_unit::none;
        }
        const std::uint32_t length = in.get(3);
        if (length != (raw ? 2u : 0u)) return wrong("not the length of a value");
        m.length = raw ? 4 : 1;
        const std::uint32_t bits = in.get(raw ? 32 : 8);
        double x = bits;
        if (m.format == cats_number::real) x = static_cast<double>(__builtin_bit_cast(float, bits));
        if (!t->holds(x)) return wrong(std::string("a value out of the range of ") + t->name);
        m.value = units::factor(x == 0 ? 0.0 : x);
        const std::uint32_t source = in.get(3);
        if (source > static_cast<std::uint32_t>(enum_names<cats_source>.size)) return wrong("a source without a name");
        m.sources.clear();
        if (source > 0) m.sources.push_back(static_cast<cats_source>(source - 1));
        m.statistics = {};
        if (t->statistics) m.statistics = static_cast<cats_statistic>(in.get(2));
        if (!in.ends_clean()) return wrong("something after its end");
        octets += in.octets();
        size -= in.octets();
        all.push_back(std::move(m));
    }
    return all;
}

// ---- an estate's raw figures ----------------------------------------------------------------------------------------------

struct cats_options {
    std::string cs_id{}; ///< of the service whose instances the pools are
    maybe<units::duration> measurement_window{};
};

namespace detail {

/// A raw metric and the figure of a record that it is. `unit` is the SI value of one of the metric's unit.
template <class Record, class Q>
struct cats_figure {
    const char* type;
    maybe<Q> Record::*member;
    double unit;
};
inline constexpr cats_figure<compute_pool, units::memory> cats_memory{"compute_GPU_memory_size", &compute_pool::memory,
                                                                      8e9};
inline constexpr cats_figure<compute_pool, units::memory_rate> cats_memory_rate{"compute_GPU_memory_bandwidth",
                                                                                &compute_pool::memory_rate, 1e9};
inline constexpr cats_figure<compute_pool, units::ratio> cats_utilization{"compute_GPU_utilization",
                                                                          &compute_pool::utilization, 0.01};
inline constexpr cats_figure<compute_pool, units::power> cats_power{"compute_GPU_power", &compute_pool::max_power, 1.0};
inline constexpr cats_figure<wan_link, units::bit_rate> cats_available{"network_bandwidth_available",
                                                                       &wan_link::unreserved, 1e9};
inline constexpr cats_figure<wan_link, units::latency> cats_delay{"network_delay", &wan_link::latency, 1e-6};
inline constexpr cats_figure<wan_link, units::latency> cats_variation{"network_delay_variation", &wan_link::jitter,
                                                                      1e-6};
inline constexpr cats_figure<wan_link, units::ratio> cats_loss{"network_loss", &wan_link::loss, 0.01};

/// Calls f(figure) for each that a record may not know.
template <class F>
void each_cats_figure(const compute_pool&, F f) {
    f(cats_memory), f(cats_memory_rate), f(cats_utilization), f(cats_power);
}
template <class F>
void each_cats_figure(const wan_link&, F f) {
    f(cats_available), f(cats_delay), f(cats_variation), f(cats_loss);
}

/// The instance a record is, in CATS: its label, or its id.
template <class Record>
std::string csci_of(const Record& r) {
    const std::string* label = r.meta.labels.find("csci_id");
    return label ? *label : r.id.text;
}

class cats_exporter {
  public:
    cats_exporter(const cats_options& options, translated<std::vector<cats_metric>>& t) : options_(options), t_(t) {}

    template <class Record>
    void add(const io::place& at, const Record& r, const char* type, double x) {
        const cats_type* row = cats_table().find(type);
        if (!row->holds(x)) {
            t_.losses.push_back({at.pointer(), std::string(type) + " is out of the range of that metric"});
            return;
        }
        cats_metric m;
        m.csci_id = csci_of(r);
        ids_.name(m, m.csci_id + "/" + type);
        m.meta.observed_at = r.meta.observed_at;
        m.meta.valid_until = r.meta.valid_until;
        m.meta.generation = r.meta.generation;
        m.metric_type = type;
        m.level = row->level;
        m.format = row->format;
        if (m.format == cats_number::real) m.format_std = cats_format_std::ieee_754;
        m.length = 4;
        m.unit = row->unit;
        m.sources.push_back(row->statistics ? source_of(r) : cats_source::nominal);
        if (row->statistics) m.statistics = cats_statistic::cur;
        m.value = units::factor(x);
        m.cs_id = options_.cs_id;
        m.measurement_window = options_.measurement_window;
        t_.result.push_back(std::move(m));
    }
    template <class Record>
    void figures(const io::place& at, const Record& r, Record& carried) {
        each_cats_figure(r, [&](const auto& f) {
            const auto& x = r.*f.member;
            if (!x) return;
            add(at, r, f.type, io::exchange_number(x->si(), f.unit));
            carried.*f.member = x;
        });
    }

  private:
    template <class Record>
    static cats_source source_of(const Record& r) {
        switch (r.meta.source) {
        case source_type::nominal: return cats_source::nominal;
        case source_type::estimation: return cats_source::estimation;
        case source_type::aggregation: return cats_source::aggregation;
        default: return cats_source::measured;
        }
    }
    const cats_options& options_;
    translated<std::vector<cats_metric>>& t_;
    foreign_ids ids_{};
};

} // namespace detail

/// Level 0: the figures of pools and links that have a type in the table, and what has none. Pools and links are instances under their label
/// `csci_id`, or their id. Figures of devices with statistics are current ones.
inline translated<std::vector<cats_metric>> to_cats_raw(const estate& e, const cats_options& options = {}) {
    translated<std::vector<cats_metric>> t;
    detail::cats_exporter out(options, t);
    lost_members lost(t.losses, "no raw metric is of it");
    const io::place root, pools(root, "pools"), links(root, "links");
    for (std::size_t i = 0; i < e.pools.size(); ++i) {
        const compute_pool& p = e.pools[i];
        const io::place at(pools, i);
        compute_pool carried;
        carried.id = p.id;
        carried.meta = p.meta;
        carried.total_count = p.total_count;
        carried.free_count = p.free_count;
        out.add(at, p, "compute_GPU_units", static_cast<double>(p.total_count));
        out.add(at, p, "compute_GPU_units_free", static_cast<double>(p.free_count));
        if (p.peak.bf16) {
            out.add(at, p, "compute_GPU_bf16", io::exchange_number(p.peak.bf16->si(), 1e12));
            carried.peak.bf16 = p.peak.bf16;
        }
        out.figures(at, p, carried);
        lost.compare(at, p, carried);
    }
    for (std::size_t i = 0; i < e.links.size(); ++i) {
        const wan_link& l = e.links[i];
        const io::place at(links, i);
        wan_link carried;
        carried.id = l.id;
        carried.meta = l.meta;
        carried.capacity = l.capacity;
        out.add(at, l, "network_bandwidth", io::exchange_number(l.capacity.si(), 1e9));
        out.figures(at, l, carried);
        lost.compare(at, l, carried);
    }
    lost.all_but({"pools", "links"}, e);
    return t;
}

/// The same as text.
inline translated<std::string> to_cats(const estate& e, const cats_options& options = {}) {
    auto t = to_cats_raw(e, options);
    return {to_cats(t.result), std::move(t.losses)};
}

/// The other way: raw metrics that pools and links of the estate are the instances of become their figures. What is not taken over is a loss, by its place in
/// the list: other levels and types, other instances, and figures that would make a record no record (more free than there are). O(n log n).
inline std::vector<loss> take_cats_raw(estate& e, const std::vector<cats_metric>& all, const cats_table& table = {}) {
    std::map<std::string, compute_pool*> pools;
    std::map<std::string, wan_link*> links;
    for (compute_pool& p : e.pools) pools.emplace(detail::csci_of(p), &p);
    for (wan_link& l : e.links) links.emplace(detail::csci_of(l), &l);
    std::vector<loss> losses;
    const auto take = [&](auto& record, const cats_metric& m, double x, bool& taken) {
        detail::each_cats_figure(record, [&](const auto& f) {
            if (m.metric_type != f.type) return;
            using quantity = typename std::remove_cvref_t<decltype(record.*f.member)>::value_type;
            const double si = x * f.unit;
            const units::magnitude bounds = units::magnitude_of<typename quantity::kind>();
            const double least = bounds.least * quantity::kind::exchange, most = bounds.most * quantity::kind::exchange;
            if (si != 0 && !(si >= least && si <= most)) return;
            if (std::is_same_v<quantity, units::latency> && x > 16777215) return; // of a link
            record.*f.member = quantity::from_si(si);
            taken = true;
        });
    };
    // In order of dependence: what there is, then what of it is free.
    for (const int pass : {0, 1}) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            const cats_metric& m = all[i];
            const bool second =
                m.metric_type == "compute_GPU_units_free" || m.metric_type == "network_bandwidth_available";
            if (second != (pass == 1)) continue;
            const io::place at(i);
            const auto pool = pools.find(m.csci_id);
            const auto link = links.find(m.csci_id);
            const cats_type* ours = cats_table().find(m.metric_type); // a table of one's own may have another unit
            const auto value = ours ? in_cats_unit(m.value.si(), m.unit, ours->unit) : std::nullopt;
            const bool fits = value && m.level == cats_level::raw && cats_misfit(m, table).empty();
            const double x = value.value_or(0);
            bool taken = false;
            if (fits && m.format == cats_number::integer && pool != pools.end()) {
                compute_pool& p = *pool->second;
                const bool whole = x >= 0 && x <= units::most_counted && x == math::floor(x);
                if (m.metric_type == "compute_GPU_units" && whole && static_cast<double>(p.free_count) <= x)
                    p.total_count = static_cast<long long>(x), taken = true;
                else if (m.metric_type == "compute_GPU_units" && whole)
                    p.total_count = p.free_count = static_cast<long long>(x),
                    taken = true; // until what is free is said
                if (m.metric_type == "compute_GPU_units_free" && whole && x <= static_cast<double>(p.total_count))
                    p.free_count = static_cast<long long>(x), taken = true;
            } else if (fits) {
                if (pool != pools.end()) {
                    compute_pool& p = *pool->second;
                    const bool positive = x > 0 || m.metric_type == "compute_GPU_utilization";
                    const bool above_idle =
                        m.metric_type != "compute_GPU_power" || !p.idle_power || p.idle_power->si() <= x;
                    if (positive && above_idle) take(p, m, x, taken);
                    if (m.metric_type == "compute_GPU_bf16" && x >= 1e-6)
                        p.peak.bf16 = units::flops::from_si(x * 1e12), taken = true;
                }
                if (link != links.end() && !taken) {
                    wan_link before = *link->second;
                    wan_link& l = *link->second;
                    if (m.metric_type == "network_bandwidth" && (x == 0 || x >= 1e-9)) {
                        l.capacity = units::bit_rate::from_si(x * 1e9);
                        if (l.unreserved && *l.unreserved > l.capacity)
                            l.unreserved = l.capacity; // until what is available is said
                        taken = true;
                    }
                    take(l, m, x, taken);
                    const bool too_much = l.unreserved && *l.unreserved > l.capacity;
                    if (too_much || faster_than_light(l.latency, l.distance)) l = before, taken = false;
                }
            }
            if (!taken)
                losses.push_back({at.pointer(), m.metric_type + " of \"" + m.csci_id +
                                                    "\": no figure of a pool or link here can be that"});
        }
    }
    return losses;
}

// ---- scores -------------------------------------------------------------------------------------------------------------

/// Levels 1 and 2 of one candidate as metrics of an instance. Categories that the objective has no term of are absent. The profile names the functions that
/// made them (RFC 10053 asks that they be selectable and the same everywhere): its id is in each metric, its normalisation and aggregation in
/// its labels. What energy is worth is part of composed_norm, since CATS has no category for it.
inline std::vector<cats_metric> to_cats_scores(const cats_scores& s, const std::string& csci_id,
                                               const scoring_profile& p, const cats_options& options = {},
                                               const cats_format& format = {}) {
    std::vector<cats_metric> all;
    foreign_ids ids;
    const auto add = [&](const char* type, cats_level level, int value) {
        cats_metric m;
        ids.name(m, csci_id + "/" + type);
        m.metric_type = type;
        m.level = level;
        m.sources.push_back(cats_source::normalization);
        m.value = units::factor(value);
        m.cs_id = options.cs_id;
        m.csci_id = csci_id;
        m.measurement_window = options.measurement_window;
        m.profile = p.id.text;
        m.meta.labels.set("normalization", to_string(p.normalization));
        m.meta.labels.set("aggregation", to_string(p.aggregation));
        all.push_back(std::move(m));
    };
    for (int c = 0; c < 4; ++c)
        if (const auto level = s.level_1(static_cast<cats_category>(c), format))
            add(format.level_1[c], cats_level::category, *level);
    add(format.level_2, cats_level::single, s.level_2(format));
    return all;
}

} // namespace uonaco::inline UONACO_ABI::adapt
