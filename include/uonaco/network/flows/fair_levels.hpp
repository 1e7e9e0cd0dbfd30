// SPDX-License-Identifier: Apache-2.0
// Max-min fair rates over several tunnels a demand, exactly: all demands rise together, traffic moves between tunnels wherever that
// makes room, until somebody cannot rise any more; lengths prove it, and the others go on. D. Nace and M. Pioro, "Max-min fairness and its
// applications to routing and load-balancing in communication networks", IEEE Communications Surveys 10(4), 2008 (what proves a level);
// G. B. Dantzig's tableau is what moves the traffic.
#pragma once

#include "path_flow.hpp"

namespace uonaco::inline UONACO_ABI {

/// Demands that stop rising together, and why. Plain data.
struct fair_level {
    double rate = 0;              ///< at which they stop
    std::vector<double> length{}; ///< by pool (edge, without pools); all 0 where they have all that they ask for
};

/// Plain data. Of a level's lengths let dist(d) be the least that a tunnel of demand d has. No rates that fit come to more than
/// sum capacity x length in sum rate(d) x dist(d); these do, and dist(d) > 0 only for d of that level or a lower one. So nobody of
/// the level has more unless one has less who has no more.
struct fair_rates {
    std::vector<double> rate{};   ///< by demand; at most its amount
    std::vector<double> tunnel{}; ///< by tunnel: what of its demand's rate it carries
    unsigned rounds = 0;          ///< levels, or fillings where it is an approximation
    bool settled = false;         ///< exact, within rounding; or nothing moved in the last filling
    bool exact = false;
    std::vector<unsigned> level{};    ///< by demand, if exact over several tunnels: the one it stopped at
    std::vector<fair_level> levels{}; ///< the lowest first
};

namespace detail {

// By demand, the least that one of its open tunnels has of a level's lengths; 0 without one.
template <class Distances>
void distances(const capacities& c, const tunnel_set& t, const fair_level& level, Distances& least) {
    for (auto& x : least) x = __builtin_huge_val();
    for (unsigned i = 0; i < t.size(); ++i) {
        double sum = 0;
        for (const unsigned e : t.edges_of(i)) sum += c.of(e) > 0 ? level.length[c.pool_of(e)] : __builtin_huge_val();
        if (sum < least[t.demand_of(i)]) least[t.demand_of(i)] = sum;
    }
    for (auto& x : least)
        if (!(x < __builtin_huge_val())) x = 0;
}

// Rows: of each pool in use, load + room = capacity; of each demand, sum of its tunnels - height = its rate when it stopped, else what
// all have risen to. The columns of the basis are those of the unit matrix. Columns: tunnels, rooms, and one a demand from which the
// column of the height is made: it changes whenever somebody stops.
template <class Lazy>
class fair_tableau {
    template <class T>
    using list = later_t<std::vector<T>, Lazy>;

  public:
    static constexpr unsigned none = ~0u;

    /// False if it would have more than `most_cells`.
    bool begin(const capacities& c, view<demand> demands, const tunnel_set& t, unsigned long most_cells) {
        list<unsigned> pool_row(c.amount.size(), none), demand_row(demands.size(), none);
        double most = 0;
        for (unsigned i = 0; i < t.size(); ++i) {
            const demand& d = demands[t.demand_of(i)];
            bool open = d.amount > 0 && d.from != d.to;
            for (const unsigned e : t.edges_of(i)) open = open && c.of(e) > 0;
            if (!open) continue;
            tunnel_.push_back(i);
            for (const unsigned e : t.edges_of(i)) {
                if (pool_row[c.pool_of(e)] != none) continue;
                pool_row[c.pool_of(e)] = static_cast<unsigned>(pool_.size());
                pool_.push_back(c.pool_of(e));
                if (c.of(e) > most) most = c.of(e);
            }
        }
        for (const unsigned i : tunnel_) {
            if (demand_row[t.demand_of(i)] != none) continue;
            demand_row[t.demand_of(i)] = static_cast<unsigned>(pool_.size() + demand_.size());
            demand_.push_back(t.demand_of(i));
        }
        const unsigned long rows = pool_.size() + demand_.size();
        width_ = static_cast<unsigned>(tunnel_.size() + rows);
        if (rows * width_ > most_cells) return false;
        cells_.assign(rows * width_, 0);
        value_.assign(rows, 0);
        basis_.assign(rows, none);
        entering_.assign(rows, 0);
        active_.assign(demand_.size(), 1);
        least_.assign(demands.size(), 0);
        while (most > 0 && scale_ > most) scale_ /= 2;
        while (scale_ < most) scale_ *= 2; // a power of two takes nothing from a figure
        for (unsigned r = 0; r < pool_.size(); ++r) value_[r] = c.amount[pool_[r]] / scale_;
        for (unsigned r = 0; r < rows; ++r) cell(r, static_cast<unsigned>(tunnel_.size()) + r) = 1;
        for (unsigned r = 0; r < pool_.size(); ++r) basis_[r] = static_cast<unsigned>(tunnel_.size()) + r;
        for (unsigned j = 0; j < tunnel_.size(); ++j) {
            for (const unsigned e : t.edges_of(tunnel_[j])) cell(pool_row[c.pool_of(e)], j) += 1;
            cell(demand_row[t.demand_of(tunnel_[j])], j) = 1;
        }
        // Nobody has anything yet, on its first tunnel.
        for (unsigned j = 0; j < tunnel_.size(); ++j)
            if (const unsigned r = demand_row[t.demand_of(tunnel_[j])]; basis_[r] == none) pivot(r, j);
        return true;
    }

