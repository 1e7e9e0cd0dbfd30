// SPDX-License-Identifier: Apache-2.0
#include "candidates.hpp"
#include "desk.hpp"
#include "outcome_figures.hpp"
#include "policies.hpp"
#include "text.hpp"
#include "verbs.hpp"

#include <uonaco/place/search.hpp>

#include <algorithm>

namespace program {

namespace {

/// A candidate with its score, or with the reason why it cannot be.
struct judged {
    uonaco::ranked what{};
    objective::score score{};
    std::string reason{};
};

/// Ranks what it is shown, and counts what is not feasible by its reason.
class judge {
  public:
    judge(const uonaco::problem& p, const objective& wanted, unsigned long keep)
        : problem_(p), wanted_(wanted), keep_(keep), left_out_(uonaco::terms_left_out(p, wanted)),
          relaxed_(uonaco::relaxed_cost(p)) {}

    /// With `named`, what is not feasible is kept too: somebody asked for it.
    void look_at(const uonaco::candidate& c, bool named) {
        ++compared;
        uonaco::assess(problem_.where(), problem_.what(), c, scratch_);
        judged j{{c, scratch_.outcome, scratch_.verdict}, {}, {}};
        if (!scratch_.feasible()) {
            j.reason = to_string(scratch_.reason());
        } else {
            j.score = wanted_(scratch_.outcome, left_out_);
            if (!j.score.feasible) j.reason = refusal(j.score);
        }
        if (!j.reason.empty()) {
            count(j.reason);
            if (!named) return;
            if (scratch_.structural != uonaco::errc::none) j.what.outcome = {};
        } else {
            ++feasible;
        }
        j.what.set(uonaco::standing_of(j.score));
        if (relaxed_ && relaxed_->si() > 0 && j.what.outcome.full_cost.si() > 0)
            j.what.outcome.joint_efficiency = uonaco::units::ratio(*relaxed_ / j.what.outcome.full_cost);
        keep(j);
    }

    std::vector<judged> ranking{};
    std::vector<std::pair<std::string, long long>> reasons{};
    long long compared = 0;
    long long feasible = 0;
    std::string why_none{}; ///< where there was nothing to compare

  private:
    void count(const std::string& reason) {
        for (auto& [name, n] : reasons)
            if (name == reason) {
                ++n;
                return;
            }
        reasons.emplace_back(reason, 1);
    }
    /// A hard limit of the objective's, or a figure that it must have.
    const char* refusal(const objective::score& s) const {
        for (int i = 0; i < wanted_.size; ++i)
            if (wanted_.role(i) == uonaco::term_role::hard && !s.unknown[i] && s.margins[i] < 0.0)
                return to_string(uonaco::errc::objective_limit);
        return to_string(uonaco::errc::unknown_value);
    }
    static bool before(const judged& a, const judged& b) {
        if (a.reason.empty() != b.reason.empty()) return a.reason.empty();
        return a.what.standing() < b.what.standing();
    }
    void keep(const judged& j) {
        const auto at = std::upper_bound(ranking.begin(), ranking.end(), j, before);
        if (keep_ > 0 && ranking.size() == keep_ && at == ranking.end()) return;
        ranking.insert(at, j);
        if (keep_ > 0 && ranking.size() > keep_) ranking.pop_back();
    }

