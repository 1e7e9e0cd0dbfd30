// SPDX-License-Identifier: Apache-2.0
// Calibration: moves a few constants until predictions meet measurements.
//
//   const auto predict = [](const run& r, const calibration& c) { return compute(r.on, r.task, c).step / r.measured; };
//   const auto found = fit(calibration{}, {&calibration::overlap, &calibration::exposed_tail}, runs, predict);
#pragma once

#include "../base/math.hpp"
#include "../base/result.hpp"
#include "../units/kinds.hpp"

#include <initializer_list>
#include <string>
#include <vector>

namespace uonaco::inline UONACO_ABI {

namespace fitting {

/// A number to be found within [low, high], low < high.
struct parameter {
    double start = 0;
    double low = 0;
    double high = 1;
    /// ((x - start) / freedom)^2 is paid as if that were one more row's squared error of one per cent; 0: nothing is paid.
    double freedom = 0;
};

struct options {
    double knee = 0.5;    ///< per cent: errors count squared below it, by their size above
    int starts = 3;       ///< places to begin from, of which the best end counts; the first is `start`
    int iterations = 60;  ///< of the descent, each
    double finest = 1e-4; ///< last step of the search that follows, of a parameter's range
};

struct minimum {
    std::vector<double> at{};
    double objective = 0; ///< mean of sqrt(e^2 + knee^2) over the rows, penalties added
    /// How far each may move, the others following, until predictions move by one per cent (root of the mean square);
    /// at most its range. Large: the rows do not determine it.
    std::vector<double> slack{};
};

namespace detail {

/// a x = b for a symmetric positive definite n x n matrix by Cholesky, in place: x stands in b. False if it is not.
inline bool solve(std::vector<double>& a, std::vector<double>& b) {
    const std::size_t n = b.size();
    for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t i = j; i < n; ++i) {
            double sum = a[i * n + j];
            for (std::size_t k = 0; k < j; ++k) sum -= a[i * n + k] * a[j * n + k];
            if (i > j)
                a[i * n + j] = sum / a[j * n + j];
            else if (sum > 0)
                a[j * n + j] = math::sqrt(sum);
            else
                return false;
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < i; ++k) b[i] -= a[i * n + k] * b[k];
        b[i] /= a[i * n + i];
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t k = i + 1; k < n; ++k) b[i] -= a[k * n + i] * b[k];
        b[i] /= a[i * n + i];
    }
    return true;
}

/// The state of one search. Parameters are handled as shares of their range, 0..1.
template <class Errors>
class search {
  public:
    search(const std::vector<parameter>& p, std::size_t rows, const Errors& errors, const options& o)
        : p_(p), rows_(rows), errors_(errors), o_(o), x_(p.size()), e_(rows) {}

    minimum run() {
        minimum best;
        for (int s = 0; s < (p_.empty() ? 1 : o_.starts); ++s) {
            std::vector<double> u = start(s);
            double f = objective(u);
            descend(u, f);
            explore(u, f);
            descend(u, f);
            if (s > 0 && !(f < best.objective)) continue;
            best.at = values(u);
            best.objective = f;
            best.slack = slack(u);
        }
        return best;
    }

  private:
    static constexpr int looks = 40;

    double range(std::size_t k) const { return p_[k].high - p_[k].low; }
    double share(std::size_t k, double x) const { return (x - p_[k].low) / range(k); }
    std::vector<double> values(const std::vector<double>& u) const {
        std::vector<double> x(u.size());
        for (std::size_t k = 0; k < u.size(); ++k)
            x[k] = uonaco::min(uonaco::max(p_[k].low + u[k] * range(k), p_[k].low), p_[k].high);
        return x;
    }
    /// The first is where it is told to; others lie halfway from there to points spread evenly (Halton's sequence).
    std::vector<double> start(int s) const {
        std::vector<double> u(p_.size());
        int prime = 1;
        for (std::size_t k = 0; k < u.size(); ++k) {
            u[k] = uonaco::min(uonaco::max(share(k, p_[k].start), 0.0), 1.0);
            const auto divides = [&](int d) { return prime % d == 0; };
            for (bool composite = true; composite;) {
                composite = false;
                ++prime;
                for (int d = 2; d * d <= prime && !composite; ++d) composite = divides(d);
            }
            if (s == 0) continue;
            double at = 0, digit = 1;
            for (int i = s; i > 0; i /= prime) at += (digit /= prime) * (i % prime);
            u[k] = (u[k] + at) / 2;
        }
        return u;
    }

