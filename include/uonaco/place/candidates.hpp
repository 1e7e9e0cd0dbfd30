// SPDX-License-Identifier: Apache-2.0
// All candidates of a problem, one after the other, in an order that depends on the estate alone.
#pragma once

#include "problem.hpp"

namespace uonaco::inline UONACO_ABI {

/// Whether the candidates of a stream say what the network does, of that only those that leave it as it is, or devices alone (for
/// what is compared as if it were free).
enum class network_choice : unsigned char { searched, existing, left_out };

/// Site subsets from small to large, device counts from many to few, shares of each, which pairs talk, and what the network does for
/// them. Two sites talk to each other. Three talk all with all, or over a tree: any two of the three pairs. Four and more form a ring
/// of nearest neighbours. Where layers can be divided as well as the batch, both are tried; sites then form a chain, in every order. Where connections together are more than the network has, all take the same lower part of their rates.
/// A cursor: next() writes one candidate and allocates nothing but for what is searched first (see problem).
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
    UONACO_LAZY
    candidate_stream(const problem& p, const row<pool_tag>* pools, int size) : problem_(&p), most_(0), size_(size) {
        for (int i = 0; i < size; ++i) order_[i] = pools[i];
        stage_ = stage::one_set;
        fixed_ = true;
    }

    /// Candidates with exactly these shares, in their order. Precondition: 1 <= shares.size, no transfer.
    UONACO_LAZY
    candidate_stream(const problem& p, const candidate& shares) : problem_(&p), size_(shares.size) {
        base_.clear();
        for (int i = 0; i < size_; ++i) {
            base_.add(shares.shares[i].pool, shares.shares[i].devices);
            order_[i] = shares.shares[i].pool;
        }
        base_.cut = shares.cut;
        stage_ = stage::one_plan;
        start_layouts();
        plan_ready_ = next_layout();
    }

    /// False when there are no more.
    UONACO_LAZY
    bool next(candidate& c) {
        switch (stage_) {
        case stage::transfer: return next_transfer(c);
        case stage::one_plan:
        case stage::one_set:
        case stage::subset: return next_placement(c);
        case stage::done: break;
        }
        return false;
    }

