// SPDX-License-Identifier: Apache-2.0
// What every heuristic needs: assess a candidate, keep the best, remember what it beat and why others cannot be.
#pragma once

#include "candidates.hpp"
#include "describe.hpp"
#include "placement.hpp"

#include "../evaluate/evaluator.hpp"
#include "../evaluate/terms.hpp"

namespace uonaco::inline UONACO_ABI {

/// Full cost of the best candidate whose network is free and instant: what joint efficiency is measured against. Unknown if
/// none is feasible, and of a transfer, of which a network that is free and instant leaves nothing. O(device choices).
UONACO_LAZY
maybe<units::money> relaxed_cost(const problem& p) {
    if (p.what().is_transfer()) return {};
    maybe<units::money> least;
    candidate_stream stream(p, network_choice::left_out);
    candidate c;
    assessment a;
    while (stream.next(c)) {
        assess_relaxed(p.where(), p.what(), c, a);
        if (!a.feasible()) continue;
        if (!least || a.outcome.full_cost < *least) least = a.outcome.full_cost;
    }
    return least;
}

/// The relaxed cost over a full cost. At most 1: a relaxed candidate may also wait for cheaper hours, as the one it is compared with
/// did. Unknown unless both costs are positive.
constexpr maybe<units::ratio> joint_efficiency(const maybe<units::money>& relaxed, units::money full_cost) {
    if (!relaxed || !(relaxed->si() > 0) || !(full_cost.si() > 0)) return {};
    return units::min(units::ratio(*relaxed / full_cost), units::ratio(1.0));
}

/// Terms of the objective that must be left out for all, as some place that could be chosen has no figure for them. Bits.
/// O(pools x sites of a candidate).
template <class Evaluator>
unsigned terms_left_out(const problem& p, const Evaluator& e) {
    unsigned bits = 0;
    assessment a;
    candidate c;
    const auto look = [&] {
        assess_relaxed(p.where(), p.what(), c, a);
        if (a.structural == errc::none) bits |= e.ignorable(a.outcome);
    };
    const auto out_of_reach = [&](unsigned site) {
        return p.what().source && p.what().source.value != site && p.most_sites() < 2 && p.access(site, false).empty();
    };
    for (const auto pool : p.pools()) {
        if (p.most_devices(pool) < p.least_devices() || out_of_reach(p.where().facts(pool).site)) continue;
        c.clear();
        c.add(pool, 1);
        look();
    }
    for (const auto to : p.what().destinations) {
        if (out_of_reach(to.value)) continue;
        c.clear();
        c.destination = to;
        look();
    }
    return bits;
}

/// Whether what an hour is worth decides the ranking: full cost is all there is to the objective. O(terms).
template <class Evaluator>
bool ranks_by_full_cost(const Evaluator& e, unsigned left_out = 0) {
    bool any = false;
    for (int i = 0; i < e.size; ++i) {
        if (left_out & (1u << i) || !(e.weight(i) > 0)) continue;
        if (std::string(e.name(i)) != terms::full_cost::name) return false;
        any = true;
    }
    return any;
}

/// A search in progress. `offer` is called for each candidate; `finish` says what was found. Key orders candidates: lower is better.
template <class Evaluator, class Key = standing>
class search {
  public:
    search(const problem& p, const Evaluator& e, const char* heuristic) : problem_(&p), evaluator_(&e) {
        found_.heuristic = heuristic;
        found_.left_out = terms_left_out(p, e);
    }

    /// Assesses one candidate, keeps it if it is feasible and better. No allocation but for what is kept. True if feasible.
    bool offer(const candidate& c) requires __is_same(Key, standing) {
        return offer(c, [](const ranked& r) { return r.standing(); });
    }
    /// The same with a key of the caller's instead of the objective: lower is better.
    template <class KeyOf>
    bool offer(const candidate& c, KeyOf key) {
        assess(problem_->where(), problem_->what(), c, scratch_);
        return offer(c, scratch_, key);
    }
    /// The same of a candidate that is assessed already, by one walk for several searches.
    template <class KeyOf>
    bool offer(const candidate& c, const assessment& a, KeyOf key) {
        ++found_.compared;
        if (!a.feasible()) {
            remember_miss(c, a);
            if constexpr (__is_same(Key, standing)) remember_ruled_out(c, a);
            return false;
        }
        const auto score = (*evaluator_)(a.outcome, found_.left_out);
        if (!score.feasible) {
            remember_refusal(c, score);
            return false;
        }
        ++found_.feasible;
        ranked r{c, a.outcome, a.verdict};
        r.set(standing_of(score));
        const Key k = key(static_cast<const ranked&>(r));
        keep_front(r);
        keep_best(r, k);
        return true;
    }

