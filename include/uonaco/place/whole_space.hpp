// SPDX-License-Identifier: Apache-2.0
// Every candidate of a small problem: what more is free only adds to them, so their optimum is never dearer for it.
#pragma once

#include "problem.hpp"

namespace uonaco::inline UONACO_ABI {

/// How far it goes.
struct whole_bounds {
    units::count candidates = 1'000'000; ///< of a problem that has more, none is looked at
    units::count devices = 1;            ///< device counts are multiples of this
};

/// Every set of pools at different sites (generation::sites), every division of the devices, the batch divided over every ring (of three
/// sites also every tree) or the layers over every chain, every way between two sites at every rate: all there is, parts of it
/// (generation::rates), and what halves or doubles 100 Gb/s down to a thousandth of that. Candidates of more than the network has are among them; they are not feasible.
/// Refers to the problem; not for concurrent use.
class whole_space {
  public:
    enum class completeness : unsigned char {
        whole,
        too_many,      ///< more than whole_bounds::candidates
        ways_left_out, ///< the survey was made without option_parameters::every, or there are more ways than it may keep
    };

    explicit whole_space(const problem& p, const whole_bounds& b = {}) : problem_(p), bounds_(b) {}

    /// Calls visit(const candidate&) for each, in an order that follows from the estate's; unless whole, none or not all were visited.
    /// O(candidates and divisions of the devices).
    template <class Visit>
    completeness for_each(Visit visit) {
        visited_ = divided_ = 0;
        found_ = completeness::whole;
        if (problem_.what().is_transfer())
            transfers(visit);
        else
            sets(visit, 0);
        return found_;
    }
    /// So many were visited.
    units::count visited() const { return visited_; }
    /// The same without a visit.
    UONACO_LAZY
    completeness reach() {
        return for_each([](const candidate&) {});
    }

  private:
    bool going_on() const { return found_ == completeness::whole; }
    template <class Visit>
    void show(Visit& visit) {
        if (visited_ >= bounds_.candidates) {
            found_ = completeness::too_many;
            return;
        }
        ++visited_;
        visit(static_cast<const candidate&>(made_));
    }

    template <class Visit>
    void transfers(Visit& visit) {
        const request& r = problem_.what();
        for (const auto to : r.destinations) {
            made_.clear();
            made_.destination = to;
            if (to == r.source) {
                show(visit);
                continue;
            }
            for (const connection& way : ways(r.source.value, to.value, true)) {
                if (!going_on()) return;
                made_.access = way;
                show(visit);
            }
        }
    }

    // Adds pools from `next` on to those chosen.
    template <class Visit>
    void sets(Visit& visit, unsigned next) {
        if (size_ > 0 && connected()) divide(visit, 0, 0);
        if (size_ == problem_.most_sites()) return;
        for (; next < problem_.pools().size() && going_on(); ++next) {
            if (!joins(problem_.pools()[next])) continue;
            pools_[size_++] = problem_.pools()[next];
            sets(visit, next + 1);
            --size_;
        }
    }
    UONACO_LAZY
    bool joins(row<pool_tag> p) const {
        const survey& s = problem_.where();
        for (int i = 0; i < size_; ++i) {
            if (s.facts(pools_[i]).site == s.facts(p).site) return false;
            if (problem_.asked().devices.one_model && s.facts(pools_[i]).model != s.facts(p).model) return false;
        }
        return true;
    }

    // Whether there are ways enough to join all the sites; else no division of the devices makes a candidate.
    UONACO_LAZY
    bool connected() {
        const survey& s = problem_.where();
        unsigned reached = 1, before = 0; // bits
        while (reached != before) {
            before = reached;
            for (int i = 0; i < size_; ++i)
                for (int j = 0; j < size_; ++j)
                    if (reached >> i & 1u && !(reached >> j & 1u) &&
                        !ways(s.facts(pools_[i < j ? i : j]).site, s.facts(pools_[i < j ? j : i]).site, false).empty())
                        reached |= 1u << j;
        }
        return reached == (1u << size_) - 1;
    }

