// SPDX-License-Identifier: Apache-2.0
// Plans that are found against published ones, by the model itself, and against an enumeration without bounds.
#include "catch.hpp"
#include "shapes.hpp"

#include <uonaco/model/plan_search.hpp>
#include <uonaco/units/literals.hpp>

#include <string>

using namespace uonaco;
using namespace support;
using namespace uonaco::literals;
using plan_search::planned_step;
using plan_search::site_devices;

namespace {
constexpr transformer gpt_22b{.layers = 48, .hidden = 6144, .heads = 64, .vocabulary = 51200, .sequence = 2048};
constexpr transformer gpt_530b{.layers = 105, .hidden = 20480, .heads = 128, .vocabulary = 51200, .sequence = 2048};

site_devices of(const char* model, units::count per_node = 8) {
    auto d = plan_search::devices_of(*find_accelerator(model), precision::bf16);
    d.links.devices_per_node = static_cast<double>(per_node);
    return d;
}
const site_devices a100 = of("A100 SXM 80GB");
const site_devices h100 = of("H100 SXM");
const training_stack& stack(const char* name) { return find_training_stack(std::string(name)); }

/// The published plan, and the one found, for the same batch, devices and software.
struct comparison {
    planned_step published, found;
    units::memory room{};
};
comparison compared(const transformer& m, const parallel_plan& p, double batch, units::count devices,
                    const site_devices& on, const char* software) {
    return {plan_search::price(m, p, batch, devices, on, stack(software)),
            plan_search::search(m, batch, devices, on, stack(software)), plan_search::usable * on.memory};
}
} // namespace

TEST_CASE("plans found are as fast as the published ones or faster, and fit") {
    // bench/accuracy/data/training.csv: T-KOR22 (Korthikanti et al. 2022), T-MEGS (MegaScale), T-L3 (NVIDIA)
    const parallel_plan selective_8_8{
        .tensor = 8, .pipeline = 8, .virtual_stages = 3, .sequence_parallel = true, .recompute = recompute::selective};
    parallel_plan selective_8_35 = selective_8_8, selective_v6 = selective_8_8;
    selective_8_35.pipeline = 35;
    selective_v6.virtual_stages = 6;
    const parallel_plan of_70b{.tensor = 4,
                               .pipeline = 4,
                               .context = 2,
                               .virtual_stages = 5,
                               .sequence_parallel = true,
                               .sharding = sharding::optimizer};
    parallel_plan of_405b = of_70b;
    of_405b.tensor = of_405b.pipeline = of_405b.virtual_stages = 8;
    const comparison cases[] = {
        compared(gpt_22b, {.tensor = 8, .micro_batch = 4, .recompute = recompute::full}, 4, 8, a100, "megatron-2022"),
        compared(gpt_175b, selective_8_8, 64, 64, a100, "megatron-2022"),
        compared(gpt_530b, selective_8_35, 280, 280, a100, "megatron-2022"),
        compared(gpt_175b, selective_v6, 768, 1024, a100, "megatron-2023"),
        compared(gpt_175b, selective_v6, 6144, 12288, a100, "megatron-2023"),
        compared(llama_70b, of_70b, 128, 64, h100, "nemo-2025"),
        compared(llama_70b, of_70b, 2048, 1024, h100, "nemo-2025"),
        compared(llama_405b, of_405b, 512, 1024, h100, "nemo-2025"),
        compared(llama_405b, of_405b, 1024, 2048, h100, "nemo-2025"),
    };
    for (const comparison& k : cases) {
        REQUIRE(k.published.fits);
        REQUIRE(k.found.fits);
        CHECK(k.found.step <= k.published.step);
        CHECK(k.found.step.si() >
              0.7 * k.published.step.si()); // the first recomputes everything, to show what that costs
        CHECK(k.found.plan.devices() <= k.found.devices);
        CHECK((k.found.memory <= k.room && k.found.memory.si() > 0));
    }
    // docs/model/plan_search.md shows these, one size of a model each
    const struct {
        int at;
        double published, found;
    } shown[] = {{0, 1.416, 1.010}, {1, 13.27, 12.95}, {2, 36.99, 36.99}, {3, 11.37, 10.85},
                 {5, 14.54, 13.35}, {6, 14.54, 13.72}, {7, 19.81, 19.65}};
    for (const auto& s : shown) {
        CHECK(cases[s.at].published.step.si() == Approx(s.published).epsilon(5e-4));
        CHECK(cases[s.at].found.step.si() == Approx(s.found).epsilon(5e-4));
    }
}