    void errors_at(const std::vector<double>& u, std::vector<double>& e) {
        x_ = values(u);
        errors_(x_, e);
        for (double& x : e)
            if (!(math::abs(x) < 1e6)) x = 1e6;
    }
    double penalty(std::size_t k, double u) const {
        return p_[k].freedom > 0 ? (p_[k].low + u * range(k) - p_[k].start) / p_[k].freedom : 0.0;
    }
    double objective(const std::vector<double>& u) {
        errors_at(u, e_);
        double sum = 0;
        for (const double e : e_) sum += math::sqrt(e * e + o_.knee * o_.knee);
        for (std::size_t k = 0; k < u.size(); ++k) sum += penalty(k, u[k]) * penalty(k, u[k]);
        return sum / static_cast<double>(uonaco::max(static_cast<double>(rows_), 1.0));
    }
    /// Derivatives of all errors, one parameter a row; steps go inwards.
    std::vector<double> jacobian(const std::vector<double>& u, const std::vector<double>& e) {
        std::vector<double> j(u.size() * rows_), moved(rows_), v = u;
        for (std::size_t k = 0; k < u.size(); ++k) {
            const double h = u[k] < 0.5 ? 1e-6 : -1e-6;
            v[k] = u[k] + h;
            errors_at(v, moved);
            for (std::size_t i = 0; i < rows_; ++i) j[k * rows_ + i] = (moved[i] - e[i]) / h;
            v[k] = u[k];
        }
        return j;
    }

    /// Levenberg and Marquardt, each row's square weighed so that its sum is that of the sizes. f is the objective at u.
    void descend(std::vector<double>& u, double& f) {
        const std::size_t n = u.size();
        double damping = 1e-3;
        for (int step = 0; step < o_.iterations && n > 0; ++step) {
            std::vector<double> e(rows_);
            errors_at(u, e);
            const std::vector<double> j = jacobian(u, e);
            std::vector<double> weight(rows_), g(n), h(n * n);
            for (std::size_t i = 0; i < rows_; ++i) weight[i] = 1.0 / math::sqrt(e[i] * e[i] + o_.knee * o_.knee);
            for (std::size_t a = 0; a < n; ++a) {
                for (std::size_t i = 0; i < rows_; ++i) g[a] += weight[i] * j[a * rows_ + i] * e[i];
                for (std::size_t b = 0; b <= a; ++b) {
                    double sum = 0;
                    for (std::size_t i = 0; i < rows_; ++i) sum += weight[i] * j[a * rows_ + i] * j[b * rows_ + i];
                    h[a * n + b] = h[b * n + a] = sum;
                }
                if (p_[a].freedom > 0) {
                    const double slope = range(a) / p_[a].freedom;
                    g[a] += 2 * penalty(a, u[a]) * slope;
                    h[a * n + a] += 2 * slope * slope;
                }
            }
            // A parameter that does nothing, or that would leave its range, stands still.
            std::vector<std::size_t> free;
            for (std::size_t a = 0; a < n; ++a)
                if (h[a * n + a] > 0 && !(u[a] <= 0 && g[a] > 0) && !(u[a] >= 1 && g[a] < 0)) free.push_back(a);
            const double before = f;
            bool moved = false;
            for (int attempt = 0; attempt < 12 && !moved && !free.empty(); ++attempt) {
                const std::size_t m = free.size();
                std::vector<double> a(m * m), d(m), v = u;
                for (std::size_t r = 0; r < m; ++r) {
                    for (std::size_t c = 0; c < m; ++c) a[r * m + c] = h[free[r] * n + free[c]];
                    a[r * m + r] *= 1 + damping;
                    d[r] = -g[free[r]];
                }
                if (solve(a, d)) {
                    for (std::size_t r = 0; r < m; ++r)
                        v[free[r]] = uonaco::min(uonaco::max(u[free[r]] + d[r], 0.0), 1.0);
                    const double there = objective(v);
                    if (there < f) {
                        u = v;
                        f = there;
                        moved = true;
                    }
                }
                damping = moved ? uonaco::max(damping * 0.2, 1e-9) : damping * 5;
            }
            if (!moved || before - f < 1e-9 * before) return;
        }
    }

