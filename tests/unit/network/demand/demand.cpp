// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <uonaco/network/demand/empirical.hpp>
#include <uonaco/network/demand/gaussian.hpp>
#include <uonaco/network/demand/hose.hpp>
#include <uonaco/network/demand/on_off.hpp>
#include <uonaco/network/demand/periods.hpp>
#include <uonaco/units/literals.hpp>

#include <algorithm>
#include <cmath>
#include <random>

using namespace uonaco;
using namespace uonaco::literals;

TEST_CASE("quantiles of the normal distribution") {
    const double known[][2] = {
        {.90, 1.281551566}, {.95, 1.644853627}, {.99, 2.326347874}, {.999, 3.090232306}, {.9999, 3.719016485}};
    for (const auto& k : known) {
        CHECK(demands::normal_quantile(k[0]) == Approx(k[1]).margin(5e-10).epsilon(0));
        CHECK(demands::normal_quantile(1 - k[0]) == Approx(-k[1]).margin(5e-10).epsilon(0));
    }
    CHECK(demands::normal_quantile(0.5) == Approx(0).margin(1e-12));
    for (double z = 0; z < 12; z += 0.01)
        CHECK(demands::normal_tail(z) == Approx(0.5 * std::erfc(z / std::sqrt(2.0))).epsilon(1e-11));
    CHECK(demands::normal_quantile(1.0) == 37);
    CHECK(demands::normal_quantile(0.0) == -37);
}

TEST_CASE("equal normal demands that share a link: the saving at 95 %") {
    const double known[][2] = {{2, 13.22}, {4, 22.56}, {10, 30.86}, {20, 35.04}, {50, 38.75}};
    for (const auto& k : known) {
        const std::vector<demands::normal> parts(static_cast<std::size_t>(k[0]), {100_Gbps, 50_Gbps});
        CHECK(100 * demands::sharing_saves(parts, 0.95).si() == Approx(k[1]).margin(.005).epsilon(0));
    }
    const std::vector<demands::normal> two{{100_Gbps, 30_Gbps}, {50_Gbps, 40_Gbps}};
    CHECK(demands::sum_of(two).deviation.si() == Approx(50e9));
    CHECK(demands::sum_of(two, [](unsigned, unsigned) { return 1.0; }).deviation.si() == Approx(70e9));
    CHECK(demands::sum_of(two, [](unsigned, unsigned) { return -1.0; }).deviation.si() == Approx(10e9));
    CHECK(demands::capacity_for(two, 0.9).si() == Approx(150e9 + 1.281551566 * 50e9).epsilon(1e-9));
    CHECK(demands::sharing_saves({}, 0.9) == 0.0);
}

TEST_CASE("bursts in front of a buffer: effective bandwidth") {
    const demands::on_off source{10_Gbps, 0.3, 0.1_s};
    const units::volume buffer = units::volume::from_si(0.8e9);
    CHECK(demands::effective_rate(source, buffer, 1e-4).si() / 1e9 == Approx(9.165312).margin(5e-7).epsilon(0));
    const double known[][2] = {{10, 89.012}, {40, 238.024}, {100, 486.612}};
    for (const auto& k : known) {
        const std::vector<demands::on_off> all(static_cast<std::size_t>(k[0]), source);
        const units::bit_rate needed = demands::capacity_for(all, buffer, 1e-4);
        CHECK(needed.si() / 1e9 == Approx(k[1]).margin(5e-4).epsilon(0));
        if (k[0] == 100) // below the sum of peaks
            CHECK(100 * (1 - (needed / (100.0 * source.peak)).si()) == Approx(51.3).margin(.05).epsilon(0));
    }
    CHECK(10 * demands::effective_rate(source, buffer, 1e-4).si() / 1e9 == Approx(91.653).margin(5e-4));
    CHECK(demands::effective_rate(source, {}, 1e-4) == 10_Gbps);
    CHECK(demands::effective_rate({10_Gbps, 1.0, 1_s}, buffer, 1e-4) == 10_Gbps);
    CHECK(demands::effective_rate({10_Gbps, 0.3, 0_s}, buffer, 1e-4).si() == Approx(3e9));
    CHECK(demands::effective_rate(source, units::volume::from_si(1e15), 1e-4).si() == Approx(3e9).epsilon(1e-4));
    CHECK(demands::capacity_for(view<demands::on_off>{}, buffer, 1e-4) == 0_Gbps);
}

