// SPDX-License-Identifier: Apache-2.0
// Requests that come and go on NSFNET: the setting of the blocking table, with any policy. Same seed, same requests, whatever the
// policy does: runs of two policies can be compared pair by pair.
#pragma once

#include <uonaco/network/spectrum/routing.hpp>

#include <queue>
#include <random>
#include <vector>

namespace blocking {

struct fibre {
    unsigned a, b;
    double km;
};
/// NSFNET, 14 nodes and 22 fibre pairs, with the lengths of DeepRMSA. Nodes 0..13 (1..14 in the literature).
inline constexpr fibre nsfnet[] = {
    {1, 2, 1050}, {1, 3, 1500}, {1, 8, 2400},  {2, 3, 600},   {2, 4, 750},   {3, 6, 1800},  {4, 5, 600}, {4, 11, 1950},
    {5, 6, 1200}, {5, 7, 600},  {6, 10, 1050}, {6, 14, 1800}, {7, 8, 750},   {7, 10, 1350}, {8, 9, 750}, {9, 10, 750},
    {9, 12, 300}, {9, 13, 300}, {11, 12, 600}, {11, 13, 750}, {12, 14, 300}, {13, 14, 150}};

struct network {
    uonaco::graph graph;
    std::vector<double> km;

    uonaco::candidate_paths paths(unsigned k, uonaco::candidate_order order) const {
        return {graph, km, {.count = k, .order = order}};
    }
};

inline network make_nsfnet() {
    std::vector<uonaco::edge> edges;
    network n;
    for (const fibre& f : nsfnet) {
        edges.push_back({f.a - 1, f.b - 1});
        edges.push_back({f.b - 1, f.a - 1});
        n.km.insert(n.km.end(), 2, f.km);
    }
    n.graph = {14, edges};
    return n;
}

struct setting {
    double load = 150; ///< Erlang, of the whole network
    unsigned slots = 100;
    long warm_up = 10000;
    long counted = 100000;
    unsigned seed = 1;
};

struct outcome {
    long requests = 0;
    long blocked = 0;
    double share() const { return static_cast<double>(blocked) / static_cast<double>(requests); }
};

/// Poisson arrivals, exponential holding times of mean 1, pairs and rates (25..100 Gb/s, whole) uniform.
template <class Policy>
outcome run(const uonaco::candidate_paths& paths, unsigned edges, setting s, Policy&& policy) {
    struct departure {
        double time;
        unsigned source, target;
        uonaco::spectrum_place place;
        bool operator<(const departure& d) const { return time > d.time; }
    };
    std::mt19937_64 engine(s.seed);
    const auto uniform = [&] { return (static_cast<double>(engine() >> 11) + 0.5) * 0x1p-53; };
    const auto exponential = [&] { return -uonaco::math::log(uniform()); };
    const auto below = [&](unsigned n) { return static_cast<unsigned>(uniform() * n); };
    std::priority_queue<departure> present;
    uonaco::spectrum spectrum(edges, s.slots);
    const auto edges_of = [&](const departure& d) {
        return paths.edges(paths.of(d.source, d.target)[d.place.candidate]);
    };
    outcome o;
    double now = 0;
    const unsigned nodes = paths.nodes();
    for (long i = 0; i < s.warm_up + s.counted; ++i) {
        now += exponential() / s.load;
        const double holding = exponential();
        const unsigned source = below(nodes);
        const unsigned other = below(nodes - 1);
        const unsigned target = other + (other >= source);
        const auto rate = uonaco::units::bit_rate::from_si((25 + below(76)) * 1e9);
        for (; !present.empty() && present.top().time <= now; present.pop())
            spectrum.release(edges_of(present.top()), present.top().place.run);
        const uonaco::spectrum_place place = policy(spectrum, paths, source, target, rate);
        if (place) {
            const departure d{now + holding, source, target, place};
            spectrum.take(edges_of(d), place.run);
            present.push(d);
        }
        if (i < s.warm_up) continue;
        ++o.requests;
        o.blocked += !place;
    }
    return o;
}

inline constexpr double loads[] = {150, 200, 250};

struct column {
    const char* name;
    unsigned k;
    uonaco::candidate_order order;
    bool lowest_slot;
    double mean[3], sd[3]; // of one run of 100,000 requests, over 200 seeds
};
/// Reference answers: 10,000 requests of warm-up, 100,000 counted. NSFNET-14 as above.
inline constexpr column table[] = {
    {"SP-FF", 1, uonaco::candidate_order::length, false, {.0960, .1585, .2118}, {.0016, .0018, .0021}},
    {"KSP-FF k 5 km", 5, uonaco::candidate_order::length, false, {.0303, .0797, .1341}, {.0008, .0016, .0018}},
    {"KSP-FF k 5 hops", 5, uonaco::candidate_order::hops, false, {.0132, .0639, .1231}, {.0007, .0016, .0020}},
    {"FF-KSP k 5 km", 5, uonaco::candidate_order::length, true, {.0239, .0794, .1378}, {.0009, .0016, .0019}},
    {"KSP-FF k 50 hops", 50, uonaco::candidate_order::hops, false, {.0077, .0595, .1229}, {.0006, .0015, .0019}},
    {"KSP-FF k 50 km", 50, uonaco::candidate_order::length, false, {.0094, .0615, .1241}, {.0006, .0017, .0018}},
};

} // namespace blocking
