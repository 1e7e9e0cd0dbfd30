// SPDX-License-Identifier: Apache-2.0
// Candidates a second from end to end: an exhaustive search of an estate of 20 sites, one candidate after the other, and where
// its time goes. Beside it what schedulers spend on a candidate. Status 1 if two runs differ.
#include "examples.hpp"
#include "timing.hpp"

#include <uonaco/evaluate/presets.hpp>
#include <uonaco/place/heuristics/exhaustive.hpp>
#include <uonaco/place/place.hpp>

#include <cstdlib>
#include <new>
#include <string>

using namespace uonaco::literals;

namespace {
unsigned long allocations = 0;
}
[[gnu::noinline]] void* operator new(std::size_t size) {
    ++allocations;
    if (void* p = std::malloc(size ? size : 1)) return p;
    throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept { std::free(p); }

namespace {

// A ring of 20 sites with a chord from each, 400 Gb/s in service and 400 Gb/s circuits to be had; prices, carbon and energy by
// the hour differ from site to site.
uonaco::estate make_estate() {
    bench::draws d(20);
    uonaco::estate e;
    constexpr int sites = 20;
    for (int i = 0; i < sites; ++i) {
        const std::string name = "s" + std::to_string(i);
        e.sites.push_back({.id = uonaco::site_id(name), .pue = d.between(1.1, 1.5), .availability = 0.9999});
        const auto free = static_cast<long long>(d.between(256, 2048)) / 8 * 8;
        e.pools.push_back({.id = uonaco::pool_id(name + "-h100"),
                           .site = uonaco::site_id(name),
                           .model = "H100 SXM",
                           .total_count = 2048,
                           .free_count = free,
                           .queue_wait = 0_s,
                           .price = d.between(1.5, 4) * 1_usd_per_h,
                           .availability = 0.9995});
        uonaco::power_state grid{.id = uonaco::power_id(name), .site = uonaco::site_id(name)};
        grid.forecast_repeats = true;
        for (int hour = 0; hour < 24; ++hour)
            grid.forecast.push_back({.start = uonaco::units::instant{} + hour * 1_h,
                                     .duration = 1_h,
                                     .carbon_intensity = d.between(20, 700) * 1_g_per_kWh,
                                     .energy_price = d.between(0.03, 0.2) * 1_usd_per_kWh});
        e.power.push_back(grid);
    }
    e.tariffs.push_back({.id = "t", .lease = 0.07_usd_per_Gbps_h, .set_up_fee = 500_usd});
    const uonaco::provisioning offer{.rate = 400_Gbps, .step = 100_Gbps, .lead_time = 180_s};
    for (int i = 0; i < sites; ++i)
        for (const int to : {(i + 1) % sites, (i + 7) % sites})
            e.links.push_back({.id = uonaco::link_id("l" + std::to_string(i) + "-" + std::to_string(to)),
                               .src_node = uonaco::node_id("s" + std::to_string(i)),
                               .dst_node = uonaco::node_id("s" + std::to_string(to)),
                               .bidirectional = true,
                               .capacity = 400_Gbps,
                               .create = offer,
                               .distance = d.between(100, 1500) * 1_km,
                               .jitter = 100_us,
                               .loss = 0.0,
                               .availability = 0.9995,
                               .tariff = "t"});
    e.storage.push_back({.id = "lake", .site = "s0", .capacity = 10'000_TB, .read_rate = 100_GBps});
    e.datasets.push_back({.id = "tokens", .site = "s0", .storage = "lake", .volume = 40_TB});
    return e;
}

std::vector<uonaco::workload> make_workloads() {
    const uonaco::language_model dense{.parameters = 70'000'000'000,
                                       .kv_per_token = uonaco::units::memory::from_si(327'680 * 8),
                                       .devices_per_replica = 8};
    auto with_data = bench::dense_70b();
    with_data.data = "tokens";
    return {
        {.id = "training over up to 3 sites", .devices = {.count = 2048, .min_count = 256}, .task = bench::dense_70b()},
        {.id = "the same, its data at one of them", .devices = {.count = 2048, .min_count = 256}, .task = with_data},
        {.id = "inference",
         .devices = {.count = 512, .min_count = 64},
         .locality = {.user_site = "s3"},
         .task = uonaco::inference{.model = dense,
                                   .requests = 40_per_s,
                                   .input_tokens = 1000,
                                   .output_tokens = 300,
                                   .objective = {.first_token = 2_s}}},
        {.id = "transfer of 40 TB", .task = uonaco::transfer{.data = "tokens", .to = "s9"}}};
}

void print_parts(bench::options o, const uonaco::problem& p) {
    double n = 0, feasible = 0;
    uonaco::features<double> f;
    uonaco::assessment a;
    uonaco::search found(p, uonaco::by_full_cost, "bench");
    const auto generate = [&] { for_each_candidate(p, [](const uonaco::candidate& c) { bench::keep(c); }); };
    const auto gather = [&] {
        for_each_candidate(p, [&](const uonaco::candidate& c) {
            auto e = uonaco::gather(p.where(), p.what(), c, f);
            bench::keep(e);
        });
    };
    const auto assess = [&] {
        for_each_candidate(p, [&](const uonaco::candidate& c) {
            uonaco::assess(p.where(), p.what(), c, a);
            bench::keep(a);
        });
    };
    const auto offer = [&] { for_each_candidate(p, [&](const uonaco::candidate& c) { found.offer(c); }); };
    for_each_candidate(p, [&](const uonaco::candidate& c) {
        n += 1;
        feasible += found.offer(c) ? 1 : 0;
    });
    const unsigned long before = allocations;
    offer();
    const auto made = allocations - before;
    const auto t = bench::race(o, n, generate, gather, assess, offer);
    std::printf("| %s | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.2f | %lu |\n",
                p.asked().id.text.c_str(), n, feasible, t[0].median(), bench::difference(t[1], t[0]).median(),
                bench::difference(t[2], t[1]).median(), bench::difference(t[3], t[2]).median(), t[3].median(),
                t[3].median() * n / feasible, 1e3 / t[3].median(), made);
}

} // namespace

int main(int argc, char** argv) {
    const bench::options o = bench::read(argc, argv);
    bench::print_machine();
    const uonaco::estate world = make_estate();
    const auto workloads = make_workloads();
    auto s = uonaco::survey::of(world);
    if (!s) return std::puts(s.error().detail.c_str()), 2;

    std::puts("Exhaustive search of 20 sites, ns a candidate\n");
    std::puts("| workload | candidates | feasible | generate | gather | compute, settle, check | rank | all | "
              "all, a feasible one | M candidates/s | allocations in all |");
    std::puts("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    for (const auto& w : workloads) {
        const auto p = uonaco::problem::of(*s, w);
        if (!p) return std::puts(p.error().detail.c_str()), 2;
        print_parts(o, *p);
    }

    std::puts(
        "\nplace_one from the workload to the explained choice, paths between sites known from an earlier call\n");
    std::puts(
        "| workload | compared | feasible | ms | us a candidate | us a feasible one |\n|---|--:|--:|--:|--:|--:|");
    bool same = true;
    double slowest = 0;
    for (const auto& w : workloads) {
        const auto first = place_one(*s, w, uonaco::by_full_cost, uonaco::exhaustive{});
        if (!first) return std::puts(first.error().detail.c_str()), 2;
        const auto n = static_cast<double>(first->compared);
        const auto t = bench::race(o, n, [&] {
            const auto again = place_one(*s, w, uonaco::by_full_cost, uonaco::exhaustive{});
            same = same && again->best.choice == first->best.choice && again->best.outcome == first->best.outcome;
        });
        const double us = t[0].median() / 1e3;
        const double of_feasible = us * n / static_cast<double>(first->feasible);
        std::printf("| %s | %.0f | %lld | %.3f | %.2f | %.2f |\n", w.id.text.c_str(), n, first->feasible, us * n / 1e3,
                    us, of_feasible);
        slowest = std::max(slowest, of_feasible);
    }

    std::printf("\nBeside it, measured on a machine of the same kind; each answers a smaller question\n\n");
    std::puts("| what scores a candidate | us |\n|---|--:|");
    std::printf("| uonaco place_one: joint cost over sites, devices, circuits, power; the dearest feasible one above | "
                "%.2f |\n",
                slowest);
    std::puts("| scheduler-plugins 0.26.7 NetworkOverhead, a node and pod with 10 dependencies | 2.7 |");
    std::puts("| Kubernetes 1.26 NodeResourcesFit, a node | 0.8-1.0 |");
    std::puts("| SkyPilot optimizer.py (November 2026), a pair of candidates in its dynamic programme | 0.39 |");
    std::puts("| Fluxion resource-query (fd257f7), a match over 20 sites of 100 nodes | 7000 |");

    std::puts(same ? "\nresults: the same bits each time" : "\nresults: DIFFER");
    return same ? 0 : 1;
}
