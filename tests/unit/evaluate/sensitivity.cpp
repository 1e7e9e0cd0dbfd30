// SPDX-License-Identifier: Apache-2.0
// Sensitivities against differences of the formulas over double.
#include "catch.hpp"
#include "support.hpp"

#include <uonaco/evaluate/sensitivity.hpp>

#include <algorithm>

using namespace support;

namespace {
struct figures {
    double completion, step, first_token, full_cost;
};

struct scene {
    features<double> f{};
    supply<double> g{};
    valuation v{};
    workload asked{};
    figures now() const {
        const auto o = settle(f, compute(f, asked, calibration{}), g, v);
        return {o.time.completion.si(), o.time.step.si(), o.time.first_token.si(), o.full_cost.si()};
    }
    sensitivity all() const { return sensitivities(f, asked, g, v); }
};

/// Stand-ins in place of what is not known: sensitivities() takes them so.
scene filled(scene s) {
    const auto lease = [&](pair_features<double>& p) {
        if (!p.lease) p.lease = units::price_rate((p.rate + p.headers) * s.v.lease_stand_in.value_or({}));
        if (!p.egress) p.egress = s.v.egress_stand_in.value_or({});
    };
    lease(s.f.access);
    for (auto& p : s.f.pair) lease(p);
    for (int i = 0; i < s.f.sites; ++i) {
        if (!s.f.site[i].price) s.f.site[i].price = s.v.price_stand_in.value_or({});
        if (!s.g.price[i]) s.g.price[i] = s.v.energy_price_stand_in.value_or({});
        if (!s.g.carbon[i]) s.g.carbon[i] = s.v.carbon_stand_in.value_or({});
    }
    return s;
}

scene random_scene(dice& d) {
    scene s;
    s.f = random_features(d, 1 + static_cast<int>(d.below(max_shares)));
    const auto by_the_second = [](pair_features<double>& p) { p.lease_step = {}; };
    by_the_second(s.f.access); // stairs are flat, but a difference over many of them is not
    for (auto& p : s.f.pair) by_the_second(p);
    s.g = random_supply(d);
    s.v = random_valuation(d);
    switch (d.below(4)) {
    case 0: s.asked.task = random_inference(d); break;
    case 1: s.asked.task = random_session(d); break;
    case 2: s.asked.task = random_transfer(d); break;
    default: s.asked.task = random_training(d);
    }
    return s;
}

struct count {
    int compared = 0;
    int kinks = 0;
};

/// `set(scene, x)` puts x in the place of the input whose value is now `x`.
template <class Set>
void compare(const scene& s, double x, Set set, std::initializer_list<std::pair<double figures::*, double>> got,
             count& n) {
    if (!(x > 0)) return; // at the edge of what means something; the tests of kinks look there
    const double h = 2e-4 * x;
    const auto at = [&](double y) {
        scene moved = s;
        set(moved, y);
        return moved.now();
    };
    const figures here = s.now(), a = at(x - 2 * h), b = at(x - h), c = at(x + h), e = at(x + 2 * h);
    for (const auto& [figure, slope] : got) {
        // What rounding leaves of a difference: figures add up dozens of addends.
        const double rounding = 64 * 2.2e-16 * std::abs(here.*figure) / h;
        const double scale = std::max({std::abs(here.*figure - b.*figure), std::abs(c.*figure - here.*figure)}) / h;
        if (std::abs(slope) <= rounding && scale <= rounding) continue; // does nothing
        const double central = (8 * (c.*figure - b.*figure) - (e.*figure - a.*figure)) / (12 * h);
        const double wide = (e.*figure - a.*figure) / (4 * h);
        const double bend = (c.*figure - 2 * here.*figure + b.*figure) / h;
        const double bend_beyond = (e.*figure - 2 * here.*figure + a.*figure) / (2 * h);
        // A bend that does not shrink with the step, or a wide difference that disagrees, is a kink within reach.
        const double tolerance = 1e-6 * scale + rounding;
        if (std::abs(bend_beyond - 2 * bend) > tolerance || std::abs(wide - central) > 1e-5 * scale + rounding ||
            std::abs(bend) > 0.02 * scale + rounding) {
            ++n.kinks;
            continue;
        }
        ++n.compared;
        INFO("x " << x << " scale " << scale << " rounding " << rounding);
        REQUIRE(slope == Approx(central).margin(tolerance).epsilon(1e-6));
    }
}

void compare_connection(const scene& s, pair_features<double>& (*of)(scene&, int), int index,
                        const connection_sensitivity& got, count& n) {
    scene copy = s;
    const pair_features<double>& p = of(copy, index);
    const auto each = [&](double x, auto set, const auto& e) {
        compare(
            s, x, [&](scene& m, double y) { set(of(m, index), y); },
            {{&figures::completion, e.completion.si()},
             {&figures::step, e.step.si()},
             {&figures::first_token, e.first_token.si()},
             {&figures::full_cost, e.full_cost.si()}},
            n);
    };
    each(
        p.rate.si(), [](auto& q, double y) { q.rate = units::bit_rate::from_si(y); }, got.rate);
    each(
        p.delay.si(), [](auto& q, double y) { q.delay = units::latency::from_si(y); }, got.delay);
    each(
        p.loss.si(), [](auto& q, double y) { q.loss = y; }, got.loss);
    const auto cost = [&](double x, auto set, double slope) {
        compare(
            s, x, [&](scene& m, double y) { set(of(m, index), y); }, {{&figures::full_cost, slope}}, n);
    };
    cost(
        p.lease->si(), [](auto& q, double y) { q.lease = units::price_rate::from_si(y); }, got.lease.si());
    cost(
        p.egress->si(), [](auto& q, double y) { q.egress = units::volume_price::from_si(y); }, got.egress.si());
    cost(
        p.power.si(), [](auto& q, double y) { q.power = units::power::from_si(y); }, got.power.si());
}
} // namespace