    bool done() const {
        for (const unsigned char a : active_)
            if (a) return false;
        return true;
    }

    /// All that are active rise until one stops; false if rounding hides who.
    bool rise(view<demand> demands, const tunnel_set& t, const capacities& c, fair_rates& answer) {
        double most = __builtin_huge_val(); // until one has enough
        for (unsigned d = 0; d < demand_.size(); ++d)
            if (active_[d] && demands[demand_[d]].amount / scale_ - height_ < most)
                most = demands[demand_[d]].amount / scale_ - height_;
        if (most < 0) most = 0;
        for (unsigned r = 0; r < value_.size(); ++r) {
            entering_[r] = 0;
            for (unsigned d = 0; d < demand_.size(); ++d)
                if (active_[d]) entering_[r] -= cell(r, first_of_demands() + d);
        }
        later_t<fair_level, Lazy> level;
        level.length.assign(c.amount.size(), 0);
        unsigned row = leaving(most);
        double risen = most;
        if (row == none) {
            shift(most);
        } else {
            take_in(row, none);
            unsigned idle = 0;
            for (;;) {
                const unsigned j = best_to_enter(row, idle > value_.size());
                if (j == none) {
                    risen = value_[row];
                    break;
                }
                for (unsigned r = 0; r < value_.size(); ++r) entering_[r] = cell(r, j);
                const double until = (most - value_[row]) / -entering_[row];
                const unsigned out = leaving(until);
                if (out == none) { // one has enough
                    value_[row] -= most;
                    take_in(row, j);
                    row = none;
                    break;
                }
                idle = value_[out] > 0 ? 0 : idle + 1;
                take_in(out, j);
            }
        }
        height_ += risen;
        if (row != none) {
            for (unsigned p = 0; p < pool_.size(); ++p)
                if (const double x = cell(row, first_of_rooms() + p); x > 0 && basis_[p] != first_of_rooms() + p)
                    level.length[pool_[p]] = x;
            value_[row] = 0;
            unsigned out = none; // the height makes way for another column, without anything moving
            for (unsigned j = 0; j < first_of_demands(); ++j)
                if (out == none || math::abs(cell(row, j)) > math::abs(cell(row, out))) out = j;
            for (unsigned r = 0; r < value_.size(); ++r) entering_[r] = cell(r, out);
            take_in(row, out);
        }
        level.rate = height_ * scale_;
        const bool stopped = stop(demands, t, c, level, row != none, answer);
        answer.levels.push_back(static_cast<later_t<fair_level, Lazy>&&>(level));
        return stopped;
    }

    void write(fair_rates& answer) const {
        for (unsigned r = 0; r < value_.size(); ++r)
            if (basis_[r] < tunnel_.size()) answer.tunnel[tunnel_[basis_[r]]] = value_[r] * scale_;
    }

  private:
    static constexpr double tiny = 1e-9; ///< of figures around 1

    double& cell(unsigned row, unsigned column) { return cells_[static_cast<unsigned long>(row) * width_ + column]; }
    unsigned first_of_rooms() const { return static_cast<unsigned>(tunnel_.size()); }
    unsigned first_of_demands() const { return static_cast<unsigned>(tunnel_.size() + pool_.size()); }

    // What raises the height when it enters; the steepest, or the first where it has gone round without rising.
    unsigned best_to_enter(unsigned row, bool first) {
        unsigned best = none;
        for (unsigned j = 0; j < first_of_demands(); ++j) {
            if (!(cell(row, j) < -tiny)) continue;
            if (best == none || cell(row, j) < cell(row, best)) best = j;
            if (first) break;
        }
        return best;
    }
    // The row that first comes to 0 as the entering column grows; none if that is not before `most`.
    unsigned leaving(double most) const {
        unsigned best = none;
        for (unsigned r = 0; r < value_.size(); ++r) {
            if (!(entering_[r] > tiny)) continue;
            const double ratio = value_[r] / entering_[r];
            const double least = best == none ? most : value_[best] / entering_[best];
            if (best == none ? ratio < most : ratio < least || (ratio == least && basis_[r] < basis_[best])) best = r;
        }
        return best;
    }
    void shift(double by) {
        for (unsigned r = 0; r < value_.size(); ++r) value_[r] = kept(value_[r] - by * entering_[r]);
    }
    static double kept(double x) { return x > 0 ? x : 0; } // less than 0 by rounding only