    // Devices of the i-th pool and those after it; `taken` are given to those before. No count is begun that those after it cannot
    // bring to the least that is asked.
    template <class Visit>
    void divide(Visit& visit, int i, units::count taken) {
        if (i == size_) {
            if (taken >= problem_.least_devices()) lay_out(visit);
            return;
        }
        if (++divided_ > bounds_.candidates) found_ = completeness::too_many;
        const units::count unit = step(), most = problem_.asked().devices.count;
        units::count lacking = problem_.least_devices() - taken;
        for (int k = i + 1; k < size_; ++k) lacking -= problem_.room(pools_[k]);
        for (units::count n = lacking > unit ? (lacking + unit - 1) / unit * unit : unit;
             n <= problem_.room(pools_[i]) && going_on(); n += unit) {
            if (taken + n + (size_ - 1 - i) * unit > most) return;
            devices_[i] = n;
            divide(visit, i + 1, taken + n);
        }
    }
    // Whole replicas.
    UONACO_LAZY
    units::count step() const {
        const units::count unit = problem_.unit(), asked = bounds_.devices > 1 ? bounds_.devices : 1;
        return (asked + unit - 1) / unit * unit;
    }

    template <class Visit>
    void lay_out(Visit& visit) {
        const problem::divisions can = problem_.divisible(size_);
        for (int first = 0; first < size_ && can.batch; ++first) {
            if (!comes_first(first)) continue;
            for (int i = 0; i < size_; ++i) listed_[i] = i == 0 ? first : i <= first ? i - 1 : i;
            begin(can.said ? maybe<wan_cut>(wan_cut::data) : maybe<wan_cut>{});
            divide_batch(visit);
        }
        if (!can.layers) return;
        for (int i = 0; i < size_; ++i) listed_[i] = i;
        do {
            begin(can.said ? maybe<wan_cut>(wan_cut::pipeline) : maybe<wan_cut>{});
            connect_graph(visit, [](int i, int j) { return j == i + 1; });
        } while (detail::next_order(listed_, size_));
    }
    // Data goes to the first share that is elsewhere: each of them may be that. Where there is none to be had the order is no matter.
    UONACO_LAZY
    bool comes_first(int i) const {
        const auto source = problem_.what().source;
        if (!source || size_ == 1) return i == 0;
        return problem_.where().facts(pools_[i]).site != source.value;
    }
    template <class Visit>
    void divide_batch(Visit& visit) {
        if (size_ == 3) {
            for (int left_out = 0; left_out <= 3; ++left_out) // the trees, then all with all
                connect_graph(visit, [&](int i, int j) { return pair_index(i, j) != left_out; });
            return;
        }
        if (size_ < 3) return connect_graph(visit, [](int, int) { return true; });
        for (int i = 0; i < size_; ++i) ring_[i] = i;
        do // a ring has no first site and no direction
            if (ring_[0] == 0 && ring_[1] < ring_[size_ - 1])
                connect_graph(visit, [&](int i, int j) { return in_ring(i, j); });
        while (detail::next_order(ring_, size_));
    }
    // Shares as they are listed.
    UONACO_LAZY
    void begin(const maybe<wan_cut>& cut) {
        made_.clear();
        for (int i = 0; i < size_; ++i) made_.add(pools_[listed_[i]], devices_[listed_[i]]);
        made_.cut = cut;
    }
    bool in_ring(int i, int j) const {
        for (int k = 0; k < size_; ++k) {
            const int a = ring_[k], b = ring_[k + 1 < size_ ? k + 1 : 0];
            if ((a == i && b == j) || (a == j && b == i)) return true;
        }
        return false;
    }

