// A heuristic of one's own, checked against the laws that all heuristics keep.
#include <uonaco/place.hpp>
#include <uonaco/testing/laws.hpp>

#include <cstdio>

using namespace uonaco;
using namespace uonaco::literals;

namespace mine {
/// The first candidate that keeps every hard limit, in the order in which candidates come.
struct first_fit {
    static constexpr const char* name = "first_fit";

    template <class Evaluator>
    result<placement> operator()(const problem& p, const Evaluator& e) const {
        search<Evaluator> found(p, e, name);
        candidate_stream all(p);
        candidate c;
        while (!found.any() && all.next(c)) found.offer(c);
        return found.finish();
    }
};
static_assert(placement_heuristic<first_fit, decltype(by_full_cost)>);
} // namespace mine

int main() {
    const estate world{
        .sites = {{.id = "paris", .pue = 1.2}, {.id = "oslo", .pue = 1.1}},
        .pools = {{.id = "p", .site = "paris", .model = "H100 SXM", .free_count = 64, .price = 2.5_usd_per_h, .price_includes_energy = true},
                  {.id = "o", .site = "oslo", .model = "H100 SXM", .free_count = 64, .price = 2.1_usd_per_h, .price_includes_energy = true}}};
    const workload job{.id = "tune", .devices = {.count = 64, .min_count = 8},
                       .task = training{.parameters = 7'000'000'000, .tokens_per_step = 1 << 20, .steps = 1000}};
    auto where = survey::of(world);
    const auto mine = place_one(*where, job, by_full_cost, mine::first_fit{});
    const auto best = place_one(*where, job, by_full_cost, exhaustive{});
    for (const auto* x : {&*mine, &*best})
        std::printf("%-10s %s for %s, looked at %lld\n", x->heuristic, describe_devices(*where, x->best.choice).c_str(),
                    to_text(x->best.outcome.full_cost).c_str(), x->compared);
    const auto broken = laws::check_heuristic(mine::first_fit{}, by_full_cost, {.complete = true});
    std::printf("laws broken: %zu\n", broken.size());
}
