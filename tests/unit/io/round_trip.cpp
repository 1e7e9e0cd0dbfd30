// SPDX-License-Identifier: Apache-2.0
// Random records of every kind: what is written loads and is written alike, every decimal of up to 15 digits included. 300 of a kind;
// ten thousand by UONACO_TIMES=34.
#include "../../catch.hpp"

#include <uonaco/io/kinds.hpp>

#include <cstdlib>
#include <random>

namespace {

using namespace uonaco;

std::mt19937_64 engine(20261127);
std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine() % n); }
bool one_in(std::size_t n) { return below(n) == 0; }
double between(double low, double high) { return low + (high - low) * static_cast<double>(engine() >> 11) * 0x1p-53; }

/// A decimal of up to 15 digits that the extent allows, of any magnitude that it has.
double decimal(const io::extent& e) {
    const double most = std::min(e.own.most, 1e15), least = std::max(e.own.least, -1e15);
    for (int tries = 0; tries < 100; ++tries) {
        if (one_in(8) && e.allow(0)) return 0;
        const bool negative = least < 0 && (most <= 0 || one_in(2));
        const double high = negative ? -least : most;
        const double low = std::max({e.tiny, negative ? -most : least, high * 1e-12});
        const double x = std::exp(between(std::log(low), std::log(high)));
        char text[40];
        const int digits = 1 + static_cast<int>(below(15));
        const auto end =
            std::to_chars(text, text + sizeof text, negative ? -x : x, std::chars_format::scientific, digits - 1).ptr;
        double rounded = 0;
        std::from_chars(text, end, rounded);
        if (e.allow(rounded)) return rounded;
    }
    return most;
}

struct random_members;
template <class T>
void fill(const reflect::field&, T&);

