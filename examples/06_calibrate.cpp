// A few measured steps instead of the defaults: which constants they determine, and what a rate not tried yet would give.
#include <uonaco/model/fit.hpp>
#include <uonaco/model/training_model.hpp>
#include <uonaco/units/format.hpp>

#include <cstdio>

using namespace uonaco;
using namespace uonaco::literals;

struct run { // a line of one's own log: two sites, GPUs at each, the rate between them
    int gpus;
    double gbps;
    double seconds;
};

units::duration step(const run& r, const calibration& c) {
    const training task{.parameters = 70'000'000'000, .tokens_per_step = 16 << 20};
    features<double> f;
    f.sites = 2;
    for (int i = 0; i < 2; ++i) {
        f.site[i].devices = r.gpus;
        f.site[i].peak = 989_TFLOPS;
        f.site[i].mfu = c.mfu_bf16;
        f.site[i].memory = 80_GB;
    }
    f.pair[0].rate = r.gbps * 1_Gbps;
    f.pair[0].delay = 8_ms;
    return compute(f, task, c).step;
}

int main() {
    const std::vector<run> log = {
        {1024, 100, 17.1}, {1024, 200, 11.3}, {1024, 800, 8.5}, {512, 100, 23.1}, {512, 400, 16.9}};
    const auto predict = [](const run& r, const calibration& c) { return step(r, c) / (r.seconds * 1_s); };
    const auto found =
        fit(calibration{}, {&calibration::mfu_bf16, &calibration::overlap, &calibration::restart_time}, log, predict);
    if (!found) return std::puts(found.error().detail.c_str()), 1;

    const char* names[] = {"mfu_bf16", "overlap", "restart_time"};
    for (std::size_t i = 0; i < 3; ++i) {
        const knob_setting& k = found->knobs[i];
        if (k.determined)
            std::printf("%-12s %.3f, within %.3f for each per cent of error\n", names[i], k.value, k.slack);
        else
            std::printf("%-12s stays %g: these runs do not tell\n", names[i], k.value);
    }
    std::printf("errors      ");
    for (const units::ratio e : found->errors) std::printf(" %+.1f %%", 100 * e.si());
    std::printf("; mean %.1f %%\n", 100 * found->mean_error.si());
    const run next{2048, 400, 0};
    std::printf("2 x 2048 at 400 Gb/s: %s a step; the defaults said %s\n",
                to_text(step(next, found->constants)).c_str(), to_text(step(next, {})).c_str());
}
