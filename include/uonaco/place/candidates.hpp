// SPDX-License-Identifier: Apache-2.0
// All candidates of a problem, one after the other, in an order that depends on the estate alone.
#pragma once

#include "problem.hpp"

namespace uonaco::inline UONACO_ABI {

/// Whether the candidates of a stream say what the network does, or devices alone (for what is compared as if it were free).
enum class network_choice : unsigned char { searched, left_out };

/// Site subsets from small to large, device counts from many to few, and what the network does for each pair that must talk.
/// A cursor: next() writes one candidate and allocates nothing.
class candidate_stream {
  public:
    candidate_stream() = default; ///< has no candidates
    explicit candidate_stream(const problem& p, network_choice n = network_choice::searched)
        : problem_(&p), network_(n), most_(p.most_sites()) {
        if (p.what().is_transfer())
            stage_ = stage::transfer;
        else
            stage_ = p.pools().empty() || most_ < 1 ? stage::done : stage::subset;
    }
    /// Candidates that use exactly these pools, in whatever order they are named: those of the full stream, no others.
    /// Preconditions: 1 <= size <= max_shares, no transfer.
    candidate_stream(const problem& p, const row<pool_tag>* pools, int size) : problem_(&p), most_(0), size_(size) {
        for (int i = 0; i < size; ++i) {
            int at = i;
            for (; at > 0 && pools[i] < order_[at - 1]; --at) order_[at] = order_[at - 1];
            order_[at] = pools[i];
        }
        stage_ = stage::one_set;
        fixed_ = true;
    }

    /// False when there are no more.
    UONACO_LAZY
    bool next(candidate& c) {
        switch (stage_) {
        case stage::transfer: return next_transfer(c);
        case stage::one_set:
        case stage::subset: return next_placement(c);
        case stage::done: break;
        }
        return false;
    }

  private:
    enum class stage : unsigned char { subset, one_set, transfer, done };
    static constexpr int digits = max_pairs + 1;

    UONACO_LAZY
    bool next_transfer(candidate& c) {
        const request& r = problem_->what();
        for (; destination_ < r.destinations.size(); ++destination_, choice_ = 0) {
            const auto to = r.destinations[destination_];
            if (to == r.source || network_ == network_choice::left_out) { // it is there already, or so it is taken
                c.clear();
                c.destination = to;
                ++destination_;
                return true;
            }
            const choices& ways = problem_->access(to.value, false);
            if (choice_ < ways.size()) {
                c.clear();
                c.destination = to;
                c.access = ways[choice_++];
                return true;
            }
        }
        stage_ = stage::done;
        return false;
    }

    UONACO_LAZY
    bool next_placement(candidate& c) {
        for (;;) {
            if (plan_ready_) {
                if (next_plan(c)) return true;
                plan_ready_ = false;
            }
            if (level_ < counts_) {
                plan_ready_ = start_plan(sizes_[level_++]);
                continue;
            }
            const bool more = stage_ == stage::one_set ? fixed_ && suits() : next_subset();
            fixed_ = false;
            if (!more) {
                stage_ = stage::done;
                return false;
            }
            make_counts();
        }
    }

    // The next combination of pools at different sites, of one model if the workload wants that.
    UONACO_LAZY
    bool next_subset() {
        const auto& pools = problem_->pools();
        const int n = static_cast<int>(pools.size());
        for (;;) {
            if (size_ == 0) {
                size_ = 1;
                pick_[0] = 0;
            } else {
                int i = size_ - 1;
                while (i >= 0 && pick_[i] == n - size_ + i) --i;
                if (i < 0) {
                    if (++size_ > most_ || size_ > n) return false;
                    for (int k = 0; k < size_; ++k) pick_[k] = k;
                } else {
                    ++pick_[i];
                    for (int k = i + 1; k < size_; ++k) pick_[k] = pick_[k - 1] + 1;
                }
            }
            if (suits()) return true;
        }
    }
    UONACO_LAZY
    bool suits() {
        const survey& s = problem_->where();
        const workload& w = problem_->asked();
        for (int i = 0; i < size_; ++i) {
            if (stage_ == stage::subset) order_[i] = problem_->pools()[static_cast<unsigned>(pick_[i])];
            for (int j = 0; j < i; ++j) {
                if (s.facts(order_[i]).site == s.facts(order_[j]).site) return false;
                if (w.devices.one_model &&
                    s.world().pools[order_[i].value].model != s.world().pools[order_[j].value].model)
                    return false;
            }
        }
        make_ring();
        return true;
    }
    // From four sites on the sites form a ring; each next one is the nearest to the one before.
    UONACO_LAZY
    void make_ring() {
        const survey& s = problem_->where();
        for (int i = 1; i + 1 < size_ && size_ > 3; ++i) {
            int best = i;
            double least = 0;
            for (int j = i; j < size_; ++j) {
                const auto& ways = s.options(s.facts(order_[i - 1]).site, s.facts(order_[j]).site);
                const double delay = ways.empty() ? 1e9 : ways[0].latency.si();
                if (j == i || delay < least) {
                    best = j;
                    least = delay;
                }
            }
            const auto held = order_[i];
            order_[i] = order_[best];
            order_[best] = held;
        }
    }