TEST_CASE("samples: quantiles without interpolation, and what is feasible together") {
    std::vector<units::bit_rate> ten;
    for (int i = 10; i > 0; --i) ten.push_back(i * 1_Gbps);
    CHECK(demands::capacity_for(ten, 0.9) == 9_Gbps);
    CHECK(demands::capacity_for(ten, 0.91) == 10_Gbps);
    CHECK(demands::capacity_for(ten, 0.0) == 1_Gbps);
    CHECK(demands::capacity_for(ten, 1.0) == 10_Gbps);
    CHECK(demands::capacity_for(std::vector<units::bit_rate>{}, 0.9) == 0_Gbps);

    std::mt19937 random(1);
    for (int round = 0; round < 50; ++round) {
        demands::scenarios s(1 + unsigned(random() % 4));
        for (unsigned long r = 1 + random() % 60; r > 0; --r) {
            std::vector<units::bit_rate> row;
            for (unsigned c = 0; c < s.columns(); ++c) row.push_back(double(random() % 100) * 1_Gbps);
            s.add(row);
        }
        const auto enough = demands::capacities_for(s, 0.9);
        CHECK(demands::feasible_share(s, enough) >= 0.9 - 1e-12);
        const auto sum = s.sums();
        const auto one = demands::capacity_for(s, 0.9);
        const auto below = [&](units::bit_rate c) {
            return std::count_if(sum.begin(), sum.end(), [&](units::bit_rate x) { return x <= c; });
        };
        CHECK(double(below(one)) >= 0.9 * double(sum.size()) - 1e-9);
        CHECK(double(below(one - 1_Mbps)) < 0.9 * double(sum.size()));
    }
    CHECK(demands::feasible_share(demands::scenarios(0), {}) == 1.0);
}

TEST_CASE("time zones: the saving against the sum of peaks") {
    std::vector<units::bit_rate> day;
    for (int t = 0; t < 24; ++t) day.push_back((1 + std::cos(2 * math::pi * t / 24)) * 1_Gbps);
    const auto saving = [&](const std::vector<int>& offsets) {
        demands::periods p(24);
        for (const int o : offsets) p.add(day, o);
        CHECK(p.sum_of_peaks().si() == Approx(2e9 * double(offsets.size())));
        return 100 * p.sharing_saves().si();
    };
    CHECK(saving({0, 8, 16}) == Approx(50));
    CHECK(saving({0, 6}) == Approx(14.64).margin(.005).epsilon(0));
    CHECK(saving({0, 9, 16}) == Approx(45.69).margin(.005).epsilon(0));
    CHECK(saving({-3, 21}) == Approx(0).margin(1e-9));
    demands::periods seconds(86400); // time that is nearly continuous
    day.clear();
    for (int t = 0; t < 86400; ++t) day.push_back((1 + std::cos(2 * math::pi * t / 86400)) * 1_Gbps);
    for (const int o : {0, 9, 16}) seconds.add(day, 3600 * o);
    CHECK(100 * seconds.sharing_saves().si() == Approx(45.65).margin(.005).epsilon(0));
    CHECK(demands::periods(0).peak_of_sum() == 0_Gbps);
    CHECK(demands::periods(24).sharing_saves() == 0.0);
}

TEST_CASE("hoses: the worst load by cuts, by duals and on trees") {
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        const unsigned n = 1 + unsigned(random() % 6);
        std::vector<demands::hose> sites;
        for (unsigned i = 0; i < n; ++i)
            sites.push_back({double(random() % 10) * 1_Gbps, double(random() % 10) * 1_Gbps});
        std::vector<unsigned char> uses(n * n), side(n);
        for (unsigned i = 0; i < n; ++i) {
            side[i] = random() % 2 == 0;
            for (unsigned j = 0; j < n; ++j) uses[i * n + j] = i != j && random() % 2 == 0;
        }
        // all or nothing: a maximum flow, which is the least cut over groups of senders
        double least = 1e300;
        for (unsigned group = 0; group < 1u << n; ++group) {
            double cut = 0;
            for (unsigned i = 0; i < n; ++i)
                if (!(group >> i & 1)) cut += sites[i].out.si();
            for (unsigned j = 0; j < n; ++j)
                for (unsigned i = 0; i < n; ++i)
                    if ((group >> i & 1) && uses[i * n + j]) {
                        cut += sites[j].in.si();
                        break;
                    }
            least = std::min(least, cut);
        }
        CHECK(demands::worst_load(sites, [&](unsigned i, unsigned j) { return uses[i * n + j]; }).si() ==
              Approx(least).margin(1));
        CHECK(demands::worst_load(sites, [&](unsigned i, unsigned j) { return side[i] && !side[j]; }).si() ==
              Approx(demands::worst_tree_load(sites, side).si()).margin(1));
        // shares in halves: prices in halves prove the most (integral after doubling)
        std::vector<double> halves(n * n);
        for (double& h : halves) h = double(random() % 3) / 2;
        double dual = 1e300;
        unsigned combinations = 1;
        for (unsigned i = 0; i < n; ++i) combinations *= 3;
        for (unsigned code = 0; code < combinations; ++code) {
            double value = 0;
            std::vector<double> u(n);
            unsigned rest = code;
            for (unsigned i = 0; i < n; ++i, rest /= 3) {
                u[i] = double(rest % 3) / 2;
                value += u[i] * sites[i].out.si();
            }
            for (unsigned j = 0; j < n; ++j) {
                double v = 0;
                for (unsigned i = 0; i < n; ++i)
                    if (i != j) v = std::max(v, halves[i * n + j] - u[i]);
                value += v * sites[j].in.si();
            }
            dual = std::min(dual, value);
        }
        CHECK(demands::worst_load(sites, [&](unsigned i, unsigned j) { return halves[i * n + j]; }).si() ==
              Approx(dual).margin(1));
    }
    CHECK(demands::worst_load({}, [](unsigned, unsigned) { return 1.0; }) == 0_Gbps);
}