TEST_CASE("terms add up, and utilisation counts all devices offered") {
    const auto o = plan_search::search(llama_70b, 2048, 1000, h100, stack("nemo-2025"));
    REQUIRE(o.fits);
    CHECK(o.step == o.terms.total());
    CHECK(o.plan.devices() < 1000); // some idle
    CHECK(static_cast<double>(o.plan.data * o.plan.micro_batch) * o.micro_batches >= 2048);
    const auto work = units::work::from_si(6 * 70.6e9 * 8192);
    CHECK(o.utilisation(work, 989_TFLOPS).si() ==
          Approx(6 * 70.6e9 * 8192 * 2048 / (1000 * 989e12 * o.step.si())).epsilon(1e-12));
    CHECK(o.utilisation(work, 989_TFLOPS) > 0.35);
    CHECK(o.utilisation(work, 989_TFLOPS) < 0.6);
}

TEST_CASE("more devices, more memory or more rate are never slower") {
    for (const auto* m : {&gpt_22b, &llama_70b}) {
        double before = 1e9;
        for (units::count n = 8; n <= 300; ++n) {
            const auto o = plan_search::search(*m, 64, n, h100, stack(""));
            if (!o.fits) continue;
            CHECK(o.step.si() <= before);
            before = o.step.si();
        }
        CHECK(before < 1e9);
    }
    double before = 1e9;
    for (double gb = 20; gb <= 200; gb += 4) {
        site_devices d = h100;
        d.memory = gb * 1_GB;
        const auto o = plan_search::search(llama_70b, 64, 64, d, stack(""));
        if (!o.fits) continue;
        CHECK(o.memory <= plan_search::usable * d.memory);
        CHECK(o.step.si() <= before);
        before = o.step.si();
    }
    before = 1e9;
    for (double gbytes = 5; gbytes <= 100; gbytes += 5) {
        site_devices d = h100;
        d.links.scale_out = units::memory_rate::from_si(8e9 * gbytes);
        const double step = plan_search::search(llama_70b, 64, 64, d, stack("")).step.si();
        CHECK(step <= before);
        before = step;
    }
}

TEST_CASE("bounds leave nothing out: the same as pricing every plan") {
    for (const char* software : {"megatron-2022", "nemo-2025"})
        for (const units::count devices : {8, 48, 96}) {
            const double batch = 96;
            const training_stack& s = stack(software);
            double best = 1e9;
            for (units::count t = 1; t <= 8; t *= 2)
                for (units::count p = 1; p <= 48; ++p)
                    for (units::count b = 1; b <= 16; b *= 2)
                        for (units::count v = 1; v <= 48; ++v)
                            for (const auto r : {recompute::none, recompute::selective, recompute::full})
                                for (const auto z :
                                     {sharding::none, sharding::optimizer, sharding::gradients, sharding::weights}) {
                                    if (48 % p != 0 || 48 / p % v != 0 || t * p > devices) continue;
                                    if (p == 1 && v > 1) continue;
                                    if (s.sharding_default == sharding::none ? z != sharding::none
                                                                             : z == sharding::none)
                                        continue;
                                    if (z > sharding::optimizer && p > 1) continue;
                                    const parallel_plan plan{.tensor = t,
                                                             .pipeline = p,
                                                             .virtual_stages = v,
                                                             .micro_batch = b,
                                                             .sequence_parallel = t > 1,
                                                             .recompute = r,
                                                             .sharding = z};
                                    const auto o = plan_search::price(gpt_22b, plan, batch, devices, a100, s);
                                    if (v > 1 && o.micro_batches < static_cast<double>(p)) continue;
                                    if (o.fits && o.step.si() < best) best = o.step.si();
                                }
            const auto found = plan_search::search(gpt_22b, batch, devices, a100, s);
            REQUIRE(found.fits);
            CHECK(found.step.si() <= best * (1 + 1e-12));
            // Nor does it invent: what it found has that price, but for layers that divide only with the vocabulary's ends.
            if (48 % found.plan.pipeline == 0 && found.plan.devices() * 2 > devices)
                CHECK(found.step.si() >= best * (1 - 0.02));
        }
}

