// SPDX-License-Identifier: Apache-2.0
// Hostile figures in every column and argument: an outcome of finite figures or a named error, never NaN or infinity.
// Beyond the usual number of cases: UONACO_TIMES.
#include "catch.hpp"
#include "support.hpp"

#include <uonaco/evaluate/batch.hpp>
#include <uonaco/evaluate/outcome_of.hpp>
#include <uonaco/model.hpp>

#include <map>

using namespace support;

namespace {

constexpr double figures[] = {0,   5e-324, 2.3e-308, 1e-300, 1e-100, 1e-30, 1e-18, 1e-9,  0.5,
                              1.0, 2.0,    1e6,      1e12,   1e30,   1e100, 1e155, 1e300, 1.7976931348623157e308};

double any(dice& d) { return figures[d.below(sizeof figures / sizeof *figures)]; }
template <class Q>
Q any(dice& d) {
    return Q::from_si(any(d));
}
units::count any_count(dice& d) {
    constexpr units::count counts[] = {0, 1, 2, 7, 1000, 1'000'000, 1'000'000'000'000};
    return counts[d.below(7)];
}
int few(dice& d) { return static_cast<int>(d.below(9)); }

// One figure: hostile, or at an end of what its kind can be.
template <class K>
void spoil(dice& d, quantity<K>& q) {
    constexpr units::magnitude m = units::magnitude_of<K>();
    const unsigned way = d.below(4);
    if (m.most > 0 && way == 0)
        q = units::from_exchange_unit<quantity<K>>(m.least);
    else if (m.most > 0 && way <= 2)
        q = units::from_exchange_unit<quantity<K>>(m.most);
    else
        q = any<quantity<K>>(d);
}
template <class K>
void spoil(dice& d, maybe<quantity<K>>& q) {
    quantity<K> x;
    spoil(d, x);
    q = d.one_in(3) ? maybe<quantity<K>>{} : maybe<quantity<K>>(x);
}
void spoil(dice& d, bool& b) { b = d.one_in(2); }
void spoil(dice& d, units::count& n) { n = any_count(d); }
void spoil(dice& d, maybe<units::count>& n) { n = any_count(d); }

// Each with a chance of one in `rarely`.
template <class... Figures>
void spoil_some(dice& d, unsigned rarely, Figures&... all) {
    (void(d.one_in(rarely) ? (spoil(d, all), 0) : 0), ...);
}

features<double> hostile_features(dice& d) {
    const int sites = d.one_in(16) ? 0 : 1 + static_cast<int>(d.below(max_shares));
    auto f = random_features(d, sites);
    // from one spoilt figure in a candidate to nearly all of them
    const unsigned rarely = 1u << d.below(9);
    for_each_column(f, f, [&](auto& q, const auto&) { spoil_some(d, rarely, q); });
    for (int i = 0; i < sites; ++i)
        if (d.one_in(8)) f.site[i].devices = d.one_in(2) ? 1.0 : 1e6;
    return f;
}
supply<double> hostile_supply(dice& d) {
    auto g = random_supply(d);
    const unsigned rarely = 1u << d.below(6);
    for (int i = 0; i < max_shares; ++i) spoil_some(d, rarely, g.price[i], g.carbon[i]);
    return g;
}
valuation hostile_valuation(dice& d) {
    auto v = random_valuation(d);
    spoil_some(d, 1u << d.below(6), v.value_of_time, v.carbon_price, v.price_stand_in, v.energy_price_stand_in,
               v.carbon_stand_in, v.pue_stand_in, v.lease_stand_in, v.egress_stand_in, v.set_up_stand_in);
    return v;
}

training hostile(dice& d, training t) {
    const unsigned rarely = 1u << d.below(6);
    spoil_some(d, rarely, t.parameters, t.active_parameters, t.tokens_per_step, t.steps, t.sync_every, t.stream_steps,
               t.early_micro_batches, t.checkpoint_time, t.restart_time, t.overlap);
    if (t.shape) {
        transformer m = *t.shape;
        spoil_some(d, rarely, m.layers, m.hidden, m.heads, m.sequence);
        t.shape = m;
    }
    return t;
}
void spoil_model(dice& d, unsigned rarely, language_model& m) {
    spoil_some(d, rarely, m.parameters, m.active_parameters, m.kv_per_token, m.devices_per_replica, m.max_batch);
}
inference hostile(dice& d, inference w) {
    const unsigned rarely = 1u << d.below(6);
    spoil_model(d, rarely, w.model);
    spoil_some(d, rarely, w.requests, w.input_tokens, w.output_tokens, w.duration, w.request_volume, w.response_volume,
               w.arrival_variation, w.service_variation, w.objective.first_token, w.objective.per_token);
    return w;
}
session hostile(dice& d, session w) {
    const unsigned rarely = 1u << d.below(6);
    spoil_model(d, rarely, w.model);
    spoil_some(d, rarely, w.concurrent, w.think_time, w.input_tokens, w.output_tokens, w.context_tokens, w.duration,
               w.objective.first_token, w.objective.per_token);
    return w;
}
transfer hostile(dice& d, transfer w) {
    spoil_some(d, 1u << d.below(4), w.window);
    return w;
}

// How many cases had which end.
std::map<std::string, long long>& ends() {
    static std::map<std::string, long long> all;
    return all;
}

const evaluator objective{weigh(1.0, terms::full_cost{}), weigh(0.5, terms::completion_time{})};

template <class Task>
void evaluate_hostile(Task (*random_task)(dice&), unsigned seed, int cases) {
    dice d(seed, true);
    const calibration c;
    long long good = 0, refused = 0;
    for (long long i = 0; i < static_cast<long long>(cases) * times(); ++i) {
        const auto f = hostile_features(d);
        const Task t = hostile(d, random_task(d));
        const auto g = hostile_supply(d);
        const valuation v = hostile_valuation(d);
        const auto o = outcome_of(f, t, c, g, v);
        // the same unchecked, as a block: what leaves is finite all the same
        block b;
        supply<block::rep> grid;
        for (int k = 0; k < block::width; ++k) {
            uonaco::detail::put(b, k, f);
            for (int site = 0; site < max_shares; ++site) {
                uonaco::detail::put(grid.price[site], k, g.price[site]);
                uonaco::detail::put(grid.carbon[site], k, g.carbon[site]);
            }
        }
        const auto all = settle(b.figures, compute(b.figures, t, c), grid, v);
        const auto last = lane_of(all, block::width - 1);
        const std::string bad = o ? not_finite(*o) : o.error().subject.empty() ? "an error without a name" : "";
        const std::string bad_block = not_finite(last);
        const std::string differs = o ? different_bits(*o, last) : "";
        const double total = objective(last).total.si();
        if (bad.empty() && bad_block.empty() && differs.empty() && math::finite(total) &&
            (in_range(last) || !o)) { // Catch's own checks would take most of the time
            ++(o ? good : refused);
            continue;
        }
        INFO("seed " << seed << ", candidate " << i << ": " << bad << " " << bad_block << " " << differs);
        REQUIRE(false);
    }
    CHECK(good > cases / 50);
    CHECK(refused > cases / 50);
    ends()["outcome"] += good;
    ends()["named error"] += refused;
}

// Formulas called directly, each with figures of its own. `out` takes what they give.
struct sink {
    const char* formula = "";
    std::string bad{};
    long long seen = 0;

