// SPDX-License-Identifier: Apache-2.0
// How good are plans? Instances of SNDlib under UONACO_DATA, with the cost of the best plan known, beside ours.
#include "data.hpp"

#include <uonaco/network/planning/network_design.hpp>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

namespace {

using namespace uonaco;

// Nothing of the search is trusted: what the plan says, added up again. Null if it holds.
const char* wrong(const design_problem& p, const network_plan& plan) {
    std::vector<double> load(p.links.size()), left;
    for (const design_demand& d : p.demands) left.push_back(d.a == d.b ? 0 : d.amount);
    double all = 0;
    for (const double l : left) all += l;
    for (const planned_flow& f : plan.routing) {
        unsigned at = p.demands[f.demand].a;
        for (const unsigned e : f.links) {
            if (p.links[e].a != at && p.links[e].b != at) return "a route is no path";
            at = p.links[e].a == at ? p.links[e].b : p.links[e].a;
            load[e] += f.amount;
        }
        if (at != p.demands[f.demand].b) return "a route ends elsewhere";
        left[f.demand] -= f.amount;
    }
    for (const double l : left)
        if (l > 1e-7 * all || l < -1e-7 * all) return "a demand is not routed as a whole";
    double cost = 0;
    for (unsigned e = 0; e < p.links.size(); ++e) {
        double capacity = p.links[e].installed;
        cost += p.links[e].paid;
        for (unsigned m = 0; m < p.links[e].modules.size(); ++m) {
            capacity += plan.modules[e][m] * p.links[e].modules[m].capacity;
            cost += plan.modules[e][m] * p.links[e].modules[m].cost;
        }
        if (load[e] > capacity * (1 + 1e-8)) return "a link is over its capacity";
    }
    if (cost > plan.cost * (1 + 1e-9) || cost < plan.cost * (1 - 1e-9)) return "the cost is another";
    return nullptr;
}

struct known {
    const char* name;
    double best; ///< proven, but for di-yuan; 0: not known
};
constexpr known instances[] = {{"dfn-gwin", 38752}, {"polska", 23619},     {"pdh", 10903843},
                               {"abilene", 194020}, {"nobel-us", 2441420}, {"nobel-germany", 161990},
                               {"di-yuan", 655700}, {"germany50", 0}};

} // namespace

int main(int argc, char** argv) {
    if (!std::getenv("UONACO_DATA")) {
        std::puts("set UONACO_DATA to the folder that holds sndlib/");
        return 0;
    }
    const bool quick = argc > 1 && std::string(argv[1]) == "--quick";
    design_effort effort;
    if (quick) effort = {500, 1, 100, 1};
    if (argc > 1 && !quick) effort.iterations = static_cast<unsigned>(std::atoi(argv[1]));
    if (argc > 2) effort.bound_iterations = static_cast<unsigned>(std::atoi(argv[2]));
    if (argc > 3) effort.seed = static_cast<unsigned>(std::atoi(argv[3]));
    std::printf("%-14s %12s %12s %9s %12s %8s %8s\n", "instance", "plan", "best known", "above", "bound", "gap",
                "seconds");
    double sum = 0;
    for (const known& k : instances) {
        const auto p = networks::read_design(std::string("sndlib/") + k.name);
        if (!p) {
            std::printf("%-14s is not there\n", k.name);
            continue;
        }
        const std::clock_t start = std::clock();
        const auto plan = design_network(*p, effort);
        const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        if (!plan) {
            std::printf("%-14s %s\n", k.name, plan.error().detail.c_str());
            continue;
        }
        if (const char* why = wrong(*p, *plan)) {
            std::printf("%-14s WRONG: %s\n", k.name, why);
            return 1;
        }
        const double above = k.best > 0 ? 100 * (plan->cost / k.best - 1) : 0;
        if (&k < instances + 6) sum += above / 6;
        std::printf("%-14s %12.0f %12.0f %8.2f%% %12.0f %7.2f%% %8.2f\n", k.name, plan->cost, k.best, above,
                    plan->lower_bound, 100 * plan->gap(), seconds);
        std::fflush(stdout);
    }
    std::printf("mean above the proven best plan of the first six: %.2f %%\n", sum);
}