TEST_CASE("what does not fit says by how much") {
    const auto r = plan_search::best_plan(llama_405b, 64, 64, h100, stack(""));
    REQUIRE_FALSE(r);
    CHECK(r.error().code == errc::memory_does_not_fit);
    CHECK(r.error().margin > 0.2);
    CHECK(r.error().detail.find("GiB") != std::string::npos);
    CHECK(plan_search::best_plan(llama_405b, 64, 512, h100, stack("")));
    // a stated plan that needs more devices than there are
    CHECK_FALSE(plan_search::price(gpt_22b, {.tensor = 8, .pipeline = 2}, 4, 8, a100, stack("")).fits);
    // nothing is known of processors
    accelerator cpu{.type = device_type::cpu};
    CHECK(plan_search::devices_of(cpu, precision::bf16).device.peak == units::flops{});
}

TEST_CASE("nodes are as a pool states them, figure by figure, else as usual") {
    const accelerator& chip = *find_accelerator("H100 SXM");
    const auto links = [&](plan_search::stated_nodes n) {
        return plan_search::devices_of(chip, precision::bf16, n).links;
    };
    CHECK((links({}).scale_out.si() == 8 * 50e9 && links({}).devices_per_node == 8));
    CHECK(
        (links({.nic_rate = 200_Gbps}).scale_out.si() == 200e9 && links({.nic_rate = 200_Gbps}).devices_per_node == 8));
    CHECK((links({.devices = 4}).scale_out == links({}).scale_out && links({.devices = 4}).devices_per_node == 4));
    CHECK(links({.nic_rate = 400_Gbps, .devices = 8}).scale_out == links({}).scale_out); // what is usual, stated
    CHECK(links({.nic_rate = 200_Gbps}).scale_up == links({}).scale_up);
    // Nothing that is no rate and no number of devices.
    CHECK((links({.nic_rate = 0_Gbps, .devices = 0}).scale_out == links({}).scale_out));
    CHECK((links({.nic_rate = 0_Gbps, .devices = 0}).devices_per_node == 8));
    // Without an interconnect devices of a node talk over their NICs.
    accelerator bare = chip;
    bare.interconnect_rate = {};
    CHECK(plan_search::devices_of(bare, precision::bf16, {.nic_rate = 100_Gbps}).links.scale_up.si() == 100e9);
    // Tensor parallelism stays inside the node.
    const auto pairs = plan_search::devices_of(chip, precision::bf16, {.devices = 2});
    CHECK(plan_search::search(llama_70b, 512, 1024, pairs, stack("")).plan.tensor <= 2);
}

