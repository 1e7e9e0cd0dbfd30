// Two candidates scored without an estate: the caller's own node type fills the features.
#include <uonaco/evaluate/presets.hpp>
#include <uonaco/evaluate/settle.hpp>
#include <uonaco/model/training_model.hpp>
#include <uonaco/units/format.hpp>

#include <cstdio>

using namespace uonaco;
using namespace uonaco::literals;

namespace mine {
struct node { // what some scheduler keeps about a rack
    int gpus;
    double tflops;
    double dollars_an_hour;
};
} // namespace mine

features<double> look_at(const mine::node& n) {
    features<double> f;
    f.sites = 1;
    f.site[0].devices = n.gpus;
    f.site[0].peak = n.tflops * 1_TFLOPS;
    f.site[0].mfu = 0.45;
    f.site[0].memory = 80_GB;
    f.site[0].price = n.dollars_an_hour * 1_usd_per_h;
    f.site[0].energy_included = 1.0;
    return f;
}

int main() {
    const training task{.parameters = 7'000'000'000, .tokens_per_step = 4 << 20, .steps = 1000};
    const valuation value{.value_of_time = 100_usd_per_h};
    const struct {
        const char* name;
        mine::node node;
    } candidates[] = {{"64 fast ones", {64, 989, 2.5}}, {"128 slow ones", {128, 312, 1.2}}};
    for (const auto& [name, node] : candidates) {
        const features<double> f = look_at(node);
        const outcome<double> o = settle(f, compute(f, task, calibration{}), supply<double>{}, value);
        std::printf("%-14s %s for %s: costs %s with time at %s\n", name, to_text(o.time.completion).c_str(),
                    to_text(o.money.compute).c_str(), to_text(o.full_cost).c_str(), to_text(value.value_of_time).c_str());
    }
}
