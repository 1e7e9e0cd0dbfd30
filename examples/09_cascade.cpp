// A small model at the edge answers, and what it is not sure of goes to a large one 15 ms away. Which share may that be?
#include <uonaco/model/cascade.hpp>
#include <uonaco/model/inference_model.hpp>

#include <cstdio>

using namespace uonaco;
using namespace uonaco::literals;

int main() {
    // What all users ask together, of either model.
    const service_objective objective{.first_token = 700_ms};
    const inference small{.model = {.parameters = 8'000'000'000, .kv_per_token = 128_KiB},
                          .requests = 48_per_s,
                          .input_tokens = 500,
                          .output_tokens = 100,
                          .objective = objective};
    inference large = small;
    large.model = {.parameters = 70'000'000'000, .kv_per_token = 320_KiB, .devices_per_replica = 4};

    features<double> edge, cloud;
    edge.sites = cloud.sites = 1;
    edge.site[0] = {.devices = 4, .peak = 362_TFLOPS, .memory = 48_GB, .memory_rate = 864_GBps}; // L40S
    cloud.site[0] = {.devices = 8, .peak = 989_TFLOPS, .memory = 80_GB, .memory_rate = 3350_GBps}; // H100
    edge.access = {.rate = 10_Gbps, .delay = 1_ms};
    cloud.access = {.rate = 10_Gbps, .delay = 16_ms};

    const calibration c;
    const double shares[] = {0.0, 0.1, 0.2, 0.4, 0.8};
    for (const double share : shares) {
        const auto here = compute(edge, cascade::at_edge(cascade::decided::after, share, small), c);
        const auto spent = cascade::time_to_judge(here, 8); // after its first eight tokens
        const auto there = compute(cloud, cascade::in_cloud(share, spent, large), c);
        const auto seen = cascade::seen<double>(share, spent, here, there);
        std::printf("%2.0f %% passed on: the first token of these after %4.0f ms, %5.1f %% of all in time, replicas %3.0f %% loaded\n",
                    100 * share, 1e3 * seen.slowest.si(), 100 * seen.attainment.si(), 100 * seen.load.si());
    }
    // A request costs its share of the devices' rental while they serve nothing else.
    const units::money by_small = 4 * 1.5_usd_per_h / small.requests, by_large = 8 * 3.5_usd_per_h / small.requests;
    std::printf("cheaper than the large model for all up to a share of %.0f %%\n",
                100 * cascade::break_even(cascade::decided::after, by_small, by_large).si());
}