    const uonaco::problem& problem_;
    const objective& wanted_;
    unsigned long keep_;
    unsigned left_out_;
    uonaco::maybe<uonaco::units::money> relaxed_;
    uonaco::assessment scratch_{};
};

/// Terms with a column each: none if there is but one, and hard limits add nothing.
std::vector<int> parts_of(const objective& wanted) {
    std::vector<int> parts;
    for (int i = 0; i < wanted.size && wanted.size > 1; ++i)
        if (wanted.role(i) != uonaco::term_role::hard) parts.push_back(i);
    return parts;
}

table table_of(const judge& all, const uonaco::problem& p, const objective& wanted) {
    table t;
    t.columns = {words_column("workload"), count_column("rank")};
    t.columns[0].shown = false;
    t.columns.push_back(words_column("status"));
    t.columns.push_back(count_column("objective"));
    const std::vector<int> parts = parts_of(wanted);
    for (const int i : parts) {
        const bool soft = wanted.role(i) == uonaco::term_role::soft;
        t.columns.push_back(count_column(wanted.name(i) + std::string(soft ? " penalty" : " term")));
        std::string& key = t.columns.back().key;
        std::replace(key.begin(), key.end(), ' ', '_');
        const auto same = [&](const column& c) { return &c != &t.columns.back() && c.key == key; };
        for (char n = '2'; std::any_of(t.columns.begin(), t.columns.end(), same); ++n) key += std::string("_") + n;
    }
    add_outcome_columns(t.columns);
    t.columns.push_back(words_column("candidate"));

    long long rank = 0;
    for (const judged& j : all.ranking) {
        const bool feasible = j.reason.empty();
        row r{{shown(p.asked().id.text)}, feasible ? style::plain : style::faint};
        r.figures.push_back(feasible ? shown(++rank) : figure{});
        r.figures.push_back(shown(feasible ? "feasible" : j.reason));
        r.figures.push_back(feasible ? shown(uonaco::units::factor(j.what.objective)) : figure{});
        for (const int i : parts)
            r.figures.push_back(feasible && !j.score.unknown[i] ? shown(j.score.parts[i]) : figure{});
        add_outcome_figures(r.figures, j.what.outcome.time.completion.si() > 0 ? &j.what.outcome : nullptr);
        r.figures.push_back(shown(describe(p, j.what.choice)));
        t.rows.push_back(r);
    }
    t.columns[2].shown = rank < static_cast<long long>(t.rows.size());
    t.columns[3].shown = !wanted.is_full_cost(); // which has a column of its own
    return t;
}

std::string summary(const judge& all) {
    if (!all.why_none.empty()) return "there is no candidate: " + all.why_none;
    std::string text = std::to_string(all.feasible) + " of " +
                       counted(static_cast<unsigned long>(all.compared), "candidate") +
                       (all.feasible == 1 ? " is feasible" : " are feasible");
    std::vector<std::string> why;
    for (const auto& [reason, n] : all.reasons) why.push_back(std::to_string(n) + " " + reason);
    if (!why.empty()) text += "; not feasible: " + joined(why);
    return text;
}

/// Shows the judge every candidate, or those named. Fails where one that is named is none.
uonaco::errc show(judge& all, const uonaco::problem& p, const arguments& args, const objective& wanted,
                  std::string& why) {
    if (args.candidates.empty()) {
        uonaco::for_each_candidate(p, [&](const uonaco::candidate& c) { all.look_at(c, false); });
        if (all.compared > 0) return uonaco::errc::none;
        const auto none = place_one(policy::exhaustive, p, wanted); // which says what is short
        if (!none) all.why_none = std::string(to_string(none.error().code)) + ": " + none.error().detail;
        return uonaco::errc::none;
    }
    for (const std::string& text : args.candidates) {
        const auto spec = parse_candidate(text, p);
        if (!spec) {
            why = spec.error().detail;
            return spec.error().code;
        }
        const auto named = with_networks(*spec, p);
        if (named.empty()) {
            why = "the sites of '" + text + "' cannot be connected" +
                  (spec->only == uonaco::network_action::none ? "" : std::string(" by ") + to_string(spec->only));
            return uonaco::errc::unreachable;
        }
        for (const auto& c : named) all.look_at(c, true);
    }
    return uonaco::errc::none;
}

void add_json(uonaco::io::document& d, const judge& all, const table& t, const uonaco::problem& p) {
    d.open_object();
    d.key("workload").string(p.asked().id.text);
    d.key("compared").integer(all.compared);
    d.key("feasible").integer(all.feasible);
    d.key("infeasible").open_object();
    for (const auto& [reason, n] : all.reasons) d.key(reason).integer(n);
    d.close();
    if (!all.why_none.empty()) d.key("reason").string(all.why_none);
    d.key("candidates").open_array();
    add_rows(d, t);
    d.close();
    d.close();
}

} // namespace

answer evaluate(desk& d) {
    answer a;
    uonaco::io::document json;
    json.open_object();
    json.key("kind").string("evaluation");
    json.key("profile").string(d.profile);
    json.key("workloads").open_array();
    std::string csv;
    progress meter(d.screen, "evaluate", d.workloads.size());
    for (const uonaco::workload& w : d.workloads) {
        meter.step(w.id.text);
        const auto p = d.problem_of(w);
        if (!p) return no(p.error().detail, d.screen);
        judge all(*p, d.wanted, static_cast<unsigned long>(d.args.top));
        std::string why;
        if (show(all, *p, d.args, d.wanted, why) != uonaco::errc::none) return no(why, d.screen);
        if (all.feasible == 0) a.status = exit_status::negative;

        const table t = table_of(all, *p, d.wanted);
        add_json(json, all, t, *p);
        const std::string part = as_csv(t);
        csv += csv.empty() ? part : part.substr(part.find('\n') + 1);
        if (!a.out.empty()) a.out += "\n";
        a.out += hanging(printable(w.id.text) + ": ", "candidates by profile " + d.profile, d.screen, style::strong) +
                 "\n" + as_text(t, d.screen) + "\n" + hanging("  ", summary(all), d.screen);
    }
    json.close();
    json.close();
    if (d.args.format == output_format::json) a.out = text_of(json);
    if (d.args.format == output_format::csv) a.out = csv;
    return a;
}

} // namespace program