    void operator()(double x) {
        ++seen;
        if (!math::finite(x) && bad.empty()) bad = std::string(formula) + " = " + std::to_string(x);
    }
    template <class K>
    void operator()(quantity<K> q) {
        (*this)(q.si());
    }
    template <class K>
    void operator()(const maybe<quantity<K>>& q) {
        if (q) (*this)(*q);
    }
    template <class A, class B, class... More>
    void operator()(const A& a, const B& b, const More&... more) {
        (*this)(a), (*this)(b);
        ((*this)(more), ...);
    }
};
#define TRY(name) out.formula = #name, out(name)

using duration = units::duration;
using latency = units::latency;
using bit_rate = units::bit_rate;
using volume = units::volume;
using ratio = units::ratio;
using factor = units::factor;

void call_collectives(dice& d, sink& out) {
    using namespace collectives;
    const int n = 1 + static_cast<int>(d.one_in(3) ? d.below(1'000'000) : d.below(9));
    const auto s = any<volume>(d);
    const auto b = any<bit_rate>(d);
    const auto a = any<latency>(d);
    TRY(point_to_point<double>(s, b, a));
    TRY(ring_all_reduce<double>(n, s, b, a));
    TRY(halving_doubling_all_reduce<double>(n, s, b, a));
    TRY(tree_all_reduce<double>(n, s, any<volume>(d), b, a));
    TRY(ring_all_gather<double>(n, s, b, a));
    TRY(bruck_all_gather<double>(n, s, b, a));
    TRY(pairwise_all_to_all<double>(n, s, b, a));
    TRY(tree_broadcast<double>(n, s, b, a));
    TRY(scatter_gather_broadcast<double>(n, s, b, a));
    TRY(chain_broadcast<double>(n, any(d), s, b, a));
    TRY(best_chunks<double>(n, s, b, a));
    TRY(in_network_all_reduce<double>(s, b, a, any<ratio>(d)));
    TRY(two_level_all_reduce<double>(n, s, b, a, any<latency>(d)));
    TRY(hierarchical_all_reduce<double>(n, b, a, 1 + few(d), s, any<bit_rate>(d), any<latency>(d)));
    TRY(routed_volume(any(d), any(d), any(d), any(d)));
    TRY(bus_rate<double>(operation::all_reduce, n, s, any<duration>(d)));
    site_rates<double> rates;
    rates.sites = 1 + static_cast<int>(d.below(4));
    for (int i = 0; i < rates.sites; ++i) {
        rates.ranks[i] = any(d);
        for (int j = 0; j < rates.sites; ++j) rates.rate[i][j] = any<bit_rate>(d);
    }
    TRY(all_reduce_cut_bound<double>(s, rates));
    TRY(local_sgd::exposed_step<double>(any<duration>(d), s, b));
    const auto e = local_sgd::blocking<double>(any(d), any<duration>(d), 1 + few(d));
    TRY(local_sgd::utilisation<double>(e, any<duration>(d)));
    TRY(local_sgd::needed_rate<double>(e, s, any<ratio>(d)));
}
void call_transport(dice& d, sink& out) {
    using namespace transport;
    const auto p = any<ratio>(d);
    TRY(serialization(any<volume>(d), any<bit_rate>(d)));
    TRY(in_flight(any<bit_rate>(d), any<latency>(d)));
    TRY(go_back_n<double>(p, any<factor>(d)));
    TRY(selective_repeat<double>(p));
    TRY(go_back_n_with_timer<double>(p, any<factor>(d), any<ratio>(d), any<factor>(d)));
    TRY(found_by_timer<double>(p, any<factor>(d)));
    // its loop takes longest where nearly all is lost: seldom
    if (d.one_in(64))
        TRY(repeat_completion<double>(any<volume>(d), any<bit_rate>(d), p, any<latency>(d), any<volume>(d)));
    TRY(bulk<double>(any<volume>(d), any<bit_rate>(d), any<ratio>(d), any<latency>(d)));
}
void call_tcp(dice& d, sink& out) {
    tcp::path<double> p{.capacity = any<bit_rate>(d), .round_trip = any<latency>(d), .loss = any<ratio>(d)};
    tcp::sender s{.segment = any<volume>(d), .timeout = any<duration>(d)};
    if (d.one_in(2)) s.window = any<volume>(d);
    for (const auto l : {tcp::law::mathis, tcp::law::padhye, tcp::law::cubic, tcp::law::h_tcp, tcp::law::bbr}) {
        TRY(tcp::rate<double>(l, p, s));
        TRY(tcp::parallel<double>(any(d), l, p, s));
    }
}
void call_reliability(dice& d, sink& out) {
    using namespace reliability;
    const auto a = any<duration>(d), b = any<duration>(d), e = any<duration>(d), m = any<duration>(d);
    TRY(availability<double>(a, b));
    TRY(cable(any<units::distance>(d), any(d), a));
    TRY(cable_linear(any<units::distance>(d), any(d), a));
    TRY(failure_rate<double>(any<ratio>(d), a));
    TRY(either_up(any<ratio>(d), any<ratio>(d)));
    TRY(stops<double>(any<factor>(d), a, any<units::frequency>(d)));
    TRY(cluster_mtbf<double>(any<factor>(d), a, any<units::frequency>(d)));
    TRY(young_interval<double>(a, m));
    TRY(daly_interval<double>(a, m));
    TRY(goodput_first_order<double>(a, b, e, m));
    TRY(goodput<double>(a, b, e, m));
    TRY(goodput_at<double>(any<units::frequency>(d), a, b));
    TRY(checkpoint_volume(any(d)));
    const auto r = replica<double>(any<volume>(d), any<bit_rate>(d), a, b);
    out.formula = "replica";
    out(r.transfer, r.point, r.most_lost, r.time);
}
void call_power_limit(dice& d, sink& out) {
    using namespace power_limit;
    const auto full = any<units::power>(d), idle = any<units::power>(d);
    TRY(speed<double>(any<units::power>(d), full, idle));
    constexpr beyond outside[] = {beyond::unknown, beyond::hold, beyond::repeat};
    step_series<units::kinds::power> caps(outside[d.below(3)]);
    const auto start = units::instant::from_unix(1.8e9);
    auto at = start;
    for (int i = few(d); i > 0; --i) {
        const auto length = 60.0 * (1 + few(d)) * 1_s;
        caps.append(at, length, any<units::power>(d));
        at = at + length;
    }
    TRY(time_to_finish<double>(any<duration>(d), full, idle, caps, start + duration::from_si(d.between(-1e4, 1e4))));
    if (!d.one_in(64) || caps.empty()) return; // may walk through 65,536 steps
    const place here{.full = units::max(full, idle), .idle = idle, .caps = &caps};
    TRY(time_to_finish(any<duration>(d), &here, 1, start));
}
void call_billing(dice& d, sink& out) {
    for (const auto by : {billing::duration, billing::volume})
        TRY(bill::of<double>(by, any<units::price_rate>(d), any<duration>(d), any<units::volume_price>(d),
                             any<volume>(d)));
    TRY(bill::whole<double>(any<duration>(d), any<duration>(d)));
    TRY(bill::time<double>(any<duration>(d), any<duration>(d), any<duration>(d)));
    TRY(bill::break_even<double>(any<units::price_rate>(d), any<duration>(d), any<units::volume_price>(d)));
    TRY(bill::at_utilisation(any<units::money>(d), any<units::money>(d), any<ratio>(d), any(d)));
}
void call_convergence(dice& d, sink& out) {
    using namespace convergence;
    step<double> s{
        .compute = any<duration>(d), .hidden = any<duration>(d), .volume = any<volume>(d), .nics = any<bit_rate>(d)};
    s.aggregation = any(d);
    TRY(burst<double>(any(d), any<bit_rate>(d)));
    TRY(convergence::ratio<double>(any(d), any<bit_rate>(d), any<bit_rate>(d)));
    TRY(efficiency<double>(s, any<factor>(d)));
    TRY(most<double>(s, any<units::ratio>(d)));
    TRY(needed_egress<double>(1 + few(d), any<volume>(d), any<duration>(d), any<duration>(d), any<latency>(d),
                              any<units::ratio>(d)));
    TRY(burst_buffer<double>(any<volume>(d), any<bit_rate>(d), any<bit_rate>(d)));
}
void call_stragglers(dice& d, sink& out) {
    using namespace stragglers;
    TRY(waiting<double>(any<duration>(d), any<factor>(d), any(d)));
    TRY(pauses<double>(any<ratio>(d), any<duration>(d), any<factor>(d)));
    TRY(of_exponential<double>(any<duration>(d), few(d), few(d)));
    TRY(stragglers::efficiency<double>(any<duration>(d), any<duration>(d)));
}
void call_federated(dice& d, sink& out) {
    using namespace federated_rounds;
    client<double> c[8];
    const int n = few(d);
    for (auto& k : c) k = {any<duration>(d), any<volume>(d), any<bit_rate>(d)};
    const auto shared = any<bit_rate>(d);
    TRY(ready<double>(any<volume>(d), shared, any(d), any<duration>(d)));
    TRY(with_equal_shares<double>(c, n, shared));
    TRY(sized_by_progress<double>(c, n, shared));
    TRY(shared_by_progress<double>(c, n, shared));
    TRY(needed<double>(c[0], any<duration>(d)));
}
void call_cascade(dice& d, sink& out) {
    using namespace cascade;
    const auto e = ratio(d.share());
    const auto when = d.one_in(2) ? decided::before : decided::after;
    TRY(of_both(when, any<ratio>(d), any<units::money>(d), any<units::money>(d)));
    TRY(break_even(when, any<units::money>(d), any<units::money>(d)));
    TRY(quality<double>(any<ratio>(d), any<ratio>(d), any<ratio>(d)));
    TRY(most_escalated<double>(any<units::frequency>(d), any<units::frequency>(d), any<bit_rate>(d), any<volume>(d)));
    performance<double> small, large;
    spoil_some(d, 2, small.first_token, small.per_token, small.load, small.attainment);
    spoil_some(d, 2, large.first_token, large.per_token, large.load, large.attainment);
    TRY(time_to_judge<double>(small, any(d)));
    const auto r = seen<double>(e, any<duration>(d), small, large);
    out.formula = "seen";
    out(r.first_token, r.slowest, r.attainment, r.load);
    const auto at = at_edge(when, e, hostile(d, random_inference(d)));
    const auto up = in_cloud(e, any<duration>(d), hostile(d, random_inference(d)));
    out.formula = "at_edge, in_cloud";
    out(at.requests, at.arrival_variation, up.requests, up.arrival_variation);
}
void call_steps(dice& d, sink& out) {
    fabric<double> links{any<units::memory_rate>(d), any<units::memory_rate>(d)};
    out.formula = "fabric";
    out(rate_in_node(links), rate_of_group(links, 1.0 + few(d), 1.0 + few(d)));
    const transformer shape{.layers = 1 + few(d), .hidden = 1024, .heads = 8};
    const parallel_plan plan{.tensor = 1ll << d.below(4), .pipeline = 1, .data = 1 + few(d), .micro_batch = 1};
    training_step::device<double> dev;
    spoil_some(d, 1, dev.peak, dev.linear_peak, dev.memory_rate);
    out.formula = "training_step";
    const auto t = training_step::step_time<double>(shape, plan, 64.0, dev, links, training_stack{});
    out(t.compute, t.recompute, t.elementwise, t.tensor_exposed, t.bubble, t.data_exposed, t.optimizer, t.total());
    sharded_step::device<double> whole{any<units::flops>(d), any<units::flops>(d), any<units::memory_rate>(d), links};
    const sharded_step::task all{.model = shape, .parameters = any_count(d), .plan = plan};
    out.formula = "sharded_step";
    const auto s = sharded_step::compute<double>(all, whole);
    out(s.multiplication, s.attention, s.traffic, s.communication, s.exposed, s.overhead, s.step);
}
void call_power(dice& d, sink& out) {
    TRY(power::of_device<double>(any<units::power>(d), any<units::power>(d), any<ratio>(d)));
    TRY(power::of_device<double>(any<units::power>(d), any<units::power>(d), any<ratio>(d), any(d)));
    TRY(power::of_server<double>(any(d), any<units::power>(d), any<units::power>(d)));
    TRY(power::carbon<double>(any<units::energy>(d), any<units::carbon_intensity>(d)));
    TRY(queueing::processor_sharing<double>(any<duration>(d), any<ratio>(d)));
    TRY(pipeline::step<double>(any<duration>(d), any(d), any(d), any(d)));
}

void call(void (*family)(dice&, sink&), unsigned seed, int cases) {
    dice d(seed, true);
    sink out;
    for (long long i = 0; i < static_cast<long long>(cases) * times(); ++i) {
        family(d, out);
        if (out.bad.empty()) continue;
        INFO("seed " << seed << ", case " << i);
        CHECK(out.bad == "");
        return;
    }
    ends()["direct calls"] += static_cast<long long>(cases) * times();
}
} // namespace

