// SPDX-License-Identifier: Apache-2.0
// Candidates as a lazy range-v3 pipeline: candidates(problem) | feasible() | scored(by_full_cost) | top(3).
// A user's own filter or transform goes between any two of them.
#pragma once

#include "search.hpp"

#include <range/v3/view/facade.hpp>
#include <range/v3/view/filter.hpp>
#include <range/v3/view/transform.hpp>

namespace uonaco::inline UONACO_ABI {

/// A candidate with everything the formulas say about it.
struct considered {
    candidate choice{};
    assessment result{};
    const problem* of = nullptr;
};

/// Every candidate of a problem, assessed when it is looked at. An input range: one pass. Refers to the problem, which must
/// outlive it.
class candidate_range : public ranges::view_facade<candidate_range> {
  public:
    candidate_range() = default;
    explicit candidate_range(const problem& p) : problem_(&p), stream_(p) {
        current_.of = &p;
        next();
    }

  private:
    friend ranges::range_access;

    const considered& read() const { return current_; }
    bool equal(ranges::default_sentinel_t) const { return done_; }
    void next() {
        done_ = !stream_.next(current_.choice);
        if (!done_) assess(problem_->where(), problem_->what(), current_.choice, current_.result);
    }

    const problem* problem_ = nullptr;
    candidate_stream stream_{};
    considered current_{};
    bool done_ = true;
};

/// The head of the pipe.
inline candidate_range candidates(const problem& p) { return candidate_range(p); }

/// Lets through what keeps every hard limit.
inline auto feasible() {
    return ranges::views::filter([](const considered& c) { return c.result.feasible(); });
}

namespace detail {
/// An objective over the candidates of one problem after the other: the terms it leaves out are those of the problem.
template <class Evaluator>
class objective_over {
  public:
    explicit objective_over(Evaluator e) : evaluator_(e) {}

    /// Whether the objective has all figures that it must have, and its hard limits are kept.
    bool knows(const considered& c) const { return value(c).feasible; }
    ranked operator()(const considered& c) const {
        ranked r{c.choice, c.result.outcome, c.result.verdict};
        r.set(standing_of(value(c)));
        return r;
    }

  private:
    auto value(const considered& c) const {
        if (c.of != problem_) {
            problem_ = c.of;
            left_out_ = c.of ? terms_left_out(*c.of, evaluator_) : 0u;
        }
        return evaluator_(c.result.outcome, left_out_);
    }
    Evaluator evaluator_;
    mutable const problem* problem_ = nullptr; // what left_out_ was worked out for
    mutable unsigned left_out_ = 0;
};
} // namespace detail

/// Adds the objective's value; what the objective excludes, by a hard limit or as a figure is unknown that it must have, does not get through. The
/// evaluator is copied into the pipe.
template <class Evaluator>
auto scored(Evaluator e) {
    const detail::objective_over<Evaluator> objective(e);
    return ranges::views::filter([objective](const considered& c) { return objective.knows(c); }) |
           ranges::views::transform(objective);
}

/// The sink: the n best, best first; of equals the earlier. O(candidates x n).
struct top {
    explicit top(unsigned n) : most(n) {}
    unsigned most;

    template <class Range>
    friend std::vector<ranked> operator|(Range&& all, top wanted) {
        std::vector<ranked> best;
        for (auto&& r : all) {
            unsigned long at = best.size();
            while (at > 0 && r.standing() < best[at - 1].standing()) --at;
            if (at == wanted.most) continue;
            best.insert(best.begin() + static_cast<long>(at), r);
            if (best.size() > wanted.most) best.pop_back();
        }
        return best;
    }
};

} // namespace uonaco::inline UONACO_ABI
