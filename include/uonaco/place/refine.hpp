// SPDX-License-Identifier: Apache-2.0
// From a candidate to better ones, a step at a time: what a grid of candidates leaves between its points.
#pragma once

#include "candidates.hpp"

#include "../evaluate/score.hpp"

namespace uonaco::inline UONACO_ABI {

namespace detail {
UONACO_LAZY
bool same_pools(const candidate& a, const candidate& b) {
    if (a.size != b.size) return false;
    for (int i = 0; i < a.size; ++i) {
        bool found = false;
        for (int j = 0; j < b.size; ++j) found = found || a.shares[i].pool == b.shares[j].pool;
        if (!found) return false;
    }
    return true;
}
} // namespace detail

/// The best candidate of each of the best sets of pools, best first. Candidates of a set are shown one after the other.
class leaders {
  public:
    static constexpr int capacity = 8;

    explicit leaders(int wanted) : wanted_(wanted < capacity ? wanted : capacity) {}
    /// No more than so many from now on. Before any is shown.
    void limit(int most) { wanted_ = most < wanted_ ? most : wanted_; }
    UONACO_LAZY
    void show(const candidate& c, const standing& s) {
        if (!any_ || !detail::same_pools(c, current_.choice)) {
            close();
            any_ = true;
            current_ = {c, s};
        } else if (s < current_.value) {
            current_ = {c, s};
        }
    }
    /// Calls visit(candidate, standing) for each.
    template <class Visit>
    void each(Visit visit) {
        close();
        for (int i = 0; i < size_; ++i)
            visit(static_cast<const candidate&>(kept_[i].choice), static_cast<const standing&>(kept_[i].value));
    }

  private:
    struct leader {
        candidate choice{};
        standing value{};
    };
    UONACO_LAZY
    void close() {
        if (any_ && wanted_ > 0 && (size_ < wanted_ || current_.value < kept_[size_ - 1].value)) {
            int at = size_ < wanted_ ? size_++ : size_ - 1;
            for (; at > 0 && current_.value < kept_[at - 1].value; --at) kept_[at] = kept_[at - 1];
            kept_[at] = current_;
        }
        any_ = false;
    }
    int wanted_;
    int size_ = 0;
    bool any_ = false;
    leader current_{};
    leader kept_[capacity]{};
};

/// Steps from one candidate: devices more, fewer, or moved between its pools; another way or rate of a connection; of a ring or a
/// chain two sites exchanged. Each that is better is taken, until none is. `value(const candidate&, standing&)` says how good one is, and
/// false where it is not feasible. No allocation.
template <class Value>
class refinement {
  public:
    refinement(const problem& p, const candidate& from, const standing& s, Value value)
        : problem_(p), value_(value), best_(from), standing_(s) {}

    /// O(passes x (sites^2 log devices + ways)) candidates.
    const candidate& run() {
        for (int pass = 0; pass < passes; ++pass) {
            const standing before = standing_;
            count_devices();
            connect();
            reorder();
            if (!(standing_ < before)) break;
        }
        return best_;
    }

  private:
    static constexpr int passes = 8; // that a step pays back another one is rare

    bool take(const candidate& c) {
        standing s;
        if (!value_(c, s) || !saves(s)) return false;
        best_ = c;
        standing_ = s;
        return true;
    }
    // More than a hundred-thousandth: for less nobody moves a device or names an odd rate.
    bool saves(const standing& s) const {
        return s < standing_ && !(math::abs(standing_.level[0] - s.level[0]) <= 1e-5 * math::abs(standing_.level[0]) &&
                                  s.level[0] < standing_.level[0]);
    }
    unsigned site(const candidate& c, int i) const { return problem_.where().facts(c.shares[i].pool).site; }
    bool divides_layers() const {
        const auto* t = std::get_if<training>(&problem_.asked().task);
        return t && best_.size > 1 && detail::cut_of(*t, best_) == wan_cut::pipeline;
    }

