// SPDX-License-Identifier: Apache-2.0
// How much do policies of routing and spectrum assignment block on NSFNET? The reference table with our own runs beside it, and
// least damage against its best column on the same requests. Status 1 if a mean is off the table by more than 3 sd / sqrt(n), or
// if least damage does not block less. --seeds N, --json, --quick.
#include "blocking.hpp"

#include "../run/timing.hpp"

#include <cmath>
#include <cstdlib>
#include <cstring>

using namespace uonaco;

namespace {

using blocking::column;
using blocking::loads;
using blocking::table;
constexpr int best = 4;

struct figures {
    std::vector<double> shares;
    double per_second = 0;
    double mean() const {
        double sum = 0;
        for (const double x : shares) sum += x;
        return sum / static_cast<double>(shares.size());
    }
};

template <class Policy>
figures run(const candidate_paths& paths, unsigned edges, blocking::setting s, unsigned seeds, Policy policy) {
    figures f;
    const double start = bench::now();
    for (unsigned i = 0; i < seeds; ++i) {
        s.seed = 1 + i;
        f.shares.push_back(blocking::run(paths, edges, s, policy).share());
    }
    f.per_second = 1e9 * seeds * static_cast<double>(s.warm_up + s.counted) / (bench::now() - start);
    return f;
}

// Two-sided 95 %, Student's t with n - 1 degrees of freedom; normal beyond 30.
double t95(unsigned n) {
    constexpr double t[] = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
                            2.201,  2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
                            2.080,  2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045};
    return n < 2 ? 0 : n - 2 < 29 ? t[n - 2] : 1.960;
}

} // namespace

int main(int argc, char** argv) {
    const bench::options o = bench::read(argc, argv);
    bool json = false;
    unsigned seeds = o.quick ? 2 : 40;
    for (int i = 1; i < argc; ++i) {
        json = json || std::strcmp(argv[i], "--json") == 0;
        if (std::strcmp(argv[i], "--seeds") == 0 && i + 1 < argc) seeds = static_cast<unsigned>(std::atoi(argv[i + 1]));
    }
    if (seeds < 2) seeds = 2;
    const blocking::network net = blocking::make_nsfnet();
    blocking::setting s;
    if (o.quick) s.warm_up = 2000, s.counted = 5000;
    bool good = true;
    figures bold[3];
    if (!json) {
        bench::print_machine();
        std::printf("%u seeds of %ld requests after %ld\n\n%-20s %6s %9s %9s %7s %12s\n", seeds, s.counted, s.warm_up,
                    "policy", "load", "blocked", "table", "off/sd", "requests/s");
    } else {
        std::printf("[");
    }
    const auto print = [&](const char* name, int l, const figures& f, double expected, double off) {
        if (json)
            std::printf("%s\n  {\"policy\": \"%s\", \"load\": %g, \"seeds\": %u, \"blocked\": %.6f, \"table\": %g, "
                        "\"requests_per_s\": %.0f}",
                        l == 0 && std::strcmp(name, table[0].name) == 0 ? "" : ",", name, loads[l], seeds, f.mean(),
                        expected, f.per_second);
        else
            std::printf("%-20s %6.0f %9.5f %9.4f %7.2f %12.0f\n", name, loads[l], f.mean(), expected, off,
                        f.per_second);
    };
    for (int c = 0; c < 6; ++c) {
        const column& x = table[c];
        const candidate_paths paths = net.paths(x.k, x.order);
        for (int l = 0; l < 3; ++l) {
            s.load = loads[l];
            const figures f = x.lowest_slot ? run(paths, net.graph.edges(), s, seeds, lowest_slot_over_paths{})
                                            : run(paths, net.graph.edges(), s, seeds, first_path_that_fits{});
            const double off = (f.mean() - x.mean[l]) / (x.sd[l] / std::sqrt(seeds));
            if (!o.quick && std::abs(off) > 3) good = false;
            print(x.name, l, f, x.mean[l], off);
            if (c == best) bold[l] = f;
        }
    }
    const candidate_paths paths = net.paths(50, candidate_order::hops);
    std::vector<units::bit_rate> rates;
    for (int r = 25; r <= 100; ++r) rates.push_back(units::bit_rate::from_si(r * 1e9));
    const placement_counts counts(s.slots, usual_sizes(paths, rates));
    figures ours[3];
    for (int l = 0; l < 3; ++l) {
        s.load = loads[l];
        ours[l] = run(paths, net.graph.edges(), s, seeds, least_damage{counts});
        print("least damage k 50", l, ours[l], table[best].mean[l], 0);
    }
    if (!json)
        std::printf("\nless than %s on the same requests, 95 %% interval of the difference over the seeds:\n",
                    table[best].name);
    for (int l = 0; l < 3; ++l) {
        double mean = 0, square = 0;
        for (unsigned i = 0; i < seeds; ++i) mean += (bold[l].shares[i] - ours[l].shares[i]) / seeds;
        for (unsigned i = 0; i < seeds; ++i) {
            const double d = bold[l].shares[i] - ours[l].shares[i] - mean;
            square += d * d / (seeds - 1);
        }
        const double half = t95(seeds) * std::sqrt(square / seeds);
        if (!o.quick && mean - half <= 0) good = false;
        if (json)
            std::printf(",\n  {\"load\": %g, \"less_by\": %.6f, \"half_width_95\": %.6f}", loads[l], mean, half);
        else
            std::printf("%6.0f Erlang: %.5f +- %.5f, %.0f %% of it\n", loads[l], mean, half,
                        100 * mean / bold[l].mean());
    }
    if (json) std::printf("\n]\n");
    return good ? 0 : 1;
}
