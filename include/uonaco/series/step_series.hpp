// SPDX-License-Identifier: Apache-2.0
// A step function of time with prefix integrals: prices, carbon and green shares over the hours a job really runs. It may have gaps.
#pragma once

#include "../base/math.hpp"
#include "../units/instant.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI {

/// What stands beyond the first and the last step.
enum class beyond : unsigned char {
    unknown, ///< integrals that reach there are unknown
    hold,    ///< the nearest step goes on
    repeat,  ///< the whole span repeats, as a day follows a day
};

/// Piecewise constant Y(t) on [start, end): right-continuous steps. at() and integral() are O(log n), building is O(n).
/// Value type; concurrent reads are safe.
template <class Kind>
class step_series {
  public:
    using value_type = quantity<Kind>;
    using area_type = quantity<units::unnamed<Kind::dim * units::kinds::time>>;

    constexpr step_series() = default;
    constexpr explicit step_series(beyond b) : beyond_(b) {}

    /// Adds a step of the given length behind the last one. Preconditions: length > 0; the first call says where time starts.
    constexpr void append(instant from, units::duration length, value_type value) { add(from, length, value, 0.0); }
    /// The same where the value is not known: what touches such a step is not known either.
    constexpr void append_gap(instant from, units::duration length) { add(from, length, value_type{}, 1.0); }

    constexpr bool empty() const { return ends_.empty(); }
    constexpr unsigned long size() const { return ends_.size(); }
    constexpr instant start() const { return start_; }
    constexpr instant end() const { return empty() ? start_ : start_ + units::duration::from_si(ends_.back()); }
    constexpr beyond outside() const { return beyond_; }
    /// Unknown in a gap.
    constexpr maybe<value_type> step(unsigned long i) const {
        if (gaps_[i] > (i == 0 ? 0.0 : gaps_[i - 1])) return {};
        return value_type::from_si(values_[i]);
    }
    constexpr instant step_start(unsigned long i) const {
        return i == 0 ? start_ : start_ + units::duration::from_si(ends_[i - 1]);
    }
    constexpr units::duration step_length(unsigned long i) const {
        return units::duration::from_si(i == 0 ? ends_[0] : ends_[i] - ends_[i - 1]);
    }

    /// Mean over one span without its gaps. Unknown if nothing is known.
    constexpr maybe<value_type> mean() const {
        if (empty() || !(ends_.back() > gaps_.back())) return {};
        return value_type::from_si(areas_.back() / (ends_.back() - gaps_.back()));
    }

    /// The value at an instant.
    constexpr maybe<value_type> at(instant t) const {
        if (empty()) return {};
        double x = (t - start_).si();
        const double span = ends_.back();
        if (x < 0 || x >= span) {
            if (beyond_ == beyond::unknown) return {};
            if (beyond_ == beyond::hold) return step(x < 0 ? 0 : size() - 1);
            x -= span * math::floor(x / span);
        }
        return step(find(x));
    }

    /// What holds from an instant on, and for how long.
    struct stretch {
        maybe<value_type> value{};
        units::duration left{}; ///< until the step ends; means nothing where it is
        bool endless = false;
    };
    constexpr stretch stretch_at(instant t) const {
        if (empty()) return {{}, {}, true};
        double x = (t - start_).si();
        const double span = ends_.back();
        if (beyond_ == beyond::repeat) {
            x -= span * math::floor(x / span);
            if (!(x < span)) x = 0; // by rounding
        }
        if (x < 0) return {at(t), units::duration::from_si(-x), false};
        if (x >= span) return {at(t), {}, true};
        const unsigned long i = find(x);
        return {step(i), units::duration::from_si(ends_[i] - x), false};
    }

    /// Integral over [from, to]; unknown where it leaves the span and nothing is said about beyond, or where it meets more than a
    /// microsecond of gaps. Precondition: from <= to.
    constexpr maybe<area_type> integral(instant from, instant to) const {
        UONACO_ASSERT(from <= to);
        if (empty()) return {};
        const double a = (from - start_).si();
        const double b = (to - start_).si();
        if (beyond_ == beyond::unknown && (a < 0 || b > ends_.back())) return {};
        if (gaps_.back() > 0 && primitive(b, gaps_, gap_rate_at) - primitive(a, gaps_, gap_rate_at) > 1e-6) return {};
        return area_type::from_si(primitive(b, areas_, value_at) - primitive(a, areas_, value_at));
    }

    /// Mean over [from, to]; the value at `from` where both are the same.
    constexpr maybe<value_type> mean(instant from, instant to) const {
        const double length = (to - from).si();
        if (!(length > 0)) return at(from);
        const auto area = integral(from, to);
        if (!area) return {};
        return value_type::from_si(area->si() / length);
    }

    friend constexpr bool operator==(const step_series&, const step_series&) = default;

  private:
    constexpr void add(instant from, units::duration length, value_type value, double gap) {
        UONACO_ASSERT(length.si() > 0);
        UONACO_ASSERT(ends_.empty() || from == end());
        if (ends_.empty()) start_ = from;
        const double area = values_.empty() ? 0.0 : areas_.back();
        const double unknown = values_.empty() ? 0.0 : gaps_.back();
        ends_.push_back(ends_.empty() ? length.si() : ends_.back() + length.si());
        values_.push_back(value.si());
        areas_.push_back(area + value.si() * length.si());
        gaps_.push_back(unknown + gap * length.si());
    }
    static constexpr double value_at(const step_series& s, unsigned long i) { return s.values_[i]; }
    static constexpr double gap_rate_at(const step_series& s, unsigned long i) { return s.step(i).known() ? 0.0 : 1.0; }

    // The integral from start to start + x of what `area` holds up to each end, `height` within a step.
    template <class Height>
    constexpr double primitive(double x, const std::vector<double>& area, Height height) const {
        const double span = ends_.back();
        const auto inside = [&](double y) {
            const unsigned long i = find(y);
            return area[i] - (ends_[i] - y) * height(*this, i);
        };
        if (beyond_ == beyond::repeat) {
            const double turns = math::floor(x / span);
            return turns * area.back() + inside(x - turns * span);
        }
        if (x < 0) return x * height(*this, 0);
        if (x > span) return area.back() + (x - span) * height(*this, size() - 1);
        return inside(x);
    }
    // First step that ends after x; the last one at the very end.
    constexpr unsigned long find(double x) const {
        unsigned long low = 0;
        unsigned long high = ends_.size() - 1;
        while (low < high) {
            const unsigned long middle = (low + high) / 2;
            if (ends_[middle] > x)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    instant start_{};
    std::vector<double> ends_;   // from start_
    std::vector<double> values_; // SI
    std::vector<double> areas_;  // integral up to each end
    std::vector<double> gaps_;   // time up to each end in which nothing is known
    beyond beyond_ = beyond::unknown;
};

} // namespace uonaco::inline UONACO_ABI
