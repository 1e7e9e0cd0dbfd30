// SPDX-License-Identifier: Apache-2.0
// soft_load: loads on capacities, and how steeply each hurts. The greatest utilisation is replaced by its smooth maximum,
// log sum exp(b u) / b, whose derivatives are edge lengths; moving flow towards shorter ways lowers it. D. Bienstock,
// "Potential function methods for approximately solving linear programming problems", 2002.
#pragma once

#include "demand.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI {

/// By pool (see capacities). A workspace; not safe for concurrent use.
template <class Lazy = void>
class basic_soft_load {
    template <class T>
    using list = detail::later_t<std::vector<T>, Lazy>;

  public:
    /// No load. Closed pools keep length 0 and must not be loaded. O(pools).
    UONACO_LAZY
    void reset(const capacities& c) {
        auto& all = detail::late<UonacoLazy_>(pools_);
        all.clear();
        for (const double amount : c.amount) all.push_back({amount});
        detail::late<UonacoLazy_>(moved_).clear();
        peak_ = 0;
    }

    void add(unsigned pool, double amount) { pools_[pool].load += amount; }
    double capacity(unsigned pool) const { return pools_[pool].capacity; }
    double load(unsigned pool) const { return pools_[pool].load; }
    /// Derivative of the smooth maximum by load, but for a common factor; never quite 0.
    double length(unsigned pool) const { return pools_[pool].length; }
    unsigned pools() const { return static_cast<unsigned>(pools_.size()); }
    double peak() const { return peak_; } ///< greatest utilisation when sharpen() was last called

    /// Takes stock: the greatest utilisation, and lengths for this sharpness b. What smoothing costs, as a share of the
    /// peak, is returned: 1 - (mean of utilisations weighted by length x capacity) / peak. O(pools).
    UONACO_LAZY
    double sharpen(double b) {
        sharpness_ = b;
        peak_ = 0;
        for (const auto& p : detail::late<UonacoLazy_>(pools_))
            if (p.capacity > 0 && p.load > peak_ * p.capacity) peak_ = p.load / p.capacity;
        double weight = 0, mean = 0;
        for (auto& p : detail::late<UonacoLazy_>(pools_)) {
            if (!(p.capacity > 0)) continue;
            relength(p);
            weight += p.length * p.capacity;
            mean += p.length * p.load;
        }
        return weight > 0 && peak_ > 0 ? 1 - mean / (weight * peak_) : 0;
    }

    /// Notes that a step of 1 would add so much, which may be less than 0.
    void propose(unsigned pool, double amount) {
        state& p = pools_[pool];
        if (!p.noted) moved_.push_back(pool);
        p.noted = true;
        p.proposed += amount;
    }

    /// The step in 0..1 along what was proposed that (nearly) minimises the smooth maximum; takes it, renews the lengths it
    /// changed and forgets the proposal. Newton within a bracket, O(pools proposed) a round.
    UONACO_LAZY
    double descend() {
        const double step = peak_ > 0 ? best_step() : 0;
        for (const unsigned i : detail::late<UonacoLazy_>(moved_)) {
            state& p = pools_[i];
            if (step > 0 && p.proposed != 0) {
                p.load += step * p.proposed;
                if (p.load < 0) p.load = 0;
                relength(p);
            }
            p.proposed = 0;
            p.noted = false;
        }
        detail::late<UonacoLazy_>(moved_).clear();
        return step;
    }

  private:
    struct state {
        double capacity = 0, load = 0, length = 0, proposed = 0;
        bool noted = false;
    };
    struct slope {
        double first, second;
    };

    // The floor keeps sums of lengths meaningful: without it all but the fullest would vanish next to them.
    void relength(state& p) const {
        const double x = peak_ > 0 ? sharpness_ * (p.load / (p.capacity * peak_) - 1) : 0;
        p.length = (x > -27 ? math::exp(x < 50 ? x : 50.0) : 1.9e-12) / p.capacity;
    }

    UONACO_LAZY
    slope slope_at(double step) const {
        slope s{0, 0};
        for (const unsigned i : detail::late<UonacoLazy_>(moved_)) {
            const state& p = pools_[i];
            if (p.proposed == 0) continue;
            const double d = p.proposed / (p.capacity * peak_);
            double w = p.length * p.capacity;
            if (step > 0) {
                const double x = sharpness_ * step * d;
                w *= math::exp(x < 100 ? x : 100.0);
            }
            s.first += w * d;
            s.second += sharpness_ * w * d * d;
        }
        return s;
    }

    UONACO_LAZY
    double best_step() const {
        const slope start = slope_at(0);
        if (!(start.first < 0)) return 0;
        double most = 0;
        for (const unsigned i : detail::late<UonacoLazy_>(moved_)) {
            const double d = pools_[i].proposed / (pools_[i].capacity * peak_);
            if (d > most) most = d;
        }
        double low = 0, high = 1, step = start.second > 0 ? -start.first / start.second : 1;
        if (step > 1) step = 1;
        if (step * sharpness_ * most > 2) step = 2 / (sharpness_ * most); // beyond, the quadratic model says nothing
        for (int round = 0; round < 6; ++round) {
            const slope s = slope_at(step);
            if (math::abs(s.first) <= -0.1 * start.first || (s.first < 0 && step >= 1)) return step;
            (s.first > 0 ? high : low) = step;
            const double newton = step - s.first / s.second;
            if (newton > low && newton < high)
                step = newton;
            else if (s.first > 0)
                step = (low + high) / 2;
            else
                step = 2 * step < high ? 2 * step : high;
        }
        return slope_at(step).first > 0 ? low : step;
    }

    list<state> pools_;
    list<unsigned> moved_;
    double sharpness_ = 0;
    double peak_ = 0;
};
using soft_load = basic_soft_load<>;

} // namespace uonaco::inline UONACO_ABI
