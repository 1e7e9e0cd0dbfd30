// What is another Gb/s worth to this training run? One call gives the slope of its full cost for every input.
#include <uonaco/evaluate/sensitivity.hpp>
#include <uonaco/units/format.hpp>

#include <cstdio>

using namespace uonaco;
using namespace uonaco::literals;

int main() {
    const training task{.parameters = 70'000'000'000, .tokens_per_step = 16 << 20, .steps = 10'000};
    const valuation value{.value_of_time = 5000_usd_per_h, .carbon_price = 80_usd_per_t};
    const units::bandwidth_price offer = 0.07_usd_per_Gbps_h;
    supply<double> grid;
    features<double> f;
    f.sites = 2;
    for (int i = 0; i < 2; ++i) {
        f.site[i] = {.devices = 1024,
                     .peak = 989_TFLOPS,
                     .mfu = 0.45,
                     .memory = 80_GB,
                     .max_power = 700_W,
                     .pue = 1.2,
                     .price = 2.5_usd_per_h};
        grid.price[i] = 0.1_usd_per_kWh;
        grid.carbon[i] = 300_g_per_kWh;
    }
    for (const double gbps : {100, 200, 300, 400}) {
        f.pair[0].rate = gbps * 1_Gbps;
        f.pair[0].delay = 8_ms;
        f.pair[0].lease = offer * f.pair[0].rate;
        const sensitivity s = sensitivities(f, task, grid, value);
        const units::money worth = 0_usd - s.pair[0].rate.full_cost * 1_Gbps;
        const units::money costs = s.pair[0].lease * (offer * 1_Gbps);
        std::printf("%3.0f Gb/s: one more is worth %7.2f USD and costs %.2f USD; another ms of delay costs %s\n", gbps,
                    worth.si(), costs.si(), to_text(units::money(s.pair[0].delay.full_cost * 1_ms)).c_str());
    }
}
