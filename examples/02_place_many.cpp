// Several workloads in one estate: each is placed in what the more urgent ones left.
#include <uonaco/place.hpp>

#include <cstdio>

using namespace uonaco;
using namespace uonaco::literals;

int main() {
    const provisioning wave{.rate = 400_Gbps, .step = 100_Gbps, .lead_time = 3_min, .set_up_fee = 500_usd};
    const estate world{
        .sites = {{.id = "paris", .pue = 1.2}, {.id = "oslo", .pue = 1.1}},
        .pools = {{.id = "paris-h100", .site = "paris", .model = "H100 SXM", .free_count = 512, .price = 2.5_usd_per_h,
                   .price_includes_energy = true},
                  {.id = "oslo-h100", .site = "oslo", .model = "H100 SXM", .free_count = 512, .price = 2.3_usd_per_h,
                   .price_includes_energy = true}},
        .storage = {{.id = "lake", .site = "paris", .capacity = 500_TB, .read_rate = 20_GBps}},
        .datasets = {{.id = "corpus", .site = "paris", .storage = "lake", .volume = 20_TB}},
        .links = {{.id = "fibre", .src_node = "paris", .dst_node = "oslo", .bidirectional = true, .capacity = 10_Gbps,
                   .create = wave, .distance = 1700_km, .jitter = 20_us, .price = 0.07_usd_per_Gbps_h}}};

    const std::vector<workload> jobs{
        {.id = "pretrain", .priority = 2, .devices = {.count = 768, .min_count = 128},
         .task = training{.parameters = 13'000'000'000, .tokens_per_step = 4 << 20, .steps = 5000, .data = "corpus"}},
        {.id = "chat", .priority = 0, .devices = {.count = 64, .min_count = 8}, .locality = {.user_site = "paris"},
         .task = inference{.model = {.parameters = 8'000'000'000, .kv_per_token = 128_KiB}, .requests = 40_per_s,
                           .input_tokens = 1500, .output_tokens = 300, .duration = 24_h, .objective = {.first_token = 500_ms}}},
        {.id = "too-much", .priority = 7, .devices = {.count = 4096},
         .task = training{.parameters = 1'000'000'000, .tokens_per_step = 1 << 20, .steps = 10}}};

    const auto where = survey::of(world);
    const auto all = place_all(*where, jobs, by_full_cost, greedy{});
    for (const decision& d : all->decisions) std::puts(explain(d).c_str());
    std::printf("%lld of %zu placed, full cost %s\n", all->placed, jobs.size(), to_text(all->full_cost).c_str());
}