    // What the shares at hand have to choose: a connection for each pair that talks, and that to the data or the users.
    template <class Visit, class Talks>
    void connect_graph(Visit& visit, Talks talks) {
        if (!going_on()) return;
        const survey& s = problem_.where();
        const auto site = [&](int i) { return s.facts(made_.shares[i].pool).site; };
        slots_ = 0;
        for (int j = 1; j < size_; ++j)
            for (int i = 0; i < j; ++i)
                if (talks(i, j))
                    slot_[slots_++] = {&made_.pairs[pair_index(i, j)], &ways(site(i), site(j), false), false};
        if (const auto way = problem_.approach_of(made_); way.target) {
            const bool over_pair = way.shares[0] >= 0 && talks(way.shares[0], way.shares[1]);
            slot_[slots_++] = {&made_.access, &ways(problem_.what().source.value, way.target.value, true), over_pair};
        }
        if (going_on()) choose(visit, 0);
        for (int k = 0; k < slots_; ++k) *slot_[k].chosen = no_connection;
    }
    template <class Visit>
    void choose(Visit& visit, int k) {
        if (k == slots_) return show(visit);
        const slot& here = slot_[k];
        if (here.or_none) {
            *here.chosen = no_connection;
            choose(visit, k + 1);
        }
        for (const connection& way : *here.ways) {
            if (!going_on()) return;
            *here.chosen = way;
            choose(visit, k + 1);
        }
    }

    struct slot {
        connection* chosen = nullptr;
        const choices* ways = nullptr;
        bool or_none = false; ///< the data may come over the connection of a pair
    };
    struct known_ways {
        choices list{};
        bool known = false;
        bool every = false;
    };
    // Users or data reach a site by what goes one way at least; sites talk both ways.
    UONACO_LAZY
    const choices& ways(unsigned from, unsigned to, bool approach) {
        known_ways& w = (approach ? approaches_ : pairs_).at(from, to);
        if (!w.known) list(w, from, to, approach);
        if (!w.every) found_ = completeness::ways_left_out;
        return w.list;
    }
    UONACO_LAZY
    void list(known_ways& w, unsigned from, unsigned to, bool approach) const {
        w.known = true;
        w.every = problem_.where().knows_every_way(from, to);
        const auto& options = problem_.where().options(from, to);
        for (unsigned i = 0; i < options.size(); ++i) {
            if (!problem_.allows(options[i], !approach || problem_.what().is_service())) continue;
            add_rates(w.list, i, options[i]);
        }
    }
    // What other searches try, and halves of 100 Gb/s or doubles of it: so that what has more has the rates of what has less.
    UONACO_LAZY
    void add_rates(choices& list, unsigned option, const path_option& o) const {
        constexpr auto hundred = units::bit_rate::from_si(1e11);
        const auto first = list.size();
        const auto add = [&](units::bit_rate rate) { // in falling order, none twice
            auto at = list.size();
            while (at > first && list[at - 1].rate < rate) --at;
            if (at > first && list[at - 1].rate == rate) return;
            list.insert(list.begin() + static_cast<long>(at), connection{o.action, option, rate});
        };
        for (int level = 0; level < problem_.space().rates || level == 0; ++level) add(problem::rate_at(o, level));
        auto rate = hundred;
        while (2.0 * rate < o.rate) rate = 2.0 * rate;
        for (; rate >= hundred / 1024.0; rate = 0.5 * rate) add(problem::in_steps(o, rate));
    }

    static constexpr connection no_connection{};
    const problem& problem_;
    whole_bounds bounds_;
    completeness found_ = completeness::whole;
    units::count visited_ = 0;
    candidate made_{};
    int size_ = 0;
    row<pool_tag> pools_[max_shares]{};
    units::count devices_[max_shares]{};
    int listed_[max_shares]{}; ///< which share comes where
    int ring_[max_shares]{};
    units::count divided_ = 0;
    int slots_ = 0;
    slot slot_[max_pairs + 1]{};
    pair_table<known_ways> pairs_{};
    pair_table<known_ways> approaches_{};
};

} // namespace uonaco::inline UONACO_ABI
