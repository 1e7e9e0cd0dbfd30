// A scenario in, a decision out: records that a scheduler and a network controller both read.
#include <uonaco/io/dump.hpp>
#include <uonaco/io/scenario.hpp>
#include <uonaco/place.hpp>
#include <uonaco/reflect/decision.hpp>

#include <cstdio>
#include <fstream>
#include <iterator>

using namespace uonaco;

int main() {
    std::ifstream file("examples/scenarios/figure1.json");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto in = io::load<scenario>(text);
    if (!in) { // every problem at once: where, what was expected, what was found
        for (const io::problem& p : in.error()) std::puts(to_string(p).c_str());
        return 2;
    }
    auto where = survey::of(in->estate);
    decision out = decide(*where, in->workloads[0], by_full_cost, exhaustive{});
    out.alternatives.clear(); // to keep this page short
    out.explanation.resize(1);
    std::puts(io::dump(out).c_str());

    // What a bad file gets: the same scenario with a typing error.
    std::string typo = text;
    typo.replace(typo.find("distance_km"), 11, "distance_mi");
    const auto refused = io::load<scenario>(typo);
    for (const io::problem& p : refused.error()) std::puts(to_string(p).c_str());
}