TEST_CASE("hostile figures: outcomes or named errors") {
    evaluate_hostile(random_training, 101, 15000);
    evaluate_hostile(random_inference, 102, 10000);
    evaluate_hostile(random_session, 103, 10000);
    evaluate_hostile(random_transfer, 104, 15000);
}

TEST_CASE("hostile figures: formulas by themselves") {
    void (*const families[])(dice&, sink&) = {call_collectives, call_transport, call_tcp,         call_reliability,
                                              call_power_limit, call_billing,   call_convergence, call_stragglers,
                                              call_federated,   call_cascade,   call_steps,       call_power};
    unsigned seed = 200;
    for (const auto family : families) call(family, seed++, 4000);
}

TEST_CASE("what extremes mean") {
    const duration never = duration::from_si(math::most);
    const duration instant_failure = duration::from_si(5e-324);
    CHECK(transport::serialization(1_GB, bit_rate{}).si() == never.si());
    CHECK(collectives::ring_all_reduce<double>(8, 1_GB, bit_rate{}, 1_us) == never);
    CHECK(reliability::cluster_mtbf<double>(factor(0.0), 1_h) == never);
    CHECK(reliability::goodput<double>(instant_failure, 60_s, 300_s, instant_failure) == 1e-9);
    CHECK(reliability::goodput<double>(never, 60_s, 300_s, 1_h) == 1e-9);
    CHECK(power_limit::speed<double>(1_kW, 1_kW, 1_kW) == 1.0); // nothing to slow
    const tcp::path<double> endless{.capacity = 1_Gbps, .round_trip = latency::from_si(1e300), .loss = 1e-4};
    CHECK(tcp::rate<double>(tcp::law::h_tcp, endless) < 1_Gbps);
    const fabric<double> one_tier{.scale_out = 50_GBps};
    CHECK(rate_of_group(one_tier, 8.0, 8.0) == 50_GBps);
    CHECK(rate_of_group(one_tier, 16.0, 8.0) == 50_GBps);
}

TEST_CASE("hostile figures: the count") {
    // how many cases this program ran, for who runs ten million: -s shows it
    long long all = 0;
    std::string each;
    for (const auto& [end, n] : ends()) all += n, each += ", " + end + " " + std::to_string(n);
    SUCCEED(all << " cases" << each);
}