  private:
    enum class stage : unsigned char { subset, one_set, one_plan, transfer, done };

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
            if (choice_ < tried(ways)) {
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
                plan_ready_ = next_layout();
                continue;
            }
            if (stage_ != stage::one_plan && made_ && next_shares()) {
                start_layouts();
                plan_ready_ = next_layout();
                continue;
            }
            const bool more = stage_ == stage::subset ? next_subset() : fixed_ && suits();
            fixed_ = false;
            if (!more) {
                stage_ = stage::done;
                return false;
            }
            make_counts();
            made_ = true;
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
        const bool one_model = problem_->asked().devices.one_model;
        for (int i = 0; i < size_ && stage_ == stage::subset; ++i)
            order_[i] = problem_->pools()[static_cast<unsigned>(pick_[i])];
        sort_by_id();
        for (int i = 0; i < size_; ++i) {
            for (int j = 0; j < i; ++j) {
                if (s.facts(order_[i]).site == s.facts(order_[j]).site) return false;
                if (one_model && s.facts(order_[i]).model != s.facts(order_[j]).model) return false;
            }
        }
        make_ring();
        sort_by_price();
        return true;
    }
    // Whoever lists the pools in another order gets the same shares.
    UONACO_LAZY
    void sort_by_id() {
        const auto& all = problem_->where().world().pools;
        for (int i = 1; i < size_; ++i) {
            const auto held = order_[i];
            int at = i;
            for (; at > 0; --at) {
                const int order = all[held.value].id.text.compare(all[order_[at - 1].value].id.text);
                if (order > 0 || (order == 0 && held.value > order_[at - 1].value)) break;
                order_[at] = order_[at - 1];
            }
            order_[at] = held;
        }
    }
    // From four sites on the sites form a ring; each next one is the nearest to the one before. The shortest of those from each site.
    UONACO_LAZY
    void make_ring() {
        row<pool_tag> sorted[max_shares]{}, best[max_shares]{};
        for (int i = 0; i < size_; ++i) sorted[i] = order_[i];
        double shortest = 0;
        for (int start = 0; start < size_ && size_ > 3; ++start) {
            for (int i = 0; i < size_; ++i) order_[i] = sorted[i];
            detail::exchange(order_[0], order_[start]);
            double length = 0;
            for (int i = 1; i < size_; ++i) {
                for (int j = i + 1; j < size_; ++j)
                    if (delay(order_[i - 1], order_[j]) < delay(order_[i - 1], order_[i]))
                        detail::exchange(order_[i], order_[j]);
                length += delay(order_[i - 1], order_[i]);
            }
            length += delay(order_[size_ - 1], order_[0]);
            if (start > 0 && !(length < shortest)) continue;
            shortest = length;
            for (int i = 0; i < size_; ++i) best[i] = order_[i];
        }
        for (int i = 0; i < size_ && size_ > 3; ++i) order_[i] = best[i];
    }

    // What is tried depends on the request and on power alone, and what is free only says how much of it can be: so that whoever has
    // more free devices has no fewer candidates.
    UONACO_LAZY
    void make_counts() {
        const units::count whole = problem_->unit();
        const units::count least = problem_->least_devices();
        units::count most = 0;
        for (int i = 0; i < size_; ++i) most += problem_->powered(order_[i]);
        if (most > problem_->asked().devices.count) most = problem_->asked().devices.count;
        most = most / whole * whole;
        if (most >= least) most = within_power(most, least);
        counts_ = level_ = lowered_ = 0;
        split_ = -1;
        const int times = size_ == 1 ? 4 : size_ == 2 ? 2 : 1; // there are fewer ways to connect them
        const int counts = problem_->space().counts;
        const int allowed = counts < max_counts / times ? counts * times : max_counts;
        if (allowed < 1 || most < least) return;
        for (const int part : {48, 36, 32, 42, 30, 45, 39, 33, 27}) { // in 48ths of the most, of half of it, ...
            for (units::count top = most; top >= least && top > 0; top /= 2) {
                if (counts_ >= (part == 48 ? max_counts : allowed)) break;
                add_count((top / 48 * part + top % 48 * part / 48) / whole * whole, least);
            }
        }
        add_count(least, least);
    }
    // In falling order, none twice.
    UONACO_LAZY
    void add_count(units::count n, units::count least) {
        if (n < least || n < size_ * problem_->unit()) return;
        if (size_ == 1) n = problem_->used(order_[0], n);
        int at = 0;
        while (at < counts_ && sizes_[at] > n) ++at;
        if (at < counts_ && sizes_[at] == n) return;
        if (counts_ == max_counts) --counts_; // never: 63 halves
        for (int i = counts_++; i > at; --i) sizes_[i] = sizes_[i - 1];
        sizes_[at] = n;
    }
    // So many that the workload's power limit is kept, if so few are enough.
    UONACO_LAZY
    units::count within_power(units::count most, units::count least) const {
        const auto& limit = problem_->asked().limits.power;
        units::power each{};
        for (int i = 0; i < size_; ++i) {
            const pool_facts& k = problem_->where().facts(order_[i]);
            each = units::max(each, k.max_power + k.host_power);
        }
        if (!limit || !(static_cast<double>(most) * each > *limit)) return most;
        const units::count whole = problem_->unit();
        const auto n = static_cast<units::count>(math::floor(*limit / each * (1 - 1e-12))) / whole * whole;
        return n < least ? least : n;
    }

    // The next count that is free, and how the pools share it: as evenly as can be, or all but one are filled up. Costs that are linear
    // in the shares are least at one of the latter, or where there are fewer pools.
    UONACO_LAZY
    bool next_shares() {
        for (;;) {
            if (split_ < 0) {
                if (level_ == counts_) return false;
                if (!share_evenly(sizes_[level_])) {
                    ++level_;
                    continue;
                }
                even_ = base_;
                split_ = 0;
                if (size_ == 1) next_count();
                return true;
            }
            if (split_ == size_) {
                next_count();
                continue;
            }
            if (fill_all_but(split_++, sizes_[level_])) return true;
        }
    }
    void next_count() {
        split_ = -1;
        ++level_;
    }
    UONACO_LAZY
    bool fill_all_but(int last, units::count devices) {
        base_.clear();
        for (int i = 0; i < size_; ++i) {
            base_.add(order_[i], i == last ? 0 : problem_->room(order_[i]));
            devices -= base_.shares[i].devices;
        }
        base_.shares[last].devices = devices;
        return devices > 0 && devices <= problem_->room(order_[last]) && !(base_ == even_);
    }
    // Pools by rental, so that no name decides who has one device more.
    UONACO_LAZY
    void sort_by_price() {
        const auto& all = problem_->where().world().pools;
        const auto price = [&](int i) {
            const auto& known = all[order_[i].value].price;
            return known ? known->si() : 1e300;
        };
        for (int i = 0; i < size_; ++i) {
            int at = i;
            for (; at > 0 && price(i) < price(cheapest_[at - 1]); --at) cheapest_[at] = cheapest_[at - 1];
            cheapest_[at] = i;
        }
    }
    UONACO_LAZY
    bool share_evenly(units::count devices) {
        const units::count whole = problem_->unit();
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
                const units::count room = problem_->room(order_[i]) - base_.shares[i].devices;
                const units::count take = even < room ? even : room;
                base_.shares[i].devices += take;
                left -= take;
                full[i] = take == room;
            }
            if (even == 0) break;
        }
        for (int k = 0; k < size_ && left > 0; ++k) { // what does not divide evenly
            const int i = cheapest_[k];
            const units::count room = problem_->room(order_[i]) - base_.shares[i].devices;
            const units::count take = left < room ? left : room;
            base_.shares[i].devices += take;
            left -= take;
        }
        if (left > 0) return false;
        for (int i = 0; i < size_; ++i)
            if (base_.shares[i].devices < 1) return false;
        return true;
    }

    // What crosses the network, and between whom. First the batch is divided, then the layers: over a chain of the pools in each
    // order (of two that are alike in one), beyond four pools in those of nearest neighbours.
    UONACO_LAZY
    void start_layouts() {
        const problem::divisions can = problem_->divisible(size_, base_.cut);
        chains_ = can.layers;
        batches_ = can.batch;
        open_ = can.said;
        in_chain_ = false;
        shape_ = order_at_ = -1;
        plan_ = 0;
        listed_ = base_;
    }
    UONACO_LAZY
    bool next_layout() {
        while (batches_ && !in_chain_ && ++shape_ < shapes()) {
            if (open_) base_.cut = wan_cut::data;
            if (start_digits()) return true;
        }
        if (!chains_) return false;
        in_chain_ = true;
        while (next_order()) {
            if (open_) base_.cut = wan_cut::pipeline;
            if (start_digits()) return true;
        }
        // as they were listed, for what comes next
        for (int i = 0; i < size_; ++i) order_[i] = listed_.shares[i].pool;
        return false;
    }
    UONACO_LAZY
    bool next_order() {
        ++order_at_;
        if (stage_ == stage::one_plan && order_at_ > 0) return false;
        if (size_ <= searched_orders ? !permute() : !neighbours()) return false;
        for (int i = 0; i < size_; ++i) {
            base_.shares[i] = listed_.shares[permuted_[i]];
            order_[i] = base_.shares[i].pool;
        }
        return true;
    }
    UONACO_LAZY
    bool permute() {
        if (order_at_ == 0) {
            for (int i = 0; i < size_; ++i) permuted_[i] = i;
            return true;
        }
        return !(size_ == 2 && alike()) && detail::next_order(permuted_, size_);
    }
    // From each pool on to the nearest that is left, and the same backwards.
    UONACO_LAZY
    bool neighbours() {
        if (order_at_ >= 2 * size_) return false;
        if (order_at_ % 2 == 0) {
            for (int i = 0; i < size_; ++i) permuted_[i] = i;
            detail::exchange(permuted_[0], permuted_[order_at_ / 2]);
            for (int i = 1; i < size_; ++i)
                for (int j = i + 1; j < size_; ++j)
                    if (delay(listed(i - 1), listed(j)) < delay(listed(i - 1), listed(i)))
                        detail::exchange(permuted_[i], permuted_[j]);
        } else {
            for (int i = 0, j = size_ - 1; i < j; ++i, --j) detail::exchange(permuted_[i], permuted_[j]);
        }
        return true;
    }
    row<pool_tag> listed(int i) const { return listed_.shares[permuted_[i]].pool; }
    UONACO_LAZY
    double delay(row<pool_tag> a, row<pool_tag> b) const {
        const survey& s = problem_->where();
        const auto& ways = s.options(s.facts(a).site, s.facts(b).site);
        return ways.empty() ? 1e9 : ways[0].latency.si();
    }
    // Whether it is all the same which of two shares comes first: they compute alike, and no data goes to either.
    UONACO_LAZY
    bool alike() const {
        const share &a = listed_.shares[0], &b = listed_.shares[1];
        const auto& pools = problem_->where().world().pools;
        const auto& plans = problem_->what().plannable;
        return !problem_->what().source && a.devices == b.devices &&
               pools[a.pool.value].mfu == pools[b.pool.value].mfu && !plans.empty() &&
               plans[a.pool.value] == plans[b.pool.value];
    }

    // Which pairs talk: shape 0 is all of them, or from four sites on the ring; of three sites, the others leave one pair out.
    // In a pipeline each with the next.
    int shapes() const { return size_ == 3 && network_ != network_choice::left_out ? 4 : 1; }
    bool talks(int i, int j) const {
        if (in_chain_) return j == i + 1;
        if (size_ == 3) return shape_ == 0 || pair_index(i, j) != shape_ - 1;
        return size_ < 3 || j == i + 1 || (i == 0 && j == size_ - 1);
    }
    UONACO_LAZY
    bool start_digits() {
        used_ = 0;
        first_ = true;
        if (network_ == network_choice::left_out) return true;
        const survey& s = problem_->where();
        const auto site = [&](int i) { return s.facts(order_[i]).site; };
        for (int j = 1; j < size_; ++j)
            for (int i = 0; i < j; ++i)
                if (talks(i, j) &&
                    !add_digit(pair_index(i, j), site(i), site(j), problem_->between(site(i), site(j), size_ > 2)))
                    return false;
        if (const auto way = problem_->approach_of(base_); way.target) {
            const unsigned from = problem_->what().source.value;
            const bool over_pair = way.shares[0] >= 0 && talks(way.shares[0], way.shares[1]);
            if (!add_digit(max_pairs, from, way.target.value, problem_->access(way.target.value, size_ > 1), over_pair))
                return false;
        }
        return true;
    }
    // What is in service comes first among the ways.
    unsigned long tried(const choices& ways) const {
        unsigned long n = 0;
        while (n < ways.size() && (network_ != network_choice::existing || ways[n].action == network_action::use)) ++n;
        return n;
    }
    // `or_none`: the slot's first choice is no connection of its own.
    bool add_digit(int slot, unsigned from, unsigned to, const choices& ways, bool or_none = false) {
        const unsigned long count = tried(ways);
        if (count == 0 && !or_none) return false;
        digits_[used_++] = {slot, &problem_->where().options(from, to), &ways, count, or_none, 0};
        return true;
    }
    UONACO_LAZY
    bool next_plan(candidate& c) {
        if (!first_) {
            int i = 0;
            while (i < used_ && ++digits_[i].at == digits_[i].size()) digits_[i++].at = 0;
            if (i == used_) return false;
        }
        first_ = false;
        c = base_;
        for (int i = 0; i < used_; ++i)
            if (const connection* w = digits_[i].chosen()) digits_[i].of(c) = *w;
        if (used_ > 1) lower(c);
        return true;
    }
    // Halves the rates of all connections until they fit together. What cannot be made to fit stays as it is. The same at every
    // device count, so it is found out once.
    UONACO_LAZY
    void lower(candidate& c) {
        const int plan = plan_++;
        if (plan >= lowered_ && lowered_ < max_lowered) halvings_[lowered_++] = halvings(c);
        const int level = plan < lowered_ ? halvings_[plan] : halvings(c);
        if (level > 0) lower(c, level);
    }
    // True if no rate stays what it was.
    UONACO_LAZY
    bool lower(candidate& c, int level) const {
        bool all = true;
        for (int i = 0; i < used_; ++i) {
            const connection* w = digits_[i].chosen();
            if (!w) continue;
            connection& k = digits_[i].of(c);
            k.rate = problem::rate_at(digits_[i].option(), level);
            all = all && k.rate < w->rate;
        }
        return all;
    }
    UONACO_LAZY
    int halvings(const candidate& c) const {
        const survey& s = problem_->where();
        const request& r = problem_->what();
        detail::wanted_rates wanted;
        for (int i = 0; i < used_; ++i) {
            const connection* w = digits_[i].chosen();
            if (!w) continue;
            if (w->rate < digits_[i].option().rate) return 0;
            wanted.add(digits_[i].option(), w->rate);
        }
        if (detail::connections_fit(s, r, c, wanted)) return 0;
        candidate lowered = c;
        for (int level = 1; level < problem_->space().rates; ++level) {
            const bool all =
                lower(lowered, level); // of two sites, what one connection is tried with is tried in any case
            if ((size_ != 2 || all) && detail::connections_fit(s, r, lowered, wanted)) return level;
        }
        return 0;
    }

    struct digit {
        int slot = 0; ///< a pair, or max_pairs: the access
        const std::vector<path_option>* options = nullptr;
        const choices* ways = nullptr;
        unsigned long count = 0; ///< of the ways, that are tried
        bool or_none = false;
        unsigned long at = 0;

        unsigned long size() const { return count + or_none; }
        const connection* chosen() const {
            if (or_none) return at == 0 ? nullptr : &(*ways)[at - 1];
            return &(*ways)[at];
        }
        connection& of(candidate& c) const { return slot == max_pairs ? c.access : c.pairs[slot]; }
        UONACO_LAZY
        const path_option& option() const { return (*options)[chosen()->option]; }
    };

    static constexpr int max_counts = 64;
    static constexpr int searched_orders = 4; ///< pools of which every order is tried
    static constexpr int max_lowered = 256;   ///< those of three sites with three ways a pair, and more
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
    int split_ = -1; ///< the pool that is not filled up; -1: a count begins
    int cheapest_[max_shares]{};
    bool made_ = false;
    candidate base_{};
    candidate even_{};   ///< the count at hand, shared evenly
    candidate listed_{}; ///< the same shares as they are listed where the layers are divided
    bool batches_ = true;
    bool chains_ = false;
    bool open_ = false; ///< the candidate says which
    bool in_chain_ = false;
    int order_at_ = -1;
    int permuted_[max_shares]{};
    bool plan_ready_ = false;
    bool first_ = true;
    int shape_ = 0;
    int used_ = 0;
    digit digits_[max_pairs + 1]{};
    int plan_ = 0;    ///< so many were made for these shares
    int lowered_ = 0; ///< of so many it is known how often their rates are halved
    int halvings_[max_lowered]{};
};

/// Calls `visit(const candidate&)` for each.
template <class Visit>
void for_each_candidate(const problem& p, Visit visit, network_choice n = network_choice::searched) {
    candidate_stream stream(p, n);
    candidate c;
    while (stream.next(c)) visit(static_cast<const candidate&>(c));
}

} // namespace uonaco::inline UONACO_ABI
