// SPDX-License-Identifier: Apache-2.0
// Contestants run in turn, round after round; a turn counts with the least of its passes, a contestant with the median of its
// turns, a ratio with the median over the rounds. What disturbs the machine for a while then disturbs both sides.
#pragma once

#include <uonaco/base/config.hpp>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <vector>

#ifndef UONACO_BENCH_FLAGS
#define UONACO_BENCH_FLAGS "flags not stated"
#endif

namespace bench {

struct options {
    bool quick = false; ///< shows that it runs; its figures mean little
};

inline options read(int argc, char** argv) {
    options o;
    for (int i = 1; i < argc; ++i) o.quick = o.quick || std::strcmp(argv[i], "--quick") == 0;
    return o;
}

/// Where and with what the figures below were measured.
inline void print_machine() {
    char model[128] = "unknown CPU";
    if (std::FILE* f = std::fopen("/proc/cpuinfo", "r")) {
        char line[256];
        while (std::fgets(line, sizeof line, f))
            if (std::sscanf(line, "model name : %127[^\n]", model) == 1) break;
        std::fclose(f);
    }
#if defined(__clang__)
    const char* compiler = __VERSION__;
#else
    const char* compiler = "g++ " __VERSION__;
#endif
    std::printf("%s; %s; %s; %d doubles a block\n\n", model, compiler, UONACO_BENCH_FLAGS, UONACO_LANES);
}

/// From here on the compiler knows nothing of x, and believes that somebody reads it.
template <class T>
void keep(T& x) {
    asm volatile("" : : "g"(&x) : "memory");
}

/// Nanoseconds an item, one figure a round.
class series {
  public:
    void add(double ns) { all_.push_back(ns); }
    double at(unsigned long round) const { return all_[round]; }
    unsigned long rounds() const { return all_.size(); }
    double quantile(double q) const {
        std::vector<double> sorted = all_;
        std::sort(sorted.begin(), sorted.end());
        return sorted[static_cast<unsigned long>(q * static_cast<double>(sorted.size() - 1) + 0.5)];
    }
    double median() const { return quantile(0.5); }
    /// Half the distance between the quartiles, relative to the median.
    double spread() const { return (quantile(0.75) - quantile(0.25)) / 2 / median(); }

  private:
    std::vector<double> all_;
};

/// How many times as long `a` takes as `b`, round by round.
inline series ratio(const series& a, const series& b) {
    series r;
    for (unsigned long i = 0; i < a.rounds(); ++i) r.add(a.at(i) / b.at(i));
    return r;
}

/// How much longer `a` takes than `b`, round by round.
inline series difference(const series& a, const series& b) {
    series d;
    for (unsigned long i = 0; i < a.rounds(); ++i) d.add(a.at(i) - b.at(i));
    return d;
}

/// Time this thread has had a processor, in ns: what others on the machine take does not count.
inline double now() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
}

/// One series for each contestant: a callable that does all `items` once.
template <class... Contestants>
std::vector<series> race(options o, double items, Contestants&&... contestants) {
    const int rounds = o.quick ? 3 : 41;
    const int passes = o.quick ? 2 : 12;
    const double shortest = o.quick ? 1e4 : 1e5; // of a pass, in ns: the clock itself takes some 300
    std::vector<series> all(sizeof...(Contestants));
    std::vector<int> repeats(sizeof...(Contestants), 0);
    const auto time = [](auto& f, int repeat) {
        const double start = now();
        for (int i = 0; i < repeat; ++i) f();
        return now() - start;
    };
    const auto turn = [&](auto& f, unsigned long who) {
        if (repeats[who] == 0)
            for (repeats[who] = 1; time(f, repeats[who]) < shortest;) repeats[who] *= 2;
        double least = time(f, repeats[who]);
        for (int i = 1; i < passes; ++i) least = std::min(least, time(f, repeats[who]));
        all[who].add(least / items / repeats[who]);
    };
    for (int round = 0; round < rounds; ++round) {
        unsigned long who = 0;
        (turn(contestants, who++), ...);
    }
    return all;
}

} // namespace bench