TEST_CASE("odd batches, devices and extreme shapes end, in time and with finite figures") {
    for (const double batch : {0.3, 1.0, 7.5, 1e6, 1e300})
        for (const units::count n : {1ll, 3ll, 1000ll, 1000003ll}) {
            const auto o = plan_search::search(llama_70b, batch, n, h100, stack(""));
            CHECK(o.fits == (n >= 1000));
            if (o.fits) CHECK((o.step.si() > 0 && o.step.si() < 1e300 && o.plan.devices() <= n));
            CHECK(o.memory.si() > 0);
        }
    const transformer one{.layers = 1, .hidden = 1, .heads = 1, .sequence = 1};
    CHECK(plan_search::search(one, 1, 1, h100, stack("")).fits);
    const transformer deep{.layers = 1000000, .hidden = 64, .heads = 1, .sequence = 1000000};
    CHECK(plan_search::search(deep, 1e9, 1000000, h100, stack("")).memory.si() > 0);
}

TEST_CASE("a scratch gives what a search gives, whatever it was asked before") {
    plan_search::recent_plans scratch;
    for (int turn = 0; turn < 2; ++turn)
        for (const transformer* m : {&gpt_22b, &llama_70b})
            for (const units::count n : {64, 128, 96, 64, 200, 64})
                for (const site_devices* d : {&a100, &h100}) {
                    scratch.use(*m, {}, stack(""));
                    const auto kept = scratch.find(m->layers, true, {}, 256, n, *d);
                    const auto fresh = plan_search::search(*m, 256, n, *d, stack(""));
                    CHECK((kept.step == fresh.step && kept.memory == fresh.memory && kept.fits == fresh.fits &&
                           kept.micro_batches == fresh.micro_batches));
                }
    const maybe<parallel_plan> stated = parallel_plan{.tensor = 8, .recompute = recompute::full};
    scratch.use(gpt_22b, stated, stack("megatron-2022"));
    CHECK(scratch.find(48, true, {}, 256, 64, a100).step ==
          plan_search::price(gpt_22b, *stated, 256, 64, a100, stack("megatron-2022")).step);
}

TEST_CASE("a part of the layers: more, smaller micro-batches where the rest waits for them") {
    transformer half = llama_70b;
    half.layers = 40;
    const auto alone = plan_search::search(half, 256, 1024, h100, stack(""));
    const auto part = plan_search::search(half, 256, 1024, h100, stack(""), {}, {.shares = 1});
    CHECK(alone.step <= part.step);
    // a step, a passage through as many stages as its own, and turns that the way makes longer
    const auto whole = [](const planned_step& s) {
        const double p = static_cast<double>(s.plan.pipeline);
        return s.step.si() * (1.0 + (p + 0.5) / s.micro_batches + 0.5 / (p + 1.0));
    };
    CHECK(whole(part) < whole(alone));
}

TEST_CASE("a part of the layers: what is under way for the stages behind has to fit") {
    transformer half = gpt_175b;
    half.layers = 48;
    const auto bare = plan_search::search(half, 384, 128, h100, stack(""), {}, {.shares = 1});
    const auto kept = plan_search::search(half, 384, 128, h100, stack(""), {}, {.shares = 1, .under_way = 8});
    REQUIRE((bare.fits && kept.fits));
    CHECK(kept.memory <= plan_search::usable * 80_GB);
    CHECK(kept.memory.si() == Approx((plan_search::memory_of(half, kept.plan, stack("")) +
                                      8.0 * plan_search::memory_of_micro_batch(half, kept.plan, stack("")))
                                         .si()));
    CHECK(kept.step >= bare.step);
    CHECK_FALSE(plan_search::search(half, 384, 128, h100, stack(""), {}, {.shares = 1, .under_way = 1e4}).fits);
    // MEM2: the same plan of twice as many stages has twice as many under way
    const parallel_plan four{.tensor = 8, .pipeline = 4, .sequence_parallel = true};
    parallel_plan eight = four;
    eight.pipeline = 8;
    plan_search::recent_plans scratch;
    scratch.use(gpt_175b, four, stack(""));
    const auto first = scratch.find(48, true, {1, 4}, 64, 128, h100);
    CHECK(first.memory.si() == Approx(plan_search::memory_of(gpt_175b, eight, stack("")).si()).epsilon(1e-12));
}