    void count_devices() {
        const units::count unit = problem_.unit();
        units::count step = unit;
        while (step <= problem_.asked().devices.count / 8) step *= 4;
        for (; step >= unit; step /= 4) {
            for (int i = 0; i < best_.size; ++i) {
                while (move(i, i, step)) {}
                while (move(i, i, -step)) {}
                for (int j = 0; j < best_.size; ++j)
                    while (i != j && move(i, j, step)) {}
            }
        }
    }
    // Adds to the first, and takes them from the second unless it is the same.
    bool move(int to, int from, units::count devices) {
        candidate c = best_;
        c.shares[to].devices += devices;
        if (from != to) c.shares[from].devices -= devices;
        units::count all = 0;
        for (int i = 0; i < c.size; ++i) {
            if (c.shares[i].devices < problem_.unit() || c.shares[i].devices > problem_.room(c.shares[i].pool)) return false;
            all += c.shares[i].devices;
        }
        return all >= problem_.least_devices() && all <= problem_.asked().devices.count && take(c);
    }

    void connect() {
        for (int j = 1; j < best_.size; ++j)
            for (int i = 0; i < j; ++i) {
                const int pair = pair_index(i, j);
                if (best_.pairs[pair].action == network_action::none) continue;
                const unsigned from = site(best_, i), to = site(best_, j);
                connect(from, to, problem_.between(from, to, false),
                        [pair](candidate& c) -> connection& { return c.pairs[pair]; });
            }
        if (best_.access.action == network_action::none) return;
        const auto target = access_target(problem_.where(), problem_.what(), best_);
        if (!target) return;
        connect(problem_.what().source.value, target.value, problem_.access(target.value, false),
                [](candidate& c) -> connection& { return c.access; });
    }
    template <class Slot>
    void connect(unsigned from, unsigned to, const choices& ways, Slot slot) {
        candidate c = best_;
        for (const connection& way : ways) {
            if (way == slot(best_)) continue;
            c = best_;
            slot(c) = way;
            take(c);
        }
        const auto& options = problem_.where().options(from, to);
        for (const double part : {0.75, 1.25, 0.9375, 1.0625, 0.984375, 1.015625}) {
            for (;;) {
                c = best_;
                connection& k = slot(c);
                const units::bit_rate before = k.rate;
                k.rate = problem::in_steps(options[k.option], part * k.rate);
                if (k.rate == before || k.rate.si() < 1e6 || !take(c)) break;
            }
        }
    }

    void reorder() {
        if (best_.size < 4) return; // all of them are in the grid
        for (int j = 1; j < best_.size; ++j)
            for (int i = 0; i < j; ++i) {
                candidate c = best_;
                detail::exchange(c.shares[i], c.shares[j]);
                if (reconnect(c)) take(c);
            }
    }
    // The ways that cost least with the time they take, along the ring or chain as it is now.
    bool reconnect(candidate& c) const {
        const bool chain = divides_layers();
        for (int j = 1; j < c.size; ++j)
            for (int i = 0; i < j; ++i) {
                connection& k = c.pairs[pair_index(i, j)];
                k = {};
                if (j != i + 1 && (chain || i != 0 || j != c.size - 1)) continue;
                const connection* way = problem_.least_cost(site(c, i), site(c, j), false);
                if (!way) return false;
                k = *way;
            }
        const auto target = access_target(problem_.where(), problem_.what(), c);
        if (!target || target == access_target(problem_.where(), problem_.what(), best_)) return true;
        const connection* way = problem_.least_cost(problem_.what().source.value, target.value, true);
        if (way) c.access = *way;
        return way != nullptr;
    }

    const problem& problem_;
    Value value_;
    candidate best_;
    standing standing_;
};

/// What can be reached from a candidate by steps that are each better: see refinement.
template <class Value>
candidate refine(const problem& p, const candidate& from, const standing& s, Value value) {
    return refinement<Value>(p, from, s, value).run();
}

} // namespace uonaco::inline UONACO_ABI
