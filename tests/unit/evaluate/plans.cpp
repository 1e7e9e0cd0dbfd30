// SPDX-License-Identifier: Apache-2.0
// What the evaluation makes of a training whose shape is known: plans inside the shares, and the cut between them.
#include "catch.hpp"
#include "shapes.hpp"

#include <uonaco/evaluate/assess.hpp>
#include <uonaco/model/fit.hpp>
#include <uonaco/units/literals.hpp>

using namespace uonaco;
using namespace support;
using namespace uonaco::literals;

namespace {
constexpr units::count mi = 1048576;

// Two sites of 1,024 H100 and a link of 100 Gb/s over 600 km, as A and B of figure 1.
struct scene {
    estate world{};
    workload asked{.id = "t"};
    survey where{};
    request what{};
    assessment a{};
    maybe<wan_cut> cut{}; ///< of the candidate

    explicit scene(units::count tokens, units::count sites = 2) {
        for (units::count i = 0; i < sites; ++i) {
            const std::string name(1, static_cast<char>('a' + i));
            world.sites.push_back({.id = site_id(name)});
            world.pools.push_back({.id = pool_id("pool-" + name),
                                   .site = site_id(name),
                                   .model = "H100 SXM",
                                   .total_count = 1024,
                                   .free_count = 1024,
                                   .availability = 1.0});
        }
        for (units::count i = 1; i < sites; ++i) {
            wan_link l;
            l.id = link_id("link-" + std::to_string(i));
            l.src_node = node_id(world.sites[static_cast<unsigned>(i - 1)].id.text);
            l.dst_node = node_id(world.sites[static_cast<unsigned>(i)].id.text);
            l.bidirectional = true;
            l.capacity = 100_Gbps;
            l.distance = 600_km;
            world.links.push_back(l);
        }
        asked.devices.count = 1024 * sites;
        asked.devices.min_count = 1;
        asked.devices.one_model = false;
        asked.task =
            training{.parameters = 70'600'000'000, .tokens_per_step = tokens, .steps = 1000, .shape = llama_70b};
    }
    calibration numbers{};
    training& task() { return *std::get_if<training>(&asked.task); }
    const performance<double>& of(std::initializer_list<units::count> devices) {
        where = *survey::of(world, numbers);
        for (unsigned i = 0; i < world.sites.size(); ++i)
            for (unsigned j = 0; j < world.sites.size(); ++j) where.connect(i, j);
        what = *resolve(where, asked);
        candidate c;
        c.cut = cut;
        unsigned row = 0;
        for (const units::count n : devices) c.add({row++}, n);
        for (int i = 1; i < c.size; ++i)
            c.pairs[pair_index(i - 1, i)] = {network_action::use, 0,
                                             world.links[static_cast<unsigned>(i - 1)].capacity};
        assess(where, what, c, a);
        return a.performance;
    }
};
} // namespace

TEST_CASE("constants of a step inside a site are the survey's, and a fit may move them") {
    scene x(16 * mi);
    const double usual = x.of({1024}).step.si();
    x.numbers.step.fixed += 1_s;
    CHECK(x.of({1024}).step.si() == Approx(usual + 1).epsilon(0.02));
    x.numbers = {};
    const knob<calibration> sustained{&calibration::step, &training_step::constants::sustained, 0.5, 1.0};
    CHECK(sustained.value(x.numbers) == 0.865);
    sustained.turn(x.numbers, 0.6);
    CHECK(x.numbers.step.sustained == 0.6);
    CHECK(x.of({1024}).step.si() > 1.2 * usual);
    // plans found with other constants are not taken again
    x.numbers = {};
    CHECK(x.of({1024}).step.si() == usual);
}

TEST_CASE("MFU: stated by the workload, by the pool, found by the plan, or the default") {
    scene x(16 * mi);
    const auto planned = x.of({1024});
    CHECK(x.a.structural == errc::none);
    const double found = x.a.figures.site[0].mfu.si();
    // 6 N tokens over what 1024 devices could do in the step that the search finds
    const auto site = plan_search::devices_of(*find_accelerator("H100 SXM"), precision::bf16);
    const auto plan = plan_search::search(llama_70b, 2048, 1024, site, training_stacks[0]);
    CHECK(planned.step.si() == Approx(plan.step.si()).epsilon(1e-12));
    CHECK(found == Approx(6 * 70.6e9 * 16 * 1048576 / (1024 * 989e12 * plan.step.si())).epsilon(1e-12));
    CHECK(found > 0.40); // M1: published for H100 and dense models 0.40-0.55
    CHECK(found < 0.55);
    CHECK(planned.memory_share.si() == Approx(plan.memory / (plan_search::usable * 80_GB)));
    x.world.pools[0].mfu = 0.5;
    x.of({1024});
    CHECK(x.a.figures.site[0].mfu == 0.5);
    x.task().mfu = 0.3;
    x.of({1024});
    CHECK(x.a.figures.site[0].mfu == 0.3);
    x.task().mfu = {};
    x.task().shape = {};
    x.world.pools[0].mfu = {};
    x.of({1024});
    CHECK(x.a.figures.site[0].mfu == x.where.constants().mfu_bf16);
}

TEST_CASE("a pool's own nodes and NICs decide what its plans take") {
    scene x(16 * mi);
    const double usual = x.of({1024}).step.si();
    x.world.pools[0].nic_rate = 400_Gbps;
    x.world.pools[0].devices_per_node = 8;
    CHECK(x.of({1024}).step.si() == usual); // as the table has it
    x.world.pools[0].nic_rate = 25_Gbps;
    const double thin = x.of({1024}).step.si();
    CHECK(thin > 1.02 * usual);
    const auto site =
        plan_search::devices_of(*find_accelerator("H100 SXM"), precision::bf16, {.nic_rate = 25_Gbps, .devices = 8});
    CHECK(thin == Approx(plan_search::search(llama_70b, 2048, 1024, site, training_stacks[0]).step.si()));
    x.world.pools[0].devices_per_node = 72;
    CHECK(x.of({1024}).step.si() < thin); // more of it stays inside
    x.world.pools[0].devices_per_node = 1;
    CHECK(x.of({1024}).step.si() > thin);
}

TEST_CASE("a stated plan is priced, not searched; other software, other time") {
    scene x(16 * mi);
    const auto searched = x.of({1024}).step;
    x.task().plan = parallel_plan{.tensor = 4,
                                  .pipeline = 4,
                                  .context = 2,
                                  .virtual_stages = 5,
                                  .sequence_parallel = true,
                                  .sharding = sharding::optimizer};
    const auto stated = x.of({1024}).step;
    CHECK(stated > searched);
    x.task().stack = "nemo-2025"; // T-L3-70B-bf16-1024 of bench/accuracy/data/training.csv
    CHECK(x.of({1024}).step.si() == Approx(14.65).epsilon(0.02));
    x.of({16});
    CHECK(x.a.structural == errc::no_candidate); // one rank takes 32
}

TEST_CASE("a model that no plan fits says so in the memory verdict") {
    scene x(16 * mi);
    const auto p = x.of({8});
    CHECK(x.a.structural == errc::none);
    CHECK(p.memory_share > 1.0);
    CHECK_FALSE(x.a.feasible());
    CHECK(x.a.reason() == errc::memory_does_not_fit);
}

TEST_CASE("few tokens over a thin link: layers are divided; many: the batch is") {
    // 2 Mi tokens: activations of 2 Mi x 8192 x 16 bit = 0.27 Tb each way, 2.7 s at 100 Gb/s; gradients of 1.13 Tb, 11.3 s.
    scene few(2 * mi);
    few.cut = wan_cut::pipeline;
    const double piped = few.of({1024, 1024}).step.si();
    CHECK(few.a.performance.pipelined == 1.0);
    few.task().cut = wan_cut::data;
    few.of({1024, 1024});
    CHECK(few.a.structural == errc::no_candidate); // the workload says otherwise
    few.cut = wan_cut::data;
    const double shared = few.of({1024, 1024}).step.si();
    CHECK(few.a.performance.pipelined == 0.0);
    CHECK(piped == Approx(3.36).epsilon(0.05));
    CHECK(shared == Approx(11.96).epsilon(0.05));
    few.task().cut = {};
    few.cut = wan_cut::pipeline;
    CHECK(few.of({1024}).step.si() < piped); // one site alone is better still: 2.1 s
    few.world.links[0].capacity = 400_Gbps;
    CHECK(few.of({1024, 1024}).step.si() == Approx(1.76).epsilon(0.05)); // and not any more
    CHECK(few.a.performance.pipelined == 1.0);

    // 16 Mi tokens, figure 1's: 2.2 Tb of activations. Gradients hide in part behind 7.8 s of computing.
    scene many(16 * mi);
    CHECK(many.of({1024, 1024}).step.si() == Approx(15.97).epsilon(0.02));
    CHECK(many.a.performance.pipelined == 0.0);
    many.task().cut = wan_cut::pipeline;
    CHECK(many.of({1024, 1024}).step.si() > 20);
    CHECK(many.a.performance.pipelined == 1.0);
}

TEST_CASE("a pipeline over sites without delay takes and keeps what the same plan inside one site does") {
    // GPT-3, 96 layers, t 8; 16 ranks of 8 stages over 4 + 4, 6 + 2 and, of three sites, 2 + 4 + 2
    const transformer gpt_3{.layers = 96, .hidden = 12288, .heads = 96, .vocabulary = 51200, .sequence = 2048};
    const parallel_plan plan{
        .tensor = 8, .pipeline = 8, .micro_batch = 1, .sequence_parallel = true, .recompute = recompute::selective};
    const double batch = 16.0 * 24;
    for (const char* software : {"", "megatron-2022"})
        for (const std::vector<units::count>& stages :
             std::vector<std::vector<units::count>>{{4, 4}, {6, 2}, {2, 4, 2}}) {
            scene x(static_cast<units::count>(batch) * 2048, static_cast<units::count>(stages.size()));
            x.task().parameters = 175'000'000'000;
            x.task().shape = gpt_3;
            x.task().cut = wan_cut::pipeline;
            x.task().stack = software;
            x.of({1024}); // resolves the pool
            const auto one = plan_search::price(gpt_3, plan, batch, 1024, x.what.plannable[0], x.what.stack);
            plan_search::recent_plans plans;
            features<double> f;
            f.clear(static_cast<int>(stages.size()));
            double behind = 0;
            for (int i = f.sites - 1; i >= 0; --i) {
                f.site[i] = x.a.figures.site[0];
                parallel_plan part = plan;
                part.pipeline = stages[static_cast<unsigned>(i)];
                plans.use(gpt_3, part, x.what.stack);
                const auto own = plans.find(12 * part.pipeline, i == 0 || i + 1 == f.sites,
                                            {static_cast<double>(f.sites - 1), behind}, batch, 128 * part.pipeline,
                                            x.what.plannable[0]);
                behind += own.stages;
                f.stage[i] = {.step = own.step,
                              .stages = own.stages,
                              .micro_batches = own.micro_batches,
                              .memory = own.memory,
                              .interval = own.interval,
                              .passage = own.passage};
                if (i > 0) f.pair[pair_index(i - 1, i)].rate = units::bit_rate::from_si(1e24);
            }
            REQUIRE(one.fits);
            const auto p = compute(f, x.task(), x.where.constants());
            CHECK(p.step.si() == Approx(one.step.si()).epsilon(1e-9));
            CHECK(p.step_compute.si() == Approx(one.step.si()).epsilon(1e-9));
            CHECK(p.memory_needed.si() == Approx(one.memory.si()).epsilon(1e-9));
        }
}

TEST_CASE("stated plans over two sites: by stages, interleaved or not as in one where the network costs nothing") {
    scene x(2048 * 16 * 24);
    x.task().parameters = 175'000'000'000;
    x.task().shape = transformer{.layers = 96, .hidden = 12288, .heads = 96, .vocabulary = 51200, .sequence = 2048};
    x.task().cut = wan_cut::pipeline;
    x.world.links[0].capacity = units::bit_rate::from_si(1e16);
    x.world.links[0].distance = units::distance::from_si(1.0);
    parallel_plan plan{.tensor = 8, .pipeline = 4, .micro_batch = 1, .sequence_parallel = true};
    for (const units::count v : {1, 3}) {
        plan.virtual_stages = v;
        x.task().plan = plan;
        const double step = x.of({512, 512}).step.si();
        CHECK(x.a.performance.chunks == static_cast<double>(v));
        parallel_plan whole = plan;
        whole.pipeline = 8;
        const auto one = plan_search::price(*x.task().shape, whole, 16 * 24, 1024, x.what.plannable[0], x.what.stack);
        CHECK(x.a.performance.pipelined == 1.0);
        if (v == 1) {
            CHECK(step == Approx(one.step.si()).epsilon(1e-4)); // metres and a message are not quite nothing
            CHECK(x.a.figures.stage[0].memory.si() == Approx((one.memory / plan_search::usable).si()).epsilon(1e-9));
        } else {
            CHECK(step == Approx(one.step.si()).epsilon(1e-3)); // over a cut that costs nothing it passes three times
            CHECK(x.a.performance.carried.si() == Approx(1000 * 5 * 16.0 * 2048 * 16 * 24 * 12288));
        }
    }
}

TEST_CASE("a model that fits no site may fit two") {
    scene x(2 * mi);
    x.task().parameters = 405'000'000'000;
    x.task().shape = transformer{.layers = 126,
                                 .hidden = 16384,
                                 .heads = 128,
                                 .kv_heads = 8,
                                 .feed_forward = 53248,
                                 .gated = true,
                                 .vocabulary = 128256,
                                 .sequence = 8192};
    CHECK(x.of({96}).memory_share > 1.0);
    CHECK(x.of({96, 96}).memory_share > 1.0);
    x.cut = wan_cut::pipeline;
    const auto both = x.of({96, 96});
    CHECK(both.pipelined == 1.0);
    CHECK(both.memory_share <= 1.0);
    x.task().early_micro_batches = 1000; // their activations do not fit
    CHECK(x.of({96, 96}).memory_share > 1.0);
}

TEST_CASE("a mixture of experts takes as long as its plan, active parameters stated or not") {
    scene x(4 * mi, 1);
    x.task().parameters = 46'702'792'704;
    x.task().shape = mixtral;
    const auto of_shape = x.of({64});
    const auto plan = plan_search::search(mixtral, 1024, 64, x.what.plannable[0], x.what.stack);
    CHECK(plan.plan.expert > 1);
    CHECK(of_shape.step.si() == Approx(plan.step.si()).epsilon(1e-9));
    CHECK(x.a.figures.site[0].mfu.si() < 0.6);
    x.task().active_parameters = 12'900'000'000;
    CHECK(x.of({64}).step.si() == Approx(plan.step.si()).epsilon(1e-9));
    // A stated degree that the share has no room for.
    x.task().plan = parallel_plan{.expert = 8};
    x.of({4});
    CHECK(x.a.structural == errc::no_candidate);
}

TEST_CASE("parameters say how much there is to do, whatever the shape says: no cut beats the peak") {
    scene x(16 * mi);
    x.task().mfu = {};
    auto shape = llama_70b;
    shape.layers = 8; // a tenth of what is stated
    x.task().shape = shape;
    for (const auto cut : {wan_cut::data, wan_cut::pipeline}) {
        x.task().cut = cut;
        const auto wrong = x.of({1024, 1024});
        const auto& at = x.a.figures;
        const double floor =
            6 * 70.6e9 * 16 * mi / (at.site[0].devices * at.site[0].peak + at.site[1].devices * at.site[1].peak).si();
        CHECK(wrong.step.si() > floor);
        CHECK((at.site[0].mfu < 0.7 && at.site[1].mfu < 0.7)); // not 1, where a plan took less than the peak allows
        if (cut == wan_cut::pipeline) CHECK((at.stage[0].step.si() > floor && at.stage[1].step.si() > floor));
    }
}

TEST_CASE("a pipeline over sites that is asked for needs a shape and a connection from each share to the next") {
    scene x(2 * mi, 3);
    x.task().cut = wan_cut::pipeline;
    x.of({512, 512, 512});
    CHECK(x.a.structural == errc::none);
    CHECK(x.a.performance.pipelined == 1.0);
    candidate c;
    for (unsigned i = 0; i < 3; ++i) c.add({i}, 512);
    c.pairs[pair_index(0, 1)] = {network_action::use, 0, 50_Gbps};
    c.pairs[pair_index(0, 2)] = {network_action::use, 0, 50_Gbps};
    features<double> f;
    CHECK(gather(x.where, x.what, c, f) == errc::unreachable);
    x.task().shape = {};
    x.of({512, 512, 512});
    CHECK(x.a.structural == errc::unknown_value);
}

TEST_CASE("unequal shares and mixed devices: layers and batch by what they can do") {
    scene x(2 * mi);
    x.world.pools[1].model = "A100 SXM 80GB";
    x.world.links[0].capacity = 1.6_Tbps;
    const auto p = x.of({512, 1024});
    CHECK(x.a.structural == errc::none);
    // 512 x 989 and 1024 x 312 TFLOPS: 49 and 31 of 80 layers
    const auto& f = x.a.figures;
    CHECK(f.stage[0].step.si() == Approx(f.stage[1].step.si()).epsilon(0.25));
    CHECK(f.site[0].mfu.si() > 0.2);
    CHECK(f.site[1].mfu.si() > 0.2);
    CHECK(p.step < x.of({512}).step);
}

TEST_CASE("the scratch changes nothing, and the relaxed candidate is never slower") {
    scene x(4 * mi);
    for (const units::count n : {1024, 1000, 512, 1024}) {
        x.of({1024, n});
        candidate c;
        c.add({0}, 1024);
        c.add({1}, n);
        c.pairs[0] = {network_action::use, 0, 100_Gbps};
        features<double> f;
        REQUIRE(gather(x.where, x.what, c, f) == errc::none);
        for (int i = 0; i < 2; ++i) {
            CHECK(f.site[i].mfu == x.a.figures.site[i].mfu);
            CHECK(f.site[i].planned_memory == x.a.figures.site[i].planned_memory);
            CHECK(f.stage[i].step == x.a.figures.stage[i].step);
        }
        const auto step = x.a.performance.step;
        assess_relaxed(x.where, x.what, c, x.a);
        CHECK(x.a.structural == errc::none);
        CHECK(x.a.performance.step <= step);
    }
}
