// SPDX-License-Identifier: Apache-2.0
// capacity_levels: what capacity costs where it comes in modules: a staircase, with the modules that make each stair.
#pragma once

#include "../view.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI {

/// A piece of capacity that can be bought any whole number of times.
struct capacity_module {
    double capacity = 0.0; ///< above 0
    double cost = 0.0;     ///< 0 or more
};

/// The efficient purchases: less capacity for as much or more money is left out. Level 0 buys nothing.
/// Found in the order of cost: an efficient purchase is one module more than another efficient one. O(levels x modules x
/// log levels); the levels kept are at most `most_levels`, beyond them only what costs least for a unit of capacity is
/// bought on, which need no longer be the cheapest.
template <class Lazy = void>
class basic_capacity_levels {
    template <class T>
    using list = detail::later_t<std::vector<T>, Lazy>;

  public:
    struct level {
        double capacity = 0.0; ///< with what is there already
        double cost = 0.0;
        unsigned before = 0;   ///< the level that this one adds a module to
        unsigned module = ~0u; ///< which module
    };
    static constexpr unsigned most_levels = 2048;

    basic_capacity_levels() = default;
    /// Levels from `installed` up to the first that holds `wanted`. Precondition: figures are finite, modules as stated.
    UONACO_LAZY
    basic_capacity_levels(double installed, view<capacity_module> modules, double wanted) {
        build(installed, modules, wanted);
    }

    /// Again, in the same memory.
    UONACO_LAZY
    void build(double installed, view<capacity_module> modules, double wanted) {
        levels_.clear();
        queue_.clear();
        levels_.push_back({installed, 0.0, 0, ~0u});
        unsigned thrifty = ~0u; // the least cost for a unit
        for (unsigned m = 0; m < modules.size(); ++m)
            if (thrifty == ~0u ||
                modules[m].cost * modules[thrifty].capacity < modules[thrifty].cost * modules[m].capacity)
                thrifty = m;
        if (thrifty == ~0u) return;
        extend(0, modules);
        while (levels_.back().capacity < wanted && !queue_.empty()) {
            const level next = pop();
            if (next.capacity <= levels_.back().capacity) continue;
            levels_.push_back(next);
            if (levels_.size() >= most_levels) break;
            extend(static_cast<unsigned>(levels_.size()) - 1, modules);
        }
        exact_ = levels_.back().capacity >= wanted;
        for (unsigned last = size() - 1; levels_.back().capacity < wanted && size() < 1000000; last = size() - 1)
            levels_.push_back({levels_[last].capacity + modules[thrifty].capacity,
                               levels_[last].cost + modules[thrifty].cost, last, thrifty});
    }

    unsigned size() const { return static_cast<unsigned>(levels_.size()); }
    const level& operator[](unsigned i) const { return view<level>(levels_)[i]; }
    /// True if each level is the cheapest of its capacity.
    bool exact() const { return exact_; }

    /// The first level that holds `load`, looked for from `near` on; size() if none does. O(levels between).
    unsigned holding(double load, unsigned near = 0) const {
        load -= 1e-9 * (load > 0 ? load : 0.0); // what sums of shares are off by
        unsigned i = near < size() ? near : size() - 1;
        while (i > 0 && levels_[i - 1].capacity >= load) --i;
        while (i < size() && levels_[i].capacity < load) ++i;
        return i;
    }

    /// How many of each module level `i` buys, added to `counts`.
    void add_modules(unsigned i, list<unsigned>& counts) const {
        for (; i != 0; i = levels_[i].before) ++counts[levels_[i].module];
    }

  private:
    static bool earlier(const level& a, const level& b) {
        if (a.cost != b.cost) return a.cost < b.cost;
        if (a.capacity != b.capacity) return a.capacity > b.capacity;
        return a.module < b.module;
    }
    void extend(unsigned i, view<capacity_module> modules) {
        for (unsigned m = 0; m < modules.size(); ++m)
            push({levels_[i].capacity + modules[m].capacity, levels_[i].cost + modules[m].cost, i, m});
    }
    void push(const level& l) {
        unsigned long i = queue_.size();
        queue_.push_back(l);
        for (; i > 0 && earlier(l, queue_[(i - 1) / 2]); i = (i - 1) / 2) queue_[i] = queue_[(i - 1) / 2];
        queue_[i] = l;
    }
    level pop() {
        const level first = queue_[0];
        const level last = queue_.back();
        queue_.pop_back();
        unsigned long i = 0;
        for (unsigned long child = 1; child < queue_.size(); child = 2 * i + 1) {
            if (child + 1 < queue_.size() && earlier(queue_[child + 1], queue_[child])) ++child;
            if (!earlier(queue_[child], last)) break;
            queue_[i] = queue_[child];
            i = child;
        }
        if (!queue_.empty()) queue_[i] = last;
        return first;
    }

    list<level> levels_;
    list<level> queue_;
    bool exact_ = true;
};
using capacity_levels = basic_capacity_levels<>;

} // namespace uonaco::inline UONACO_ABI
