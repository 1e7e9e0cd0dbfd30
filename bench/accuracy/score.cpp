// SPDX-License-Identifier: Apache-2.0
#include "score.hpp"

#include <uonaco/model/fit.hpp>

#include <algorithm>
#include <cmath>
#include <map>

namespace accuracy {

namespace {
double error_of(const family& f, const row& r, const constants& c) {
    const double published = r.number("published");
    return 100 * (f.predict(r, c) - published) / std::abs(published);
}

judged judge(const family& f, const row& r, const constants& c) {
    judged j;
    j.id = r.id();
    j.group = f.group ? f.group(r) : r.id();
    if (f.subset) j.subset = f.subset(r);
    j.without_facts = f.without_facts && f.without_facts(r);
    j.published = r.number("published");
    j.predicted = f.predict(r, c);
    if (!std::isfinite(j.predicted))
        r.fail("id", "no finite prediction for '" + j.id + "': is a figure of it 0, or absurd?");
    j.error = 100 * (j.predicted - j.published) / std::abs(j.published);
    return j;
}

std::vector<row> scored(const std::vector<row>& all) {
    std::vector<row> rows;
    std::copy_if(all.begin(), all.end(), std::back_inserter(rows), [](const row& r) { return r.scored(); });
    return rows;
}
} // namespace

spread spread::of(std::vector<double> errors) {
    spread s;
    s.n = errors.size();
    if (errors.empty()) return s;
    for (double& e : errors) s.mean += (e = std::abs(e)) / static_cast<double>(s.n);
    std::sort(errors.begin(), errors.end());
    s.median = (errors[(s.n - 1) / 2] + errors[s.n / 2]) / 2;
    s.p90 = errors[(9 * s.n + 9) / 10 - 1];
    s.max = errors.back();
    return s;
}

std::vector<judged> judge(const family& f, const table& t, const constants& c) {
    std::vector<judged> all;
    for (const row& r : scored(t.rows)) all.push_back(judge(f, r, c));
    if (all.empty()) throw bad_table(t.head->path + ": no row has a number in column 'published'");
    return all;
}

constants defaults(const family& f) {
    constants c;
    for (const constant& a : f.fitted) c.push_back(a.value);
    return c;
}

constants fit(const family& f, const std::vector<row>& all) {
    const std::vector<row> rows = scored(all);
    std::vector<uonaco::fitting::parameter> parameters;
    for (const constant& a : f.fitted) parameters.push_back({a.start, a.low, a.high, a.freedom});
    const auto errors = [&](const constants& x, std::vector<double>& e) {
        for (std::size_t i = 0; i < rows.size(); ++i) e[i] = error_of(f, rows[i], x);
    };
    return uonaco::fitting::minimise(parameters, rows.size(), errors, {.starts = 1}).at;
}

std::vector<judged> leave_one_out(const family& f, const table& t,
                                  const std::function<void(std::size_t, std::size_t)>& progress) {
    const std::vector<row> rows = scored(t.rows);
    std::map<std::string, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < rows.size(); ++i) groups[f.group ? f.group(rows[i]) : rows[i].id()].push_back(i);
    std::vector<judged> all(rows.size());
    std::size_t number = 0;
    for (const auto& [name, left_out] : groups) {
        if (progress) progress(++number, groups.size());
        std::vector<row> others;
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (std::find(left_out.begin(), left_out.end(), i) == left_out.end()) others.push_back(rows[i]);
        const constants c = fit(f, others);
        for (const std::size_t i : left_out) all[i] = judge(f, rows[i], c);
    }
    return all;
}

} // namespace accuracy