void fill_one(const reflect::field&, bool& b) { b = one_in(2); }
void fill_one(const reflect::field& f, long long& n) {
    const io::extent e = io::extent_of(f);
    const double least = std::max(e.own.least, 0.0), most = std::min(e.own.most, 9e18);
    n = static_cast<long long>(
        std::min(std::floor(std::exp(between(0, std::log(most - least + 1))) - 1 + least), most));
}
void fill_one(const reflect::field& f, double& x) { x = decimal(io::extent_of(f, {})); }
template <class K>
void fill_one(const reflect::field& f, quantity<K>& q) {
    const double x = decimal(io::extent_of(f, io::unit_of<K>()));
    q = quantity<K>::from_si(x * K::exchange);
    if (io::exchange_number(q.si(), K::exchange) != x) FAIL("a decimal of 15 digits is lost: " << x << " " << f.name);
}
void fill_one(const reflect::field& f, std::string& s) {
    static const char* const pieces[] = {"Paris", " ", "\"", "\\", "\n", "\t", "\x01",
                                         "\x7f",  "é", "漢", "𝄞",  "/",  "~",  "{}"};
    s.clear();
    for (int i = 0; i < f.capitals; ++i) s += static_cast<char>('A' + below(26));
    if (f.capitals == 0)
        for (std::size_t n = below(6); n > 0; --n) s += pieces[below(std::size(pieces))];
}
template <class Tag>
void fill_one(const reflect::field&, id<Tag>& i) {
    static constexpr std::string_view letters = "abcXYZ019._:/-";
    i.text = "i";
    for (std::size_t n = below(9); n > 0; --n) i.text += letters[below(letters.size())];
}
void fill_one(const reflect::field&, instant& t) {
    t = instant::from_unix(static_cast<double>(below(4'000'000'000)) + 0.25 * static_cast<double>(below(4)));
}
template <named_enum E>
void fill_one(const reflect::field&, E& e) {
    e = static_cast<E>(below(static_cast<std::size_t>(enum_names<E>.size)));
}
void fill_one(const reflect::field&, statistic& s) { s.text = one_in(2) ? "" : one_in(2) ? "p99.9" : "median"; }
void fill_one(const reflect::field&, free_form& f) {
    f.json = one_in(2) ? "" : R"({"a": [1, 2.5e300, {"b": null}, "\u00e9\n"]})";
}
void fill_one(const reflect::field& f, label_set& all) {
    all.clear();
    for (std::size_t n = below(3); n > 0; --n) {
        std::string key, word;
        fill_one(reflect::field{}, key);
        fill_one(f, word);
        all.set(key, word);
    }
}
template <class T>
void fill_one(const reflect::field& f, maybe<T>& m) {
    m = {};
    if (one_in(2)) return;
    T known{};
    fill(f, known);
    m = std::move(known);
}
template <class T>
void fill_one(const reflect::field& f, std::vector<T>& all) {
    all.assign(below(4), T{});
    for (T& one : all) fill(f, one);
}
template <class... Ts>
void fill_one(const reflect::field& f, std::variant<Ts...>& v) {
    std::size_t which = below(sizeof...(Ts));
    const auto take = [&](auto one) {
        if (which-- != 0) return;
        fill(f, one);
        v = std::move(one);
    };
    (take(Ts{}), ...);
}

// What must hold between members, beyond the bounds of each.
template <class T>
void mend(T&) {}
void mend(envelope& e) {
    if (e.observed_at && e.valid_until && *e.valid_until < *e.observed_at) e.valid_until = e.observed_at;
}
void mend(compute_pool& p) {
    p.free_count = std::min(p.free_count, p.total_count);
    if (p.idle_power && p.max_power && *p.max_power < *p.idle_power) p.idle_power = p.max_power;
    if (!p.price) p.full_price = {};
}
void mend(storage_pool& s) {
    if (s.free && *s.free > s.capacity) s.free = s.capacity;
}
void mend(fibre_span& s) { s.dst_node.text = s.src_node.text + "x"; }
void mend(provisioning& p) {
    if (p.step && *p.step > p.rate) p.step = p.rate;
}
void mend(wan_link& l) {
    l.dst_node.text = l.src_node.text + "x";
    if (l.unreserved && *l.unreserved > l.capacity) l.unreserved = l.capacity;
    if (l.available && *l.available > (l.unreserved ? *l.unreserved : l.capacity)) l.available = units::bit_rate{};
    if (l.latency) l.distance = {};
}
void mend(circuit& c) {
    c.dst_site.text = c.src_site.text + "x";
    if (c.unreserved && *c.unreserved > c.rate) c.unreserved = c.rate;
}
void mend(wan_path& p) {
    p.dst_site.text = p.src_site.text + "x";
    p.backup.text = p.id.text + "x";
    p.action = p.circuit.empty() ? network_action::create : network_action::resize;
    p.links = {"a", "b", "c"};
    std::erase(p.adapted_layers, p.layer);
    p.shared_links.resize(std::min<std::size_t>(p.shared_links.size(), 1), "b");
    for (link_id& l : p.shared_links) l = "b";
}
void mend(power_state& p) {
    if (p.site.empty()) p.site = "s";
    for (std::size_t i = 0; i < p.forecast.size(); ++i) {
        p.forecast[i].duration = units::duration::from_si(static_cast<double>(1 + below(86400)));
        if (i > 0) p.forecast[i].start = p.forecast[i - 1].start + p.forecast[i - 1].duration;
    }
}
void mend(device_need& d) {
    d.count += d.count == 0;
    if (d.min_count && *d.min_count > d.count) d.min_count = d.count;
}
void mend(locality& l) { l.denied_sites.clear(); }
void mend(transformer& m) { m.active_experts = std::min(m.active_experts, m.experts); }
void mend(parallel_plan& p) { p.expert_tensor = {}; }
void mend(training& t) {
    t.shape = {}; // has to come to as many parameters
    if (t.active_parameters) t.active_parameters = std::min(*t.active_parameters, t.parameters);
}
void mend(language_model& m) {
    if (m.active_parameters) m.active_parameters = std::min(*m.active_parameters, m.parameters);
}
void mend(transfer& t) {
    if (t.data.empty() && !t.volume) t.volume = units::from_exchange_unit<units::volume>(12.5);
    if (!t.data.empty()) t.volume = {};
    t.to = t.from;
    t.to.text += "x";
}
void mend(workload& w) {
    if (!std::holds_alternative<inference>(w.task) && !std::holds_alternative<session>(w.task))
        w.locality.user_site = {};
}
void mend(profile_term& t) {
    const bool limit = t.role != term_role::term;
    if (limit && !t.bound) t.bound = 0.5;
    if (!limit) t.bound = {};
    t.unknown = on_unknown::exclude;
    t.worst = {};
    t.tolerance = {};
}
void mend(scoring_profile& p) {
    if (!p.terms.empty()) p.terms[0] = {};
    (p.terms.empty() ? p.aggregation = aggregation::weighted_sum, 0 : (p.preset = preset::full_cost, 0));
}
void mend(tariff& t) {
    if (t.billing == billing::duration) t.volume_price = {};
    if (t.billing == billing::volume) t.lease = {};
}
void mend(constraint_check& c) { c.satisfied = c.margin.si() >= 0; }
void mend(decision& d) {
    d.description += "d";
    d.reason += "r";
    if (!d.objective) d.objective = 17.25;
    if (d.status == placement_status::rejected) d.objective = {}, d.assignments.clear(), d.network.clear();
}
void mend(reservation& r) {
    r.end = r.start + units::duration::from_si(3600);
    r.storage = "s";
    r.reason += "r";
    for (assignment& a : r.assignments) a.devices = std::max(a.devices, 1LL);
    for (network_step& s : r.network)
        if (s.action == network_action::none) s.action = network_action::use;
    r.held_until = r.state == reservation_state::held ? maybe<instant>(r.start) : maybe<instant>();
}
void mend(cats_metric& m) {
    m.metric_type += "m";
    m.csci_id += "i";
    m.length = 1LL << below(7);
    const bool score = m.level != cats_level::raw;
    if (score) m.format = cats_number::integer, m.length = 1, m.unit = cats_unit::none, m.statistics = {};
    if (m.format == cats_number::real && m.unit == cats_unit::none) m.unit = cats_unit::percent;
    if (m.format == cats_number::real) return;
    m.format_std = {};
    const double most = std::exp2(8.0 * static_cast<double>(m.length)) - 1;
    m.value = score ? static_cast<double>(below(11)) : std::min(std::floor(std::abs(m.value.si())), most);
}
// References of a scenario find what they name, and nothing is said twice.
void mend(scenario& s) {
    s.meta.observed_at = s.meta.valid_until = {};
    estate& e = s.estate;
    if (e.sites.size() < 2) e.sites.resize(2);
    const auto number = [](auto& table, const char* prefix) {
        for (std::size_t i = 0; i < table.size(); ++i) table[i].id.text = prefix + std::to_string(i);
    };
    number(e.sites, "s"), number(e.nodes, "n"), number(e.pools, "p"), number(e.storage, "t"), number(e.datasets, "d");
    number(e.spans, "f"), number(e.links, "l"), number(e.tariffs, "c"), number(e.circuits, "k"), number(e.power, "w");
    number(e.risks, "r"), number(s.workloads, "j");
    for (auto& p : e.pools) p.site = "s0";
    for (auto& t : e.storage) t.site = "s1";
    for (auto& d : e.datasets) d.site = "s0", d.storage = {};
    for (auto& f : e.spans) f.src_node = "s0", f.dst_node = "s1";
    for (auto& l : e.links) l.src_node = "s1", l.dst_node = "s0", l.spans.clear(), l.tariff = {};
    for (auto& c : e.circuits) c.src_site = "s0", c.dst_site = "s1", c.links.clear();
    for (auto& p : e.power)
        p.site = {}, p.grid_zone = "z" + p.id.text, p.carbon_signal = carbon_signal::average, p.emission_factors = {};
    for (std::size_t i = 0; i < e.risks.size(); ++i) e.risks[i].srlg = static_cast<long long>(i);
    for (auto& w : s.workloads) {
        w.locality.allowed_sites.clear();
        if (!w.locality.user_site.empty()) w.locality.user_site = "s1";
        if (auto* t = std::get_if<training>(&w.task)) t->data = {};
        if (auto* t = std::get_if<transfer>(&w.task))
            t->data = {}, t->from = "s0", t->to = "s1", mend(*t), t->to = "s1";
    }
}

struct random_members {
    template <class M>
    void operator()(const reflect::field& f, M& member) const {
        fill(f, member);
    }
};
template <class T>
void fill(const reflect::field& f, T& out) {
    if constexpr (reflect::reflected<T>) {
        reflect::for_each_member(random_members{}, out);
        mend(out);
    } else {
        fill_one(f, out);
    }
}

TEST_CASE("random records of every kind are written as what they were read from") {
    const char* asked = std::getenv("UONACO_TIMES");
    const int rounds = 300 * (asked ? std::max(1, std::atoi(asked)) : 1);
    io::for_each_kind(
        [&]<class T>() {
            INFO(reflect::name_of<T>);
            for (int i = 0; i < rounds; ++i) {
                T record{};
                fill(reflect::field{}, record);
                const std::string once = io::dump(record, io::layout::compact);
                const auto again = io::load<T>(once);
                if (!again)
                    for (const io::problem& p : again.error()) UNSCOPED_INFO(to_string(p));
                if (!again) FAIL(once);
                const std::string twice = io::dump(*again, io::layout::compact);
                if (twice != once) FAIL("not byte-equal:\n" << once << "\n" << twice);
            }
            SUCCEED();
        },
        io::kinds{});
}

TEST_CASE("times finer than what is written are rounded when they are read, and what holds between them holds again") {
    const auto seen = io::load<site>(
        R"({"kind": "site", "schema_version": "1.0", "id": "a", "observed_at": "2026-01-01T00:00:00.0015Z"})");
    REQUIRE(seen);
    CHECK(io::load<site>(io::dump(*seen))->meta == seen->meta);

    const auto held = io::load<reservation>(
        R"({"kind": "reservation", "schema_version": "1.0", "id": "r", "workload": "w", "state": "committed",
            "start": "2026-01-01T00:00:00.0001Z", "end": "2026-01-01T00:00:00.0002Z",
            "assignments": [{"pool": "p", "site": "a", "devices": 1, "share_ratio": 1}]})");
    REQUIRE_FALSE(held); // it would be written as one that ends when it starts
    CHECK(held.error()[0].pointer == "/end");

    const auto forecast = [](const char* second, const char* third) {
        return io::load<power_state>(
            R"({"kind": "power_state", "schema_version": "1.0", "id": "p", "site": "a", "forecast": [
            {"start": "2026-01-01T00:00:00.0004Z", "duration_s": 1}, {"start": ")" +
            std::string(second) + R"(", "duration_s": 1}, {"start": ")" + third + R"(", "duration_s": 1}]})");
    };
    const auto read = forecast("2026-01-01T00:00:01.0012Z", "2026-01-01T00:00:02.0016Z"); // a millisecond, twice
    REQUIRE(read);
    CHECK(io::load<power_state>(io::dump(*read)));
    CHECK_FALSE(forecast("2026-01-01T00:00:01.0012Z", "2026-01-01T00:00:02.0026Z"));
}

} // namespace