TEST_CASE("mixtures of experts: the degree divides experts and ranks, and makes large ones fit") {
    for (const units::count n : {64, 100, 256, 1024}) {
        const auto o = plan_search::search(qwen_235b, 1024, n, h100, stack("nemo-2025"));
        REQUIRE(o.fits);
        CHECK(128 % o.plan.expert == 0);
        const auto& p = o.plan;
        CHECK(p.tensor * p.context * p.data % (p.expert * p.expert_tensor.value_or(p.tensor)) == 0);
        CHECK(o.plan.devices() <= n);
    }
    // Everything else alike, one rank cannot hold all experts of its layers.
    const auto found = plan_search::search(mixtral, 1024, 64, h100, stack("nemo-2025"));
    REQUIRE(found.fits);
    CHECK(found.plan.expert == 8);
    parallel_plan together = found.plan;
    together.expert = 1;
    CHECK_FALSE(plan_search::price(mixtral, together, 1024, 64, h100, stack("nemo-2025")).fits);
    // Nor do fewer devices than a stated degree have room; ranks come in whole groups.
    CHECK_FALSE(plan_search::has_room(mixtral, {.expert = 8}, 7));
    CHECK_FALSE(plan_search::price(mixtral, {.expert = 0}, 9, 30, h100, stack("")).fits); // no degree at all
    CHECK(plan_search::has_room(llama_70b, {.expert = 8}, 7)); // a dense model does not heed it
    CHECK(plan_search::price(mixtral, {.expert = 8}, 9, 30, h100, stack("")).plan.data == 16);
    CHECK(plan_search::search(llama_70b, 512, 256, h100, stack("")).plan.expert == 1);
}

TEST_CASE("mixtures of experts: bounds leave nothing out, and more devices are never slower") {
    transformer m = mixtral;
    m.layers = 8;
    for (const units::count devices : {8, 24, 64}) {
        double best = 1e9;
        for (units::count t = 1; t <= 8; t *= 2)
            for (units::count p = 1; p <= 8; p *= 2)
                for (units::count e = 1; e <= 8; e *= 2)
                    for (units::count b = 1; b <= 16; b *= 2)
                        for (units::count v = 1; v <= 8 / p; v *= 2)
                            for (const auto r : {recompute::none, recompute::full})
                                for (const auto z : {sharding::optimizer, sharding::gradients, sharding::weights}) {
                                    if (p == 1 && v > 1) continue;
                                    if (z > sharding::optimizer && p > 1) continue;
                                    const parallel_plan plan{.tensor = t,
                                                             .pipeline = p,
                                                             .expert = e,
                                                             .virtual_stages = v,
                                                             .micro_batch = b,
                                                             .sequence_parallel = t > 1,
                                                             .recompute = r,
                                                             .sharding = z};
                                    if (!plan_search::has_room(m, plan, devices)) continue;
                                    for (const bool whole : {false, true}) {
                                        parallel_plan tried = plan;
                                        if (whole) tried.expert_tensor = 1;
                                        const auto o =
                                            plan_search::price(m, tried, 96, devices, h100, stack("nemo-2025"));
                                        if (v > 1 && o.micro_batches < static_cast<double>(p)) continue;
                                        if (o.fits && o.step.si() < best) best = o.step.si();
                                    }
                                }
        const auto found = plan_search::search(m, 96, devices, h100, stack("nemo-2025"));
        REQUIRE(found.fits);
        CHECK(found.step.si() <= best * (1 + 1e-12));
    }
    double before = 1e9;
    for (units::count n = 16; n <= 200; ++n) {
        const auto o = plan_search::search(mixtral, 64, n, h100, stack(""));
        if (!o.fits) continue;
        CHECK(o.step.si() <= before);
        before = o.step.si();
    }
    CHECK(before < 1e9);
}