TEST_CASE("sensitivities are the slopes of the formulas") {
    dice d(31);
    count n;
    for (int i = 0; i < 1000; ++i) {
        const scene drawn = random_scene(d);
        const sensitivity got = drawn.all();
        const scene s = filled(drawn);
        INFO("case " << i);
        const int pairs = s.f.sites * (s.f.sites - 1) / 2;
        const int k = pairs > 0 ? static_cast<int>(d.below(static_cast<unsigned>(pairs))) : 0;
        if (pairs > 0 && s.f.pair[k].rate.si() > 0)
            compare_connection(
                s, [](scene & m, int at) -> auto& { return m.f.pair[at]; }, k, got.pair[k], n);
        compare_connection(
            s, [](scene & m, int) -> auto& { return m.f.access; }, 0, got.access, n);
        const int j = static_cast<int>(d.below(static_cast<unsigned>(s.f.sites)));
        const auto cost = [&](double x, auto set, double slope) {
            compare(s, x, set, {{&figures::full_cost, slope}}, n);
        };
        const auto& to = got.site[j];
        cost(
            s.f.site[j].price->si(), [j](scene& m, double y) { m.f.site[j].price = units::price_rate::from_si(y); },
            to.price.si());
        cost(
            s.g.price[j]->si(), [j](scene& m, double y) { m.g.price[j] = units::energy_price::from_si(y); },
            to.energy_price.si());
        cost(
            s.g.carbon[j]->si(), [j](scene& m, double y) { m.g.carbon[j] = units::carbon_intensity::from_si(y); },
            to.carbon.si());
        cost(
            s.f.site[j].host_power.si(), [j](scene& m, double y) { m.f.site[j].host_power = units::power::from_si(y); },
            to.power.si());
    }
    INFO(n.compared << " compared, " << n.kinks << " near a kink");
    CHECK(n.compared > 5000); // the others do nothing
    CHECK(n.kinks < n.compared / 50);
}

namespace {
// Two sites, 1,024 devices each, 70e9 parameters: hidden at 400 Gb/s and more.
scene two_sites(units::bit_rate rate) {
    scene s;
    s.f.sites = 2;
    for (int i = 0; i < 2; ++i) {
        auto& at = s.f.site[i];
        at.devices = 1024.0;
        at.peak = 989_TFLOPS;
        at.mfu = 0.45;
        at.memory = 80_GB;
        at.max_power = 700_W;
        at.pue = 1.2;
        at.price = 2.5_usd_per_h;
        s.g.price[i] = 0.1_usd_per_kWh;
        s.g.carbon[i] = 300_g_per_kWh;
    }
    s.f.pair[0].rate = rate;
    s.f.pair[0].lease = 0.07_usd_per_Gbps_h * rate;
    s.asked.task = training{.parameters = 70'000'000'000, .tokens_per_step = 16 << 20, .steps = 10'000};
    s.v.value_of_time = 5000_usd_per_h;
    s.v.carbon_price = 80_usd_per_t;
    return s;
}
} // namespace

