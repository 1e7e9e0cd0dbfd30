// SPDX-License-Identifier: Apache-2.0
// How near the library comes to published measurements, family by family and row by row.
#include "score.hpp"
#include "sheet.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <unistd.h>

namespace {

using namespace accuracy;

struct arguments {
    std::vector<std::string> tables{};
    std::string data = UONACO_ACCURACY_DATA;
    std::string family{};
    bool leave_one_out = false;
    bool constants = false;
    bool rows = false;
    format as = format::table;
};

struct misuse : std::runtime_error {
    using std::runtime_error::runtime_error;
};

std::string names_of_families() {
    std::string names;
    for (const family& f : families()) names += (names.empty() ? "" : ", ") + f.name;
    return names.empty() ? "there are none" : "there are " + names;
}

/// Exactly that name, else the longest that the table's name starts with.
const family& family_for(const std::string& name, const std::string& what) {
    const family* best = nullptr;
    for (const family& f : families())
        if (name.rfind(f.name, 0) == 0 && (!best || f.name.size() > best->name.size())) best = &f;
    if (!best) throw misuse(what + ": no family of this name (" + names_of_families() + "); --family NAME says which");
    return *best;
}
const family& family_named(const std::string& name) {
    for (const family& f : families())
        if (f.name == name) return f;
    throw misuse("--family " + name + ": no such family (" + names_of_families() + ")");
}

struct job {
    const family* of;
    table rows;
};

std::vector<job> jobs_of(const arguments& a) {
    std::vector<job> jobs;
    const family* const asked = a.family.empty() ? nullptr : &family_named(a.family);
    for (const std::string& path : a.tables) {
        table t = table::read(path);
        const family& f = asked ? *asked : family_for(t.name(), path);
        jobs.push_back({&f, std::move(t)});
    }
    if (a.tables.empty())
        for (const family& f : families())
            if (!asked || asked == &f) jobs.push_back({&f, table::read(a.data + "/" + f.name + ".csv")});
    return jobs;
}

/// Errors of all rows and of each group or subset of them, in the order in which those appear.
using parts = std::vector<std::pair<std::string, spread>>;
parts by(const std::vector<judged>& all, const std::string judged::*key) {
    std::vector<std::string> order;
    std::map<std::string, std::vector<double>> errors;
    for (const judged& j : all) {
        if ((j.*key).empty()) continue;
        auto& part = errors[j.*key];
        if (part.empty()) order.push_back(j.*key);
        part.push_back(j.error);
    }
    parts p;
    for (const std::string& name : order) p.emplace_back(name, spread::of(errors[name]));
    return p;
}
spread whole(const std::vector<judged>& all) {
    std::vector<double> errors;
    for (const judged& j : all) errors.push_back(j.error);
    return spread::of(errors);
}

std::vector<std::string> figures(const spread& s) {
    return {std::to_string(s.n), decimals(s.mean, 2), decimals(s.median, 2), decimals(s.p90, 2), decimals(s.max, 2)};
}

class report {
  public:
    explicit report(const arguments& a) : asked_(a) {
        errors_.columns = {{"family", false}, {"table", false}, {"rows of", false}, {"n"}, {"mean error %"}, {"median"},
                           {"p90"},           {"max"},          {"constants"}};
        if (a.leave_one_out) errors_.columns.insert(errors_.columns.end(), {{"left out: mean"}, {"max"}});
        groups_.columns = {
            {"family", false}, {"table", false}, {"left out", false}, {"n"}, {"mean error %"}, {"median"},
            {"p90"},           {"max"}};
        rows_.columns = {{"family", false}, {"table", false}, {"id", false}, {"subset", false},
                         {"group", false},  {"published"},    {"predicted"}, {"error %"}};
        if (a.leave_one_out) rows_.columns.push_back({"left out: error %"});
        constants_.columns = {{"family", false}, {"constant", false}, {"value"}, {"start"}, {"low"},
                              {"high"},          {"freedom"}};
        if (a.leave_one_out) constants_.columns.push_back({"refitted"});
    }