    UONACO_LAZY
    units::count unit() const { // devices that only make sense together
        const workload& w = problem_->asked();
        const language_model* m = nullptr;
        if (const auto* i = std::get_if<inference>(&w.task)) m = &i->model;
        if (const auto* x = std::get_if<session>(&w.task)) m = &x->model;
        return m && m->devices_per_replica > 1 ? m->devices_per_replica : 1;
    }
    UONACO_LAZY
    void make_counts() {
        const device_need& need = problem_->asked().devices;
        const units::count whole = unit();
        units::count most = 0;
        for (int i = 0; i < size_; ++i) most += problem_->where().free_devices(order_[i]) / whole * whole;
        if (most > need.count) most = need.count / whole * whole;
        const units::count least = need.least() > 1 ? need.least() : 1;
        counts_ = level_ = 0;
        for (units::count n = most; counts_ < problem_->space().counts && counts_ < max_counts;
             n = n / 2 / whole * whole) {
            if (n < least || n < size_ * whole) break;
            sizes_[counts_++] = n;
        }
        const units::count floor = (least + whole - 1) / whole * whole;
        if (counts_ > 0 && counts_ < max_counts && sizes_[counts_ - 1] > floor && floor >= size_ * whole)
            sizes_[counts_++] = floor;
    }

    // Shares as even as free devices allow, in whole units; then the first plan for the network.
    UONACO_LAZY
    bool start_plan(units::count devices) {
        const survey& s = problem_->where();
        const units::count whole = unit();
        base_.clear();
        units::count left = devices;
        bool full[max_shares]{};
        for (int i = 0; i < size_; ++i) base_.add(order_[i], 0);
        for (int round = 0; round < size_ && left > 0; ++round) {
            int open = 0;
            for (int i = 0; i < size_; ++i) open += full[i] ? 0 : 1;
            if (open == 0) break;
            units::count even = left / open / whole * whole;
            for (int i = 0; i < size_; ++i) {
                if (full[i]) continue;
                const units::count room = s.free_devices(order_[i]) / whole * whole - base_.shares[i].devices;
                const units::count take = even < room ? even : room;
                base_.shares[i].devices += take;
                left -= take;
                full[i] = take == room;
            }
            if (even == 0) break;
        }
        for (int i = 0; i < size_ && left > 0; ++i) { // what does not divide evenly
            const units::count room = s.free_devices(order_[i]) / whole * whole - base_.shares[i].devices;
            const units::count take = left < room ? left : room;
            base_.shares[i].devices += take;
            left -= take;
        }
        if (left > 0) return false;
        for (int i = 0; i < size_; ++i)
            if (base_.shares[i].devices < 1) return false;
        return start_digits();
    }
    UONACO_LAZY
    bool start_digits() {
        used_ = 0;
        first_ = true;
        if (network_ == network_choice::left_out) return true;
        const survey& s = problem_->where();
        const bool narrow = size_ > 2;
        for (int j = 1; j < size_; ++j) {
            for (int i = 0; i < j; ++i) {
                const bool neighbours = size_ <= 3 || j == i + 1 || (i == 0 && j == size_ - 1);
                if (!neighbours) continue;
                if (!add_digit(pair_index(i, j),
                               problem_->between(s.facts(order_[i]).site, s.facts(order_[j]).site, narrow)))
                    return false;
            }
        }
        if (const auto target = access_target(s, problem_->what(), base_))
            if (!add_digit(max_pairs, problem_->access(target.value, size_ > 1))) return false;
        return true;
    }
    bool add_digit(int slot, const choices& ways) {
        if (ways.empty()) return false;
        slot_[used_] = slot;
        ways_[used_] = &ways;
        digit_[used_++] = 0;
        return true;
    }
    UONACO_LAZY
    bool next_plan(candidate& c) {
        if (!first_) {
            int i = 0;
            while (i < used_ && ++digit_[i] == ways_[i]->size()) digit_[i++] = 0;
            if (i == used_) return false;
        }
        first_ = false;
        c = base_;
        for (int i = 0; i < used_; ++i) {
            const connection& w = (*ways_[i])[digit_[i]];
            (slot_[i] == max_pairs ? c.access : c.pairs[slot_[i]]) = w;
        }
        return true;
    }

    static constexpr int max_counts = 16;
    const problem* problem_ = nullptr;
    network_choice network_ = network_choice::searched;
    int most_ = 0;
    bool fixed_ = false;
    stage stage_ = stage::done;
    unsigned destination_ = 0;
    unsigned long choice_ = 0;
    int size_ = 0;
    int pick_[max_shares]{};
    row<pool_tag> order_[max_shares]{};
    units::count sizes_[max_counts]{};
    int counts_ = 0;
    int level_ = 0;
    candidate base_{};
    bool plan_ready_ = false;
    bool first_ = true;
    int used_ = 0;
    int slot_[digits]{};
    unsigned long digit_[digits]{};
    const choices* ways_[digits]{};
};

/// Calls `visit(const candidate&)` for each.
template <class Visit>
void for_each_candidate(const problem& p, Visit visit) {
    candidate_stream stream(p);
    candidate c;
    while (stream.next(c)) visit(static_cast<const candidate&>(c));
}

} // namespace uonaco::inline UONACO_ABI