    void pivot(unsigned row, unsigned column) {
        for (unsigned r = 0; r < value_.size(); ++r) entering_[r] = cell(r, column);
        take_in(row, column);
    }
    // The entering column takes the place of what is in the basis in this row.
    void take_in(unsigned row, unsigned column) {
        const double by = 1 / entering_[row];
        for (unsigned j = 0; j < width_; ++j) cell(row, j) *= by;
        value_[row] = kept(value_[row] * by);
        for (unsigned r = 0; r < value_.size(); ++r) {
            const double factor = entering_[r];
            if (r == row || factor == 0) continue;
            double* to = &cell(r, 0);
            const double* from = &cell(row, 0);
            for (unsigned j = 0; j < width_; ++j) to[j] -= factor * from[j];
            value_[r] = kept(value_[r] - factor * value_[row]);
        }
        basis_[row] = column;
    }

    // Those who have enough, and those whose tunnels all have a length.
    bool stop(view<demand> demands, const tunnel_set& t, const capacities& c, const fair_level& level, bool held,
              fair_rates& answer) {
        if (held) distances(c, t, level, least_);
        bool any = false;
        for (unsigned d = 0; d < demand_.size(); ++d) {
            const double amount = demands[demand_[d]].amount;
            const bool enough = amount <= level.rate * (1 + 1e-12);
            if (!active_[d] || !(enough || (held && least_[demand_[d]] > tiny))) continue;
            active_[d] = 0;
            any = true;
            answer.rate[demand_[d]] = enough ? amount : level.rate;
            answer.level[demand_[d]] = static_cast<unsigned>(answer.levels.size());
        }
        return any;
    }

    list<unsigned> tunnel_{}, pool_{}, demand_{}; ///< of each column or row
    list<unsigned char> active_{};
    list<double> cells_{}, value_{}, entering_{}, least_{};
    list<unsigned> basis_{}; ///< column of each row; none: the height
    double scale_ = 1;
    double height_ = 0;
    unsigned width_ = 0;
};

// Do tunnels carry the rates, do these fit, and does every level's proof hold, within what rounding explains?
template <class Rates>
bool proven(const capacities& c, view<demand> demands, const tunnel_set& t, const Rates& a) {
    constexpr double slack = 1e-9;
    later_t<std::vector<double>, Rates> load(c.amount.size()), sent(demands.size());
    for (unsigned i = 0; i < t.size(); ++i) {
        sent[t.demand_of(i)] += a.tunnel[i];
        for (const unsigned e : t.edges_of(i)) load[c.pool_of(e)] += a.tunnel[i];
    }
    for (unsigned p = 0; p < load.size(); ++p)
        if (!(load[p] <= c.amount[p] * (1 + slack))) return false;
    for (unsigned d = 0; d < sent.size(); ++d)
        if (!(math::abs(sent[d] - a.rate[d]) <= slack * (a.levels.empty() ? 0 : a.levels.back().rate))) return false;
    for (unsigned k = 0; k < a.levels.size(); ++k) {
        double capacity = 0, used = 0;
        for (unsigned p = 0; p < load.size(); ++p) capacity += c.amount[p] * a.levels[k].length[p];
        if (!(capacity > 0)) continue; // they have enough
        distances(c, t, a.levels[k], sent);
        for (unsigned d = 0; d < sent.size(); ++d) {
            if (a.level[d] > k && sent[d] > slack) return false;
            used += a.rate[d] * sent[d];
        }
        if (!(used >= capacity * (1 - slack))) return false;
    }
    return true;
}

/// False where the tableau would be too large, or rounding spoils a proof.
UONACO_LAZY
bool fair_levels(const capacities& c, view<demand> demands, const tunnel_set& t, unsigned long most_cells,
                 fair_rates& answer) {
    fair_tableau<UonacoLazy_> all;
    if (!all.begin(c, demands, t, most_cells)) return false;
    later_t<fair_rates, UonacoLazy_> found;
    found.rate.assign(demands.size(), 0);
    found.tunnel.assign(t.size(), 0);
    found.level.assign(demands.size(), 0);
    while (!all.done())
        if (!all.rise(demands, t, c, found)) return false;
    all.write(found);
    if (!proven(c, demands, t, found)) return false;
    found.rounds = static_cast<unsigned>(found.levels.size());
    found.settled = found.exact = true;
    answer = static_cast<later_t<fair_rates, UonacoLazy_>&&>(found);
    return true;
}

} // namespace detail

} // namespace uonaco::inline UONACO_ABI