    void add(const job& j) {
        const family& f = *j.of;
        const std::string name = j.rows.name();
        const auto all = judge(f, j.rows, defaults(f));
        std::vector<judged> held_out;
        if (asked_.leave_one_out) {
            const bool seen = isatty(2);
            held_out = leave_one_out(f, j.rows, [&](std::size_t i, std::size_t n) {
                if (seen) std::fprintf(stderr, "\r%s: group %zu of %zu \r", name.c_str(), i, n);
            });
            if (seen) std::fputs("\033[K", stderr);
        }

        const auto line = [&](const std::string& of, const spread& s, const spread* out) {
            std::vector<std::string> cells{f.name, name, of};
            for (const auto& figure : figures(s)) cells.push_back(figure);
            cells.push_back(of == "all" ? std::to_string(f.fitted.size()) : "");
            if (out) cells.insert(cells.end(), {decimals(out->mean, 2), decimals(out->max, 2)});
            errors_.lines.push_back(cells);
        };
        std::vector<judged> fair; // left out, and there is something to predict them from
        std::copy_if(held_out.begin(), held_out.end(), std::back_inserter(fair),
                     [](const judged& r) { return !r.without_facts; });
        const spread out = whole(fair);
        line("all", whole(all), asked_.leave_one_out ? &out : nullptr);
        const parts fair_subsets = by(fair, &judged::subset);
        for (const auto& [subset, s] : by(all, &judged::subset)) {
            const auto found = std::find_if(fair_subsets.begin(), fair_subsets.end(),
                                            [&](const auto& part) { return part.first == subset; });
            line(subset, s, found == fair_subsets.end() ? nullptr : &found->second);
            if (asked_.leave_one_out && found == fair_subsets.end())
                errors_.lines.back().insert(errors_.lines.back().end(), {"cannot be", ""});
        }

        const auto group_line = [&](const std::string& of, const spread& s) {
            groups_.lines.push_back({f.name, name, of});
            for (const auto& figure : figures(s)) groups_.lines.back().push_back(figure);
        };
        for (const auto& [group, s] : by(held_out, &judged::group)) {
            const bool lacks = std::any_of(held_out.begin(), held_out.end(),
                                           [&](const judged& r) { return r.group == group && r.without_facts; });
            group_line(lacks ? group + ", not in the mean" : group, s);
        }
        if (fair.size() < held_out.size()) group_line("all, that too", whole(held_out));
        for (std::size_t i = 0; i < all.size(); ++i) {
            const judged& r = all[i];
            rows_.lines.push_back({f.name, name, r.id, r.subset, r.group, digits(r.published, 6),
                                   digits(r.predicted, 6), signed_error(r.error)});
            if (asked_.leave_one_out) rows_.lines.back().push_back(signed_error(held_out[i].error));
        }
        if (!asked_.leave_one_out && !shown_.insert(f.name).second) return;
        const accuracy::constants refitted =
            asked_.leave_one_out && asked_.constants ? fit(f, j.rows.rows) : defaults(f);
        std::size_t at = 0;
        for (const constant& c : f.fitted) {
            constants_.lines.push_back({f.name, c.name, digits(c.value, 9), digits(c.start, 6), digits(c.low, 6),
                                        digits(c.high, 6), c.freedom > 0 ? digits(c.freedom, 6) : "free"});
            if (asked_.leave_one_out) constants_.lines.back().push_back(digits(refitted[at++], 9));
        }
    }

    std::string text() const {
        std::string out = errors_.text(asked_.as);
        const auto also = [&](bool wanted, const sheet& s) {
            if (wanted) out += "\n" + s.text(asked_.as);
        };
        also(asked_.leave_one_out, groups_);
        also(asked_.rows, rows_);
        also(asked_.constants, constants_);
        return out;
    }

  private:
    static std::string signed_error(double e) { return (e > 0 ? "+" : "") + decimals(e, 2); }

    const arguments& asked_;
    sheet errors_, groups_, rows_, constants_;
    std::set<std::string> shown_;
};

} // namespace

int main(int argc, char** argv) {
    arguments a;
    CLI::App app{"How near the library comes to published measurements. A table's family is told by its file name."};
    app.add_option("TABLE", a.tables, "tables to predict; without one, those of --data")->type_name("FILE");
    app.add_option("--data", a.data, "folder of the tables, FAMILY.csv each")
        ->type_name("FOLDER")
        ->capture_default_str();
    app.add_option("--family", a.family, "take tables as this family's; without tables, show only it")
        ->type_name("NAME");
    app.add_flag("--only-nics", only_nics,
                 "predict sends between nodes from the NICs alone, without the rates stated of them");
    app.add_flag("--leave-one-out", a.leave_one_out, "refit without each group, and predict it");
    app.add_flag("--rows", a.rows, "show each row's error");
    app.add_flag("--constants", a.constants, "show the values of the fitted constants");
    app.add_option("--format", a.as, "table, csv or markdown")
        ->transform(CLI::CheckedTransformer(std::map<std::string, format>{
            {"table", format::table}, {"csv", format::csv}, {"markdown", format::markdown}}));
    app.footer("Exit status: 0 done, 2 a table is not acceptable, 3 usage.");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? 0 : 3;
    }
    try {
        report r(a);
        for (const job& j : jobs_of(a)) r.add(j);
        std::cout << r.text();
        return 0;
    } catch (const std::exception& e) { // a table that is not as its family needs it, or no family for it
        std::cerr << "bench_accuracy: " << e.what() << '\n';
        return 2;
    }
}