    /// What derivatives do not show: a look along each range, then steps across (Hooke and Jeeves).
    void explore(std::vector<double>& u, double& f) {
        for (std::size_t k = 0; k < u.size(); ++k) {
            double best = u[k];
            for (int i = 0; i < looks; ++i) {
                u[k] = (i + 0.5) / looks;
                const double there = objective(u);
                if (there < f) {
                    f = there;
                    best = u[k];
                }
            }
            u[k] = best;
        }
        for (double step = 0.1; step >= o_.finest; step *= 0.4) {
            bool better = true;
            for (int sweep = 0; better && sweep < 20; ++sweep) {
                const std::vector<double> before = u;
                const double f_before = f;
                for (std::size_t k = 0; k < u.size(); ++k) {
                    for (const double by : {step, -step}) {
                        const double old = u[k];
                        u[k] = uonaco::min(uonaco::max(old + by, 0.0), 1.0);
                        const double there = objective(u);
                        if (there < f) {
                            f = there;
                            break;
                        }
                        u[k] = old;
                    }
                }
                better = f < f_before * (1 - 1e-4);
                if (!better) break;
                std::vector<double> further(u.size());
                for (std::size_t k = 0; k < u.size(); ++k)
                    further[k] = uonaco::min(uonaco::max(2 * u[k] - before[k], 0.0), 1.0);
                const double there = objective(further);
                if (there < f) {
                    f = there;
                    u = further;
                }
            }
        }
    }

    /// From the inverse of the normal equations: with the others free to follow, one parameter's move of d changes the errors
    /// by d / sqrt(inverse(k, k)).
    std::vector<double> slack(const std::vector<double>& u) {
        const std::size_t n = u.size();
        std::vector<double> e(rows_);
        errors_at(u, e);
        const std::vector<double> j = jacobian(u, e);
        std::vector<double> h(n * n), far(n);
        const double rows = static_cast<double>(rows_);
        for (std::size_t a = 0; a < n; ++a)
            for (std::size_t b = 0; b < n; ++b) {
                for (std::size_t i = 0; i < rows_; ++i) h[a * n + b] += j[a * rows_ + i] * j[b * rows_ + i] / rows;
                if (a == b) h[a * n + b] += 1e-3; // keeps it invertible: 0.03 % over the whole range is nothing
            }
        for (std::size_t k = 0; k < n; ++k) {
            std::vector<double> a = h, unit(n);
            unit[k] = 1;
            far[k] = solve(a, unit) ? uonaco::min(math::sqrt(unit[k]), 1.0) * range(k) : range(k);
        }
        return far;
    }

    const std::vector<parameter>& p_;
    std::size_t rows_;
    const Errors& errors_;
    options o_;
    std::vector<double> x_;
    std::vector<double> e_;
};

} // namespace detail

/// The least mean of |error|, smooth around 0, plus penalties. `errors(x, e)` writes the relative errors of all rows, in per
/// cent, for the parameters x; what is not finite counts as very large. Deterministic. Takes about
/// starts x (2 iterations + 200) (parameters + 1) calls at most, mostly a fifth of that.
template <class Errors>
minimum minimise(const std::vector<parameter>& p, std::size_t rows, const Errors& errors, const options& o = {}) {
    for ([[maybe_unused]] const parameter& a : p) UONACO_ASSERT(a.low < a.high);
    return detail::search<Errors>(p, rows, errors, o).run();
}

} // namespace fitting

/// Which member of a record a fit may move, or of a part of it: {&calibration::overlap}, {&mine::network, &network::hop}.
/// Bounds may follow. Without them a ratio moves up to 1, anything else between a tenth and ten times its value (of 0, nothing).
template <class Record>
class knob {
  public:
    template <class K>
    knob(quantity<K> Record::*member)
        : member_(reinterpret_cast<any>(member)), reach_(reach<K>), ratio_(__is_same(K, units::kinds::ratio)) {}
    template <class K>
    knob(quantity<K> Record::*member, units::with_rep<quantity<K>, double> low,
         units::with_rep<quantity<K>, double> high)
        : knob(member) {
        bound(low.si(), high.si());
    }
    template <class Part, class K>
    knob(Part Record::*part, quantity<K> Part::*member)
        : part_(reinterpret_cast<any>(part)), member_(reinterpret_cast<any>(member)), reach_(reach_into<Part, K>),
          ratio_(__is_same(K, units::kinds::ratio)) {}
    template <class Part, class K>
    knob(Part Record::*part, quantity<K> Part::*member, units::with_rep<quantity<K>, double> low,
         units::with_rep<quantity<K>, double> high)
        : knob(part, member) {
        bound(low.si(), high.si());
    }

    double value(const Record& r) const {
        Record copy = r;
        return reach_(copy, *this, nullptr);
    }
    void turn(Record& r, double si) const { reach_(r, *this, &si); }
    double low(const Record& r) const { return bounded_ ? low_ : ratio_ ? uonaco::min(value(r), 1e-3) : value(r) / 10; }
    double high(const Record& r) const { return bounded_ ? high_ : ratio_ ? 1.0 : value(r) * 10; }

