// SPDX-License-Identifier: Apache-2.0
#include <uonaco/resource/accelerators.hpp>

#include <string>
#include <string_view>

namespace {

using namespace uonaco;

constexpr int models = sizeof(accelerators) / sizeof(accelerators[0]);
static_assert(models >= 25);

constexpr bool every(bool (*holds)(const accelerator&)) {
    for (const accelerator& a : accelerators)
        if (!holds(a)) return false;
    return true;
}
template <class Q>
constexpr bool positive(const maybe<Q>& q) {
    return !q.known() || q->si() > 0;
}
/// a is k times b to within 2 %, or one of them is not known
constexpr bool times(const maybe<units::flops>& a, double k, const maybe<units::flops>& b) {
    return !a.known() || !b.known() || (a->si() > 0.98 * k * b->si() && a->si() < 1.02 * k * b->si());
}

// a name and a source each, found under that name and no other
static_assert(every([](const accelerator& a) { return a.model[0] != '\0' && a.source[0] != '\0'; }));
static_assert(every([](const accelerator& a) { return find_accelerator(a.model) == &a; }));

// what every model has; nothing known is 0
static_assert(every([](const accelerator& a) {
    return (a.peak.fp16.known() || a.peak.bf16.known()) && a.memory.known() && a.memory_rate.known() &&
           a.interconnect_rate.known();
}));
static_assert(every([](const accelerator& a) {
    for (int p = 0; p < precision_count; ++p)
        if (!positive(a.peak.at(static_cast<precision>(p)))) return false;
    return positive(a.memory) && positive(a.memory_rate) && positive(a.interconnect_rate) && positive(a.idle_power) &&
           positive(a.max_power);
}));
static_assert(every([](const accelerator& a) {
    return !a.idle_power.known() || (a.max_power.known() && *a.idle_power < *a.max_power);
}));

// dense: halving the bits doubles the rate, and nothing doubles once more by sparsity
static_assert(every([](const accelerator& a) {
    return times(a.peak.fp16, 1, a.peak.bf16) && (a.type != device_type::gpu || times(a.peak.fp8, 2, a.peak.bf16));
}));
static_assert(every([](const accelerator& a) { return times(a.peak.tf32, 0.5, a.peak.bf16); }));

constexpr const accelerator& h100 = *find_accelerator("H100 SXM");
static_assert(*h100.peak.at(precision::bf16) == 989_TFLOPS);
static_assert(*h100.peak.fp8 == 1979_TFLOPS && !h100.peak.fp4.known());
static_assert(*h100.max_power == 700_W);
// decimal gigabytes: 80 GB are 74.5 GiB
static_assert(*h100.memory == 80_GB && *h100.memory < 74.51_GiB && *h100.memory > 74.50_GiB);
static_assert(*h100.memory_rate == 3350_GBps);

// int8 is not fp8
static_assert(!find_accelerator("A100 SXM 80GB")->peak.fp8.known());
static_assert(*find_accelerator("A100 SXM 80GB")->peak.int8 == 624_TFLOPS);
static_assert(!find_accelerator("TPU v5e")->peak.fp8.known());
static_assert(!find_accelerator("GB300")->peak.int8.known() && *find_accelerator("GB300")->peak.fp4 == 15000_TFLOPS);
// no bf16 before Ampere
static_assert(!find_accelerator("V100 SXM2 32GB")->peak.bf16.known() && !find_accelerator("T4")->peak.bf16.known());

static_assert(find_accelerator("TPU v4")->type == device_type::tpu);
static_assert(find_accelerator("Ascend 910B")->type == device_type::npu);
static_assert(find_accelerator("Gaudi3")->type == device_type::accelerator);

// names: letters and digits count, all of them
static_assert(find_accelerator("h100-sxm") == &h100 && find_accelerator(" H100_SXM ") == &h100);
static_assert(find_accelerator("TPU-v5P") == find_accelerator("TPU v5p"));
static_assert(!find_accelerator("H100") && !find_accelerator("H100 SXM 5") && !find_accelerator("100 SXM"));
static_assert(!find_accelerator("") && !find_accelerator("-") && !find_accelerator("XH100 SXM"));
static_assert(find_accelerator(std::string_view("A100 SXM 40GB, rack 7", 13)) == find_accelerator("A100 SXM 40GB"));
[[maybe_unused]] const accelerator* from_string(const std::string& name) { return find_accelerator(name); }

} // namespace
