// An objective of one's own: a term is any type with a name and a cost. No base class, no registration.
#include <uonaco/place.hpp>

#include <cstdio>

using namespace uonaco;
using namespace uonaco::literals;

namespace mine {
/// Prefers runs that end before the maintenance window: lateness beyond it, in hours.
struct lateness {
    static constexpr const char* name = "lateness";
    units::duration window = 8_h;

    template <class Rep>
    constexpr scalar<Rep> cost(const outcome<Rep>& o) const {
        using units::max;
        const units::with_rep<units::duration, Rep> late = o.time.completion - window;
        return scalar<Rep>(max(late, units::with_rep<units::duration, Rep>{}) / 1_h);
    }
};
static_assert(objective_term<lateness>); // ask the compiler before wiring it in
} // namespace mine

int main() {
    const estate world{
        .sites = {{.id = "paris", .pue = 1.2}},
        .pools = {{.id = "h100", .site = "paris", .model = "H100 SXM", .free_count = 256, .price = 2.5_usd_per_h,
                   .price_includes_energy = true},
                  {.id = "a100", .site = "paris", .model = "A100 SXM 80GB", .free_count = 256, .price = 0.7_usd_per_h,
                   .price_includes_energy = true}}};
    const workload job{.id = "tune", .devices = {.count = 128},
                       .task = training{.parameters = 13'000'000'000, .tokens_per_step = 2 << 20, .steps = 5000}};

    auto where = survey::of(world);
    const auto choose = [&](const auto& objective) {
        const auto found = place_one(*where, job, objective, exhaustive{});
        const auto& o = found->best.outcome;
        std::printf("  %s: %s for %s\n", describe_devices(*where, found->best.choice).c_str(),
                    to_text(o.time.completion).c_str(), to_text(o.money.compute).c_str());
    };
    std::puts("by money alone");
    choose(evaluator{weigh(1.0, terms::money{})});
    std::puts("and 50 USD for each hour beyond the window");
    choose(evaluator{weigh(1.0, terms::money{}), weigh(50.0, mine::lateness{})});
}