  private:
    using any = char Record::*; // every pointer to a member goes there and back unharmed
    template <class K>
    static double moved(quantity<K>& q, const double* to) {
        if (to) q = quantity<K>::from_si(*to);
        return q.si();
    }
    template <class K>
    static double reach(Record& r, const knob& k, const double* to) {
        return moved(r.*reinterpret_cast<quantity<K> Record::*>(k.member_), to);
    }
    template <class Part, class K>
    static double reach_into(Record& r, const knob& k, const double* to) {
        Part& part = r.*reinterpret_cast<Part Record::*>(k.part_);
        return moved(part.*reinterpret_cast<quantity<K> Part::*>(k.member_), to);
    }
    void bound(double low, double high) {
        low_ = low;
        high_ = high;
        bounded_ = true;
    }

    any part_ = nullptr;
    any member_;
    double (*reach_)(Record&, const knob&, const double* to);
    bool ratio_;
    bool bounded_ = false;
    double low_ = 0;
    double high_ = 0;
};

/// What a fit found of one knob, in the order they were given.
struct knob_setting {
    double value = 0;        ///< SI
    double slack = 0;        ///< how far it may move, others following, until predictions move by one per cent
    bool determined = false; ///< the slack is less than a quarter of its range; else hardly moved from where it was
};

template <class Record>
struct fitted {
    Record constants{};
    std::vector<knob_setting> knobs{};
    std::vector<units::ratio> errors{}; ///< of each measurement: predicted over measured, less 1
    units::ratio mean_error{};          ///< of their sizes

    bool determined() const {
        for (const auto& k : knobs)
            if (!k.determined) return false;
        return true;
    }
};

namespace detail {
template <class T>
struct as_given {
    using type = T;
};
} // namespace detail

/// Starts from `constants` and turns `knobs` until the mean of |predict(m, constants) - 1| over the measurements m is least;
/// `predict` gives the predicted figure over the measured one. What the measurements say nothing about keeps its value. Fails
/// with unknown_value where there is no measurement, with no_candidate where a knob has no range or, as it stands, no
/// prediction is positive. Some hundred calls of `predict` a measurement and knob.
template <class Record, class Measurements, class Predict>
result<fitted<Record>> fit(const Record& constants,
                           std::initializer_list<knob<typename detail::as_given<Record>::type>> knobs,
                           const Measurements& measurements, Predict&& predict) {
    std::vector<double> ratios;
    const auto ratios_with = [&](const Record& c) -> const std::vector<double>& {
        ratios.clear();
        for (const auto& m : measurements) ratios.push_back(units::factor(predict(m, c)).si());
        return ratios;
    };
    ratios_with(constants);
    if (ratios.empty()) return failure{errc::unknown_value, "measurements", 0, "a fit needs at least one"};
    for (std::size_t i = 0; i < ratios.size(); ++i)
        if (!(ratios[i] > 0) || !math::finite(ratios[i]))
            return failure{errc::no_candidate, "measurement " + std::to_string(i + 1), 0,
                           "predicted over measured is no positive number before anything is fitted"};
    const std::size_t rows = ratios.size();

    std::vector<fitting::parameter> parameters;
    for (const auto& k : knobs) {
        const double low = k.low(constants), high = k.high(constants);
        if (!(low < high))
            return failure{errc::no_candidate, "knob " + std::to_string(parameters.size() + 1), 0,
                           "it is 0 and has no bounds: state from where to where it may go"};
        // So weak a pull moves no figure that the measurements determine; it keeps the others where they are.
        parameters.push_back({k.value(constants), low, high, 3 * (high - low)});
    }
    const auto turned = [&](const std::vector<double>& x) {
        Record c = constants;
        std::size_t i = 0;
        for (const auto& k : knobs) k.turn(c, x[i++]);
        return c;
    };
    const auto errors = [&](const std::vector<double>& x, std::vector<double>& e) {
        const auto& r = ratios_with(turned(x));
        for (std::size_t i = 0; i < rows; ++i) e[i] = 100 * (r[i] - 1);
    };
    const auto best = fitting::minimise(parameters, rows, errors);

    fitted<Record> f;
    f.constants = turned(best.at);
    for (std::size_t i = 0; i < parameters.size(); ++i)
        f.knobs.push_back({best.at[i], best.slack[i], best.slack[i] < (parameters[i].high - parameters[i].low) / 4});
    double sum = 0;
    for (const double r : ratios_with(f.constants)) {
        f.errors.push_back(units::ratio(r - 1));
        sum += math::abs(r - 1);
    }
    f.mean_error = sum / static_cast<double>(rows);
    return f;
}

} // namespace uonaco::inline UONACO_ABI
