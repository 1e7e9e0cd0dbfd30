#include <uonaco/place.hpp>

#include <cstdio>

int main() {
    using namespace uonaco;
    const provisioning wave{.rate = 400_Gbps, .lead_time = 3_min, .set_up_fee = 500_usd};
    const compute_pool h100{.model = "H100 SXM", .free_count = 1024, .price = 2.5_usd_per_h, .price_includes_energy = true};
    estate world{.sites = {{.id = "paris", .pue = 1.2}, {.id = "oslo", .pue = 1.1}}, .pools = {h100, h100}};
    world.pools[0].site = "paris";
    world.pools[1].site = "oslo";
    world.links = {{.id = "fibre", .src_node = "paris", .dst_node = "oslo", .bidirectional = true, .capacity = 100_Gbps,
                    .create = wave, .distance = 1700_km, .price = 0.07_usd_per_Gbps_h}};
    const training task{.parameters = 70'000'000'000, .tokens_per_step = 16 << 20, .steps = 10'000};
    const workload job{.id = "llm-70b", .devices = {.count = 2048, .min_count = 256}, .task = task};

    auto where = survey::of(world);
    std::fputs(explain(decide(*where, job, by_full_cost, exhaustive{})).c_str(), stdout);
}