    /// That candidates were left unseen: the placement or the refusal says so.
    void give_up() { found_.gave_up = true; }
    bool any() const { return found_.feasible > 0; }
    const ranked& best() const { return found_.best; }
    /// Completes the placement, or says why there is none: the limit missed by least, and the candidate that missed it.
    result<placement> finish() {
        if (!any()) return why_not();
        return finish(relaxed_cost(*problem_));
    }
    /// The same with relaxed_cost() of the problem, which takes its time.
    result<placement> finish(const maybe<units::money>& relaxed) {
        if (!any()) return why_not();
        found_.relaxed_cost = relaxed.value_or({});
        grade(found_.best);
        for (ranked& r : found_.alternatives) grade(r);
        for (ranked& r : found_.front) grade(r);
        if (ranks_by_full_cost(*evaluator_, found_.left_out)) find_switch_points();
        if (found_.ruled_out && !(found_.ruled_out->standing() < found_.best.standing())) found_.ruled_out = {};
        return found_;
    }

  private:
    static constexpr unsigned long kept = 5;

    void grade(ranked& r) const {
        r.outcome.joint_efficiency = joint_efficiency(found_.relaxed_cost, r.outcome.full_cost);
    }
    static bool same_kind(const candidate& a, const candidate& b) {
        if (a.size != b.size || !(a.destination == b.destination) || !(a.cut == b.cut)) return false;
        for (int i = 0; i < a.size; ++i)
            if (!(a.shares[i].pool == b.shares[i].pool)) return false;
        const int pairs = a.size * (a.size - 1) / 2;
        for (int i = 0; i < pairs; ++i)
            if (a.pairs[i].action != b.pairs[i].action || a.pairs[i].option != b.pairs[i].option) return false;
        return a.access.action == b.access.action && a.access.option == b.access.option;
    }
    void keep_best(const ranked& r, const Key& key) {
        if (found_.feasible == 1) {
            found_.best = r;
            best_key_ = key;
            return;
        }
        if (key < best_key_) {
            if (!same_kind(r.choice, found_.best.choice)) keep_alternative(found_.best, true);
            drop_alternative(r.choice);
            found_.best = r;
            best_key_ = key;
        } else if (!same_kind(r.choice, found_.best.choice)) {
            keep_alternative(r);
        }
    }
    void drop_alternative(const candidate& c) {
        auto& a = found_.alternatives;
        for (unsigned long i = 0; i < a.size(); ++i)
            if (same_kind(a[i].choice, c)) {
                a.erase(a.begin() + static_cast<long>(i));
                return;
            }
    }
    // Of equals the one found first stays in front.
    void keep_alternative(const ranked& r, bool found_first = false) {
        auto& a = found_.alternatives;
        const auto mine = r.standing();
        if (a.size() == kept && !(mine < a.back().standing())) return;
        for (unsigned long i = 0; i < a.size(); ++i) {
            if (!same_kind(a[i].choice, r.choice)) continue;
            if (!(mine < a[i].standing())) return;
            a.erase(a.begin() + static_cast<long>(i));
            break;
        }
        unsigned long at = a.size();
        while (at > 0 && (mine < a[at - 1].standing() || (found_first && mine == a[at - 1].standing()))) --at;
        a.insert(a.begin() + static_cast<long>(at), r);
        if (a.size() > kept) a.pop_back();
    }
    // The front in (cash, hours), sorted by hours.
    void keep_front(const ranked& r) {
        auto& f = found_.front;
        const auto cash = r.cash(problem_->what().value);
        const auto hours = r.hours();
        unsigned long at = 0;
        while (at < f.size() && f[at].hours() < hours) ++at;
        if (at > 0 && f[at - 1].cash(problem_->what().value) <= cash) return;
        if (at < f.size() && f[at].hours() == hours && f[at].cash(problem_->what().value) <= cash) return;
        unsigned long end = at;
        while (end < f.size() && f[end].cash(problem_->what().value) >= cash) ++end;
        f.erase(f.begin() + static_cast<long>(at), f.begin() + static_cast<long>(end));
        f.insert(f.begin() + static_cast<long>(at), r);
    }
    // Costs are lines in the value of time; the nearest crossings on both sides of today's value. Of what differs by less than a
    // millionth of the full cost, such as the energy of a slower transfer, there is nothing to decide.
    void find_switch_points() {
        const valuation& v = problem_->what().value;
        const double least = 1e-6 * math::abs(found_.best.outcome.full_cost.si());
        const units::duration mine = found_.best.hours();
        const units::money cash = found_.best.cash(v);
        for (const ranked& r : found_.front) {
            const units::duration theirs = r.hours();
            if (theirs == mine || math::abs((r.cash(v) - cash).si()) < least) continue;
            const auto at = units::price_rate((r.cash(v) - cash) / (mine - theirs));
            if (!(at.si() > 0)) continue;
            if (theirs > mine && at < v.value_of_time && (!found_.below || at > found_.below->value_of_time))
                found_.below = switch_point{at, r};
            if (theirs < mine && at > v.value_of_time && (!found_.above || at < found_.above->value_of_time))
                found_.above = switch_point{at, r};
        }
    }