TEST_CASE("what another Gb/s is worth: by hand where communication shows, nothing where it is hidden") {
    const scene slow = two_sites(100_Gbps);
    const auto s = slow.all();
    // 2 (k-1)/k of 70e9 16-bit gradients: 1.12e12 bits a step.
    const units::duration step = s.pair[0].rate.step * 1_Gbps;
    CHECK(step.si() == Approx(-1.12e12 / 100e9 / 100));
    CHECK((s.pair[0].rate.full_cost * 1_Gbps).si() < 0);
    CHECK((s.pair[0].delay.step * 1_s).si() == Approx(2)); // there and back
    const units::duration paid = s.pair[0].lease;
    CHECK(paid.si() == Approx(slow.now().completion));
    // Each of 10,000 steps sends 1.12e12 bits each way; a watt emits 300 g/kWh at 80 USD/t.
    CHECK((s.pair[0].egress * 1_usd_per_GB).si() == Approx(2 * 10'000 * 1.12e12 / 8e9));
    CHECK((s.pair[0].power * 1_kW).si() == Approx(slow.now().completion / 3600 * 0.3 * 0.08));

    const auto fast = two_sites(800_Gbps).all();
    CHECK(fast.pair[0].rate.step.si() == 0);
    CHECK(fast.pair[0].rate.full_cost.si() == 0);
    CHECK(fast.pair[0].delay.full_cost.si() == 0);
    CHECK(fast.site[0].price.si() > 0);
    CHECK(fast.site[0].carbon.si() > 0);
    CHECK(s.access.rate.completion.si() == 0); // there is none
}

TEST_CASE("where communication is only just hidden, more rate is worth nothing and more delay costs") {
    scene s = two_sites(400_Gbps);
    auto& t = *std::get_if<training>(&s.asked.task);
    t.overlap = 1.0;
    s.f.pair[0].loss = 0.0;
    // A step whose backward pass takes as long as the exchange, to the bit.
    calibration c;
    c.backward_share = 1.0;
    const auto p = compute(s.f, t, c);
    s.f.pair[0].rate = units::bit_rate(1.12e12 / p.step_compute.si() * units::bit_rate::from_si(1.0));
    double rate = s.f.pair[0].rate.si();
    const auto at_kink = [&] { return compute(s.f, t, c).step_communication.si() - p.step_compute.si(); };
    for (int i = 0; i < 64 && at_kink() != 0; ++i)
        s.f.pair[0].rate = units::bit_rate::from_si(rate = std::nextafter(rate, at_kink() > 0 ? 1e300 : 0.0));
    REQUIRE(at_kink() == 0);
    const auto got = sensitivities(s.f, t, s.g, s.v, c);
    CHECK(got.pair[0].rate.step.si() == 0);
    CHECK(got.pair[0].delay.step.si() == Approx(2));
    CHECK(got.pair[0].loss.step.si() == Approx(p.step_compute.si()));
}

TEST_CASE("where two connections tie, an increase of one alone is what counts") {
    scene s = two_sites(100_Gbps);
    s.f.sites = 3;
    s.f.site[2] = s.f.site[0];
    for (int i = 0; i < 3; ++i) {
        s.f.pair[i] = s.f.pair[0];
        s.f.pair[i].delay = 5_ms;
    }
    const auto got = s.all();
    for (int i = 0; i < 3; ++i) {
        CHECK(got.pair[i].rate.step.si() == 0);                // the third site's egress is as small as before
        CHECK(got.pair[i].delay.step.si() == Approx(2.0 * 2)); // the longest delay counts, 2(k-1) times
    }
}

TEST_CASE("where both cuts take equally long, each has the slopes of its own") {
    // By hand in powers of two, which are exact: 64 s of computing, 66 KiB of 16-bit gradients and 2^34 bits of activations
    scene s;
    s.f.sites = 2;
    for (int i = 0; i < 2; ++i) {
        auto& at = s.f.site[i];
        at.devices = 3.0;
        at.peak = units::flops::from_si(2147483648.0);
        at.mfu = 0.5;
        at.memory = 80_GB;
        auto& stage = s.f.stage[i];
        stage.stages = 1.0;
        stage.micro_batches = 63.0;
        stage.step = 63_s;
        stage.interval = stage.passage = 1_s;
        stage.memory = 1_GB;
    }
    auto& p = s.f.pair[0];
    p.rate = units::bit_rate::from_si(1073741824.0);
    p.lease = units::price_rate{};
    p.egress = units::volume_price{};
    training t{.parameters = 66 * 1024, .tokens_per_step = 1 << 20, .steps = 1, .checkpoint_time = 0_s};
    t.shape = transformer{.layers = 8, .hidden = 1024, .heads = 8, .sequence = 1024};
    t.early_micro_batches = 64;
    s.asked.task = t;
    t.cut = wan_cut::data;
    const double data = compute(s.f, t, calibration{}).step.si();
    t.cut = wan_cut::pipeline;
    const double piped = compute(s.f, t, calibration{}).step.si();
    REQUIRE(data == 66);
    // 64 s and, for there and back, two times 16 s / 63: the delay fills the rest
    p.delay = units::latency(p.delay + units::latency::from_si((data - piped) / 2));
    t.cut = wan_cut::pipeline;
    REQUIRE(compute(s.f, t, calibration{}).step.si() == data);
    t.cut = wan_cut::data;
    REQUIRE(compute(s.f, t, calibration{}).step.si() == data);
    const double more = p.rate.si() * 1e-6;
    for (const bool pipelined : {false, true}) {
        s.f.pipelined = pipelined;
        const auto now = s.all().pair[0];
        scene wider = s;
        wider.f.pair[0].rate = units::bit_rate::from_si(p.rate.si() + more);
        CHECK(now.rate.step.si() == Approx((wider.now().step - data) / more).epsilon(1e-3));
        CHECK(now.rate.completion.si() == Approx(now.rate.step.si()));
        CHECK((now.rate.step.si() < 0) == pipelined); // gradients hide
        CHECK((now.delay.step.si() > 0) == pipelined);
    }
}

TEST_CASE("four sites: the least cut moves with the rates") {
    scene s;
    s.f.sites = 4;
    for (int i = 0; i < 4; ++i) {
        s.f.site[i].devices = 8.0;
        s.f.site[i].peak = 989_TFLOPS;
        s.f.site[i].mfu = 0.45;
        s.f.site[i].memory = 80_GB;
    }
    s.f.pair[pair_index(0, 1)].rate = s.f.pair[pair_index(2, 3)].rate = 800_Gbps;
    s.f.pair[pair_index(1, 2)].rate = 1_Gbps;
    s.f.group_egress = detail::group_egress(s.f);
    s.asked.task = training{.parameters = 1'000'000'000, .tokens_per_step = 1 << 20, .steps = 1, .overlap = 0.0};
    const auto now = s.all();
    // 16 Gb over the thin connection: -16 s for each Gb/s
    CHECK(now.pair[pair_index(1, 2)].rate.step.si() * 1e9 == Approx(-16));
    CHECK(now.pair[pair_index(0, 1)].rate.step.si() == 0);
}

TEST_CASE("sensitivities of a transfer") {
    scene s;
    s.asked.task = transfer{};
    s.f.access.rate = 100_Gbps;
    s.f.access.delay = 10_ms;
    s.f.access.lease = 7_usd_per_h;
    s.f.access.power = 100_W;
    s.f.staging = 10_TB;
    s.g.carbon[0] = 300_g_per_kWh;
    s.v.value_of_time = 10_usd_per_h;
    s.v.carbon_price = 80_usd_per_t;
    const auto got = s.all();
    CHECK((got.access.rate.completion * 1_Gbps).si() == Approx(-8.0));
    CHECK((got.access.delay.completion * 1_s).si() == Approx(2));
    CHECK((got.site[0].carbon * 300_g_per_kWh).si() == Approx(100 * 800.02 / 3.6e6 * 0.3 * 0.080));
}