    void remember_miss(const candidate& c, const assessment& a) {
        if (a.structural != errc::none) {
            if (nearest_reason_ == errc::none) nearest_reason_ = a.structural;
            return;
        }
        const int b = a.verdict.binding();
        const double margin = b == limit_count ? -1e9 : static_cast<double>(*a.verdict.margin[b]);
        if (has_miss_ && margin <= miss_margin_) return;
        has_miss_ = true;
        miss_margin_ = margin;
        miss_ = {c, a.outcome, a.verdict};
        nearest_reason_ = a.verdict.reason();
    }
    // The best of what works, but fails a limit that is set and could be set otherwise.
    void remember_ruled_out(const candidate& c, const assessment& a) {
        const verdict& v = a.verdict;
        if (a.structural != errc::none || v.unverifiable != 0 || v.failed(limit::memory) || v.failed(limit::load))
            return;
        const auto score = (*evaluator_)(a.outcome, found_.left_out);
        if (!score.feasible) return;
        const auto mine = standing_of(score);
        if (found_.ruled_out && !(mine < found_.ruled_out->standing())) return;
        ranked r{c, a.outcome, a.verdict};
        r.set(mine);
        found_.ruled_out = r;
    }
    // What kept every limit of the workload, but not the objective's: the one nearest to that.
    template <class Score>
    void remember_refusal(const candidate& c, const Score& score) {
        int tightest = -1;
        if constexpr (requires { evaluator_->role(0); })
            for (int i = 0; i < evaluator_->size; ++i)
                if (evaluator_->role(i) == term_role::hard && !score.unknown[i] && score.margins[i] < 0.0 &&
                    (tightest < 0 || score.margins[i] < score.margins[tightest]))
                    tightest = i;
        if (tightest < 0) {
            lacks_figure_ = true;
            return;
        }
        const double margin = score.margins[tightest];
        if (refused_by_ >= 0 && margin <= refusal_margin_) return;
        refused_by_ = tightest;
        refusal_margin_ = margin;
        refused_ = c;
    }
    // Each limit that the nearest miss does not keep, in its own units; and whether to relax it would do.
    std::string failed_limits() const {
        std::string text;
        int failed = 0;
        bool can_relax = miss_.verdict.unverifiable == 0 && (*evaluator_)(miss_.outcome, found_.left_out).feasible;
        for (int i = 0; i < limit_count; ++i) {
            const limit l = static_cast<limit>(i);
            if (!miss_.verdict.failed(l) && !miss_.verdict.unverified(l)) continue;
            text += text.empty() ? "" : "; ";
            if (!miss_.verdict.failed(l)) {
                text += std::string(to_string(l)) + ": a limit is set, but a figure that it takes is not known";
                continue;
            }
            ++failed;
            const double short_by = -static_cast<double>(*miss_.verdict[l]);
            text += describe(l, miss_.outcome, problem_->asked());
            if (short_by < 100 && l != limit::attainment && has_size(l))
                text += ": " + detail::percent(short_by) + " too far";
            can_relax = can_relax && l != limit::memory && l != limit::load && l != limit::attainment;
        }
        if (failed == 1 && can_relax) text += "; no other limit fails: with this one relaxed so far it is feasible";
        return text;
    }
    // A margin relative to nothing is none.
    bool has_size(limit l) const {
        const limits& set = problem_->asked().limits;
        switch (l) {
        case limit::budget: return set.budget->si() > 0;
        case limit::carbon: return set.carbon->si() > 0;
        case limit::deadline: return set.deadline->si() > 0;
        case limit::power: return set.power->si() > 0;
        case limit::availability: return *set.availability < 1.0;
        default: return true;
        }
    }
    // The nearest miss and what would make it feasible; without one, what is short before any formula is asked.
    failure why_not() const {
        failure f{
            nearest_reason_ == errc::none ? errc::no_candidate : nearest_reason_, problem_->asked().id.text, 0.0, {}};
        f.tried = found_.compared;
        if (refused_by_ >= 0) {
            f.code = errc::objective_limit;
            f.margin = refusal_margin_;
            f.detail = "nearest miss: " + describe(*problem_, refused_) + "; the objective's limit on " +
                       evaluator_->name(refused_by_) + ": " + detail::percent(-refusal_margin_) + " too far";
            return f;
        }
        if (lacks_figure_) {
            f.code = errc::unknown_value;
            f.detail =
                "what keeps every limit lacks a figure that the objective cannot do without, or costs no finite number";
            return f;
        }
        if (has_miss_) {
            f.margin = min(0.0, miss_margin_);
            f.detail = "nearest miss: " + describe(*problem_, miss_.choice) + "; " + failed_limits();
        } else {
            say_what_is_short(f);
        }
        if (found_.gave_up)
            f.detail +=
                "; given up after " + detail::grouped(found_.compared) + " candidates, exhaustive looks at all of them";
        return f;
    }
    // Before any candidate, or in the first of them.
    void say_what_is_short(failure& f) const {
        const request& r = problem_->what();
        const workload& w = problem_->asked();
        if (r.is_transfer()) {
            if (!r.destinations.empty()) return say_how_far(f);
            f.detail = "no site that is allowed and secure enough has room for the data";
            return;
        }
        if (r.pools.empty()) {
            f.detail =
                "no pool at an allowed site has the device type, model, memory, precision and isolation asked for";
            return;
        }
        const units::count unit = problem_->unit();
        const units::count least = problem_->least_devices();
        if (w.devices.count < least) {
            f.detail = w.devices.count < w.devices.least() || unit == 1
                           ? "at most " + detail::grouped(w.devices.count) + " devices are asked for, at least " +
                                 detail::grouped(least)
                           : "at most " + detail::grouped(w.devices.count) +
                                 " devices are asked for, and whole replicas of " + detail::grouped(unit) +
                                 " that are enough take " + detail::grouped(least);
            return;
        }
        const std::string needed = detail::grouped(least) + " devices are needed" +
                                   (unit > 1 ? ", in replicas of " + detail::grouped(unit) + ", " : ", ");
        units::count free = 0, powered = 0;
        for (const auto p : problem_->pools()) {
            free += whole(problem_->where().free_devices(p));
            powered += problem_->room(p);
        }
        const auto lacks = [&](errc code, units::count there) {
            f.code = code;
            f.margin = static_cast<double>(there - least) / static_cast<double>(least);
        };
        if (free < least) {
            lacks(errc::over_capacity, free);
            f.detail = needed + detail::grouped(free) + " that would do are free at all allowed sites together";
        } else if (powered < least) {
            lacks(errc::over_power, powered);
            f.detail = needed + detail::grouped(free) + " that would do are free, and their sites have power for " +
                       detail::grouped(powered);
        } else if (const units::count most = problem_->most_devices(); most < least) {
            lacks(errc::over_capacity, most);
            f.detail = needed + "a placement takes one pool a site, at up to " +
                       std::to_string(problem_->most_sites()) + " sites" +
                       (w.devices.one_model && problem_->most_sites() > 1 ? " of one model" : "") +
                       ", and no such set has more than " + detail::grouped(most) + " free";
        } else {
            say_how_far(f);
        }
    }
    // There are places enough: it is the network.
    void say_how_far(failure& f) const {
        const request& r = problem_->what();
        if (f.code == errc::isolation && r.source_refusal == errc::isolation) {
            f.detail = problem_->where().world().sites[r.source.value].id.text +
                       ", from where data or requests come, is less secure than asked";
            return;
        }
        if (f.code == errc::over_power && problem_->where().power_varies()) {
            f.detail = r.is_service() ? "in some hours the sites with enough devices may not draw what it takes"
                                      : "in some hours of the run the sites with enough devices may not draw even what "
                                        "devices draw when idle, or so little that it is never done";
            return;
        }
        const char* places = r.is_transfer() ? "any destination" : "any site with enough devices";
        if (r.source && out_of_reach()) {
            const std::string offered = offered_from_source();
            const bool linked = linked_at_all();
            f.code = !offered.empty() ? errc::isolation : linked ? errc::over_capacity : errc::unreachable;
            f.detail = std::string("no connection from ") + problem_->where().world().sites[r.source.value].id.text +
                       " to " + places +
                       (!offered.empty() ? less_secure(offered)
                        : linked         ? " has rate left"
                                         : ": no links lead there");
            return;
        }
        if (const std::string offered = offered_between(); !offered.empty()) {
            f.code = errc::isolation;
            f.detail = "no connection between sites that have the devices together" + less_secure(offered);
            return;
        }
        f.detail = std::string("no set of up to ") + std::to_string(problem_->most_sites()) +
                   " sites that has the devices has the connections as well (" + to_string(f.code) + ")";
    }
    units::count whole(units::count devices) const { return devices / problem_->unit() * problem_->unit(); }
    template <class Visit>
    void each_place(Visit visit) const {
        for (const auto p : problem_->pools())
            if (problem_->most_devices(p) >= problem_->least_devices()) visit(problem_->where().facts(p).site);
        for (const auto to : problem_->what().destinations) visit(to.value);
    }
    // Nothing that the workload may use leads from the source to where it could run.
    bool out_of_reach() const {
        bool none = true;
        each_place([&](unsigned site) {
            none = none && site != problem_->what().source.value && problem_->access(site, false).empty();
        });
        return none;
    }
    std::string less_secure(const std::string& offered) const {
        return " is as secure as asked: " + in_words(problem_->asked().security) +
               " are asked, what has rate left offers " + offered;
    }
    static std::string in_words(security s) {
        return (s.encryption == encryption::none ? std::string("no") : std::string(to_string(s.encryption))) +
               " encryption and " + to_string(s.isolation) + " isolation";
    }
    // What the ways between two sites offer that would do, were they more secure.
    void add_offered(std::string& offered, unsigned from, unsigned to, bool both_ways) const {
        for (const path_option& o : problem_->where().options(from, to)) {
            if ((both_ways && !o.both_ways) || o.security.covers(problem_->asked().security)) continue;
            const std::string words = in_words(o.security);
            if (offered.find(words) == std::string::npos) offered += (offered.empty() ? "" : " or ") + words;
        }
    }
    // Precondition: nothing that the workload may use leads from the source.
    std::string offered_from_source() const {
        std::string offered;
        const unsigned from = problem_->what().source.value;
        each_place([&](unsigned site) { add_offered(offered, from, site, problem_->what().is_service()); });
        return offered;
    }
    // Empty as well where some pair of sites is connected securely enough.
    std::string offered_between() const {
        std::string offered;
        if (problem_->most_sites() < 2) return offered;
        const auto site = [&](row<pool_tag> p) { return problem_->where().facts(p).site; };
        for (const auto a : problem_->pools())
            for (const auto b : problem_->pools()) {
                if (site(a) == site(b)) continue;
                if (!problem_->between(site(a), site(b), false).empty()) return {};
                add_offered(offered, site(a), site(b), true);
            }
        return offered;
    }
    // Whether links would lead there if nobody else used them.
    bool linked_at_all() const {
        const topology& net = problem_->where().net();
        dijkstra paths;
        std::vector<unsigned char> usable;
        for (const unsigned link : net.edge_link) usable.push_back(net.links[link].usable);
        paths.run(net.net, net.edge_delay, problem_->what().source.value, no_node, usable);
        bool any_path = false;
        each_place([&](unsigned site) { any_path = any_path || paths.reached(site); });
        return any_path;
    }

    const problem* problem_;
    const Evaluator* evaluator_;
    placement found_{};
    Key best_key_{};
    assessment scratch_{};
    bool has_miss_ = false;
    double miss_margin_ = 0.0;
    ranked miss_{};
    errc nearest_reason_ = errc::none;
    int refused_by_ = -1; ///< the objective's hard limit that the nearest such candidate fails
    double refusal_margin_ = 0.0;
    candidate refused_{};
    bool lacks_figure_ = false; ///< some candidate kept every limit, but a term excludes it
};

} // namespace uonaco::inline UONACO_ABI
