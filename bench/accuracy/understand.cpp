// SPDX-License-Identifier: Apache-2.0
#include "understand.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>

namespace accuracy {

namespace {

std::optional<double> number_in(const std::string& text) {
    char* end = nullptr;
    const double x = std::strtod(text.c_str(), &end);
    if (end == text.c_str() || x - x != 0) return {};
    while (*end == ' ' || *end == '\t') ++end;
    if (*end != '\0') return {};
    return x;
}

std::string shown(double x) {
    char text[32];
    std::snprintf(text, sizeof text, "%.17g", x);
    return text;
}
std::string brief(double x) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", x);
    return text;
}

void replace(std::string& text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

std::size_t edits(const std::string& a, const std::string& b) {
    std::vector<std::size_t> before(b.size() + 1), now(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) before[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j)
            now[j] = std::min({before[j] + 1, now[j - 1] + 1, before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
        std::swap(before, now);
    }
    return before[b.size()];
}

std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i)
        text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
    return text;
}

bool blank(const std::string& cell) { return cell.find_first_not_of(" \t") == std::string::npos; }

/// A cell in the family's spelling, or what was expected.
struct reading {
    std::optional<std::string> value{};
    std::string expected{};
    std::string hint{};
};

std::string wanted(const known_column& c) {
    if (c.type == cell_type::flag) return "true or false";
    std::string of = c.type == cell_type::whole ? "a whole number" : "a number";
    if (c.least > -unbounded && c.most < unbounded)
        return of + (c.least == c.most ? ": only " + brief(c.least) + " is modelled"
                                       : " from " + brief(c.least) + " to " + brief(c.most));
    if (c.least > -unbounded)
        of += c.type == cell_type::whole ? " from " + brief(c.least) + " on" : " above " + brief(c.least);
    return of;
}

reading read_word(const known_column& c, const std::string& cell) {
    const std::string written = folded(cell);
    std::vector<std::string> all, words;
    for (const known_word& w : c.words) {
        if (*w.word != '\0') words.push_back(w.word);
        for (const char* spelled : w.also) {
            all.push_back(spelled);
            if (folded(spelled) == written) return {w.word};
        }
        all.push_back(w.word);
        if (folded(w.word) == written) return {w.word};
    }
    return {{}, listed(words), did_you_mean(cell, all)};
}

reading read_cell(const known_column& c, const std::string& cell) {
    if (c.type == cell_type::text) return {cell};
    if (c.type == cell_type::word) return read_word(c, cell);
    if (c.type == cell_type::flag) {
        const std::string s = folded(cell);
        if (s == "1" || s == "true" || s == "yes" || s == "on") return {"1"};
        if (s == "0" || s == "false" || s == "no" || s == "off") return {"0"};
        if (const auto x = number_in(cell); x && (*x == 0 || *x == 1)) return {*x == 1 ? "1" : "0"};
        return {{}, wanted(c)};
    }
    const auto x = number_in(cell);
    const bool open = c.type == cell_type::number && c.most == unbounded; // least itself is out
    if (!x || *x < c.least || *x > c.most || (open && *x == c.least && c.least > -unbounded)) return {{}, wanted(c)};
    if (c.type == cell_type::whole && (std::abs(*x) > 2e9 || std::floor(*x) != *x)) return {{}, wanted(c)};
    return {cell};
}

/// Of the table's heading: folded name -> place. A name that stands twice is a problem of its own.
std::map<std::string, int> places_of(const heading& h, std::vector<problem>& problems) {
    std::map<std::string, int> places;
    for (std::size_t i = 0; i < h.columns.size(); ++i) {
        const std::string name = folded(h.columns[i]);
        if (!places.emplace(name, static_cast<int>(i)).second && !name.empty())
            problems.push_back({h.path, 1, h.columns[i], "expected once, found twice", ""});
    }
    return places;
}

} // namespace

std::string folded(const std::string& text) {
    std::string s;
    for (const char c : text)
        if (std::isalnum(static_cast<unsigned char>(c)))
            s += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return s;
}

std::string nearest(const std::string& written, const std::vector<std::string>& known) {
    const std::string from = folded(written);
    std::string best;
    std::size_t least = from.size() < 4 ? 2 : from.size() / 3 + 2; // so many edits are no slip any more
    for (const std::string& k : known) {
        const std::string to = folded(k);
        std::size_t far = edits(from, to);
        const bool begins = from.size() >= 2 && (to.rfind(from, 0) == 0 || (to.size() >= 2 && from.rfind(to, 0) == 0));
        if (begins) far = std::min<std::size_t>(far, from.size() < 4 ? 1 : 2);
        if (far < least) {
            least = far;
            best = k;
        }
    }
    return best;
}
std::string did_you_mean(const std::string& written, const std::vector<std::string>& known) {
    const std::string near = nearest(written, known);
    return near.empty() ? "" : "did you mean '" + near + "'?";
}

std::string problem::text() const {
    std::string s = path + ":" + std::to_string(line) + ": ";
    if (!column.empty()) s += "column '" + column + "': ";
    return s + what + (hint.empty() ? "" : "; " + hint);
}

void findings::wrong(const char* column, const std::string& expected, const std::string& hint) {
    const std::string found = of_.has(column) ? "'" + of_.text(column) + "'" : "nothing";
    problems_.push_back({of_.path(), of_.line(), column, "expected " + expected + ", found " + found, hint});
}
void findings::assumed(const char* column, const std::string& what) {
    notes_.push_back({of_.path(), of_.line(), column, what, ""});
}

std::string plain_unit(const std::string& unit) {
    // Bits against bytes is a matter of case: settle it first.
    std::string s;
    for (std::size_t i = 0; i < unit.size(); ++i) {
        const char c = unit[i], before = i == 0 ? ' ' : unit[i - 1], after = i + 1 < unit.size() ? unit[i + 1] : ' ';
        const bool prefixed = std::string("kKMGTP").find(before) != std::string::npos;
        if (c == 'B' && prefixed && after != 'y' && after != 'Y')
            s += "byte";
        else if (c == 'b' && prefixed && before != 'k' && after != 'y' && after != 'i')
            s += "bit";
        else
            s += c;
    }
    replace(s, "\xC2\xB5", "u"); // micro sign
    replace(s, "\xCE\xBC", "u"); // mu
    for (char& c : s) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    std::string t;
    for (std::size_t i = 0; i < s.size(); ++i)
        if (std::string(" _()-,.\t").find(s[i]) == std::string::npos) t += s[i];
    const std::pair<const char*, const char*> same[] = {
        {"percent", "%"},       {"per", "/"},          {"bytes", "byte"},      {"bits", "bit"},
        {"byteps", "byte/s"},   {"bitps", "bit/s"},    {"tokens", "tok"},      {"token", "tok"},
        {"toks", "tok"},        {"tps", "tok/s"},      {"samples", "sample"},  {"sequences", "sample"},
        {"sequence", "sample"}, {"seqs", "sample"},    {"seq", "sample"},      {"microseconds", "us"},
        {"milliseconds", "ms"}, {"seconds", "s"},      {"second", "s"},        {"secs", "s"},
        {"sec", "s"},           {"gpus", "gpu"},       {"devices", "gpu"},     {"device", "gpu"},
        {"accelerator", "gpu"}, {"chip", "gpu"},       {"iterations", "step"}, {"iteration", "step"},
        {"iter", "step"},       {"tflop/s", "tflops"}, {"tflops/s", "tflops"}, {"pflop/s", "pflops"}};
    for (const auto& [from, to] : same) replace(t, from, to);
    return t;
}

std::vector<known_unit> units_of_time(const char* unit) {
    const bool micro = std::string(unit) == "us";
    std::vector<known_unit> all;
    const auto add = [&](double seconds, std::vector<const char*> spelled) {
        all.push_back({unit, std::move(spelled), micro ? seconds * 1e6 : seconds});
    };
    add(1, {"s", "s/step", "s/call", "s/batch"});
    add(1e-3, {"ms", "ms/step", "ms/call", "ms/batch"});
    add(1e-6, {"us", "us/step", "us/call", "usec"});
    add(1e-9, {"ns", "ns/call"});
    add(60, {"min", "min/step"});
    if (micro) all[2].factor = 1; // exact
    return all;
}

understanding understand(const grammar& g, const table& t) {
    const std::string path = t.head->path;
    understanding u{{std::make_shared<heading>(), {}}, 0, {}, {}};
    std::vector<problem> of_table;
    const auto places = places_of(*t.head, of_table);

    std::vector<known_column> columns{{"id", cell_type::text, ""},
                                      {"published", cell_type::text},
                                      {"unit", cell_type::text},
                                      {"source", cell_type::text, ""}};
    columns[2].otherwise = g.unit_otherwise;
    columns.insert(columns.end(), g.columns.begin(), g.columns.end());

    // The heading: required columns that are missing, and optional ones that seem to be there under a wrong name.
    auto head = std::make_shared<heading>();
    head->path = path;
    std::vector<std::string> strangers;
    const auto is_known = [&](const std::string& name) {
        return std::any_of(columns.begin(), columns.end(),
                           [&](const known_column& c) { return folded(c.name) == folded(name); });
    };
    for (const std::string& name : t.head->columns)
        if (!is_known(name)) strangers.push_back(name);
    for (const known_column& c : columns) {
        head->columns.push_back(c.name);
        if (places.count(folded(c.name)) != 0) continue;
        if (c.otherwise == nullptr) {
            of_table.push_back(
                {path, 1, c.name, "expected in the heading, found no such column", did_you_mean(c.name, strangers)});
            continue;
        }
        for (const std::string& s : strangers)
            if (std::string(c.name).size() > 4 && edits(folded(s), folded(c.name)) <= 2)
                of_table.push_back({path, 1, s, "not read, and there is no column '" + std::string(c.name) + "'",
                                    "did you mean '" + std::string(c.name) + "'?"});
    }
    u.rows.head = head;
    u.problems = of_table;

    std::vector<std::string> units;
    for (const known_unit& k : g.units)
        if (std::find(units.begin(), units.end(), k.unit) == units.end()) units.push_back(k.unit);

    for (const row& r : t.rows) {
        bool right = of_table.empty();
        const auto wrong = [&](const std::string& column, const std::string& what, const std::string& hint) {
            right = false;
            u.problems.push_back({path, r.line(), column, what, hint});
        };
        if (r.cells().size() != t.head->columns.size()) {
            wrong("",
                  "expected " + std::to_string(t.head->columns.size()) + " cells, found " +
                      std::to_string(r.cells().size()),
                  "");
            ++u.not_scored;
            continue;
        }
        std::vector<std::string> cells;
        for (const known_column& c : columns) {
            const auto at = places.find(folded(c.name));
            std::string cell = at == places.end() ? "" : r.cells()[static_cast<std::size_t>(at->second)];
            if (blank(cell)) {
                if (c.otherwise == nullptr && at != places.end())
                    wrong(c.name,
                          "expected " +
                              (c.type == cell_type::word   ? read_word(c, "").expected
                               : c.type == cell_type::text ? std::string("a text")
                                                           : wanted(c)) +
                              ", found nothing",
                          "");
                cells.push_back(c.otherwise == nullptr ? "" : c.otherwise);
                continue;
            }
            const reading read = read_cell(c, cell);
            if (!read.value) wrong(c.name, "expected " + read.expected + ", found '" + cell + "'", read.hint);
            cells.push_back(read.value.value_or(""));
        }
        if (cells[0].empty()) cells[0] = "line " + std::to_string(r.line());
        const auto published = number_in(cells[1]);
        if (!published || *published <= 0) { // inequalities, ranges and words are no error of the table's
            if (published)
                wrong("published", "expected a number above 0, found '" + cells[1] + "': it has no relative error", "");
            ++u.not_scored;
            continue;
        }
        // The unit, and with it the figure.
        const known_unit* unit = nullptr;
        const std::string plain = plain_unit(cells[2]);
        for (const known_unit& k : g.units)
            for (const char* spelled : k.spelled)
                if (unit == nullptr && plain == spelled) unit = &k;
        if (!g.units.empty() && !blank(cells[2])) {
            if (unit == nullptr)
                wrong("unit", "expected " + listed(units) + ", found '" + cells[2] + "'", did_you_mean(plain, units));
            else
                cells[2] = unit->unit;
        }
        const bool counts = unit != nullptr && unit->devices != 0;
        if (right && counts && !row(head, r.line(), cells).has("gpus"))
            wrong("gpus", "expected a number, which the unit '" + plain + "' needs, found nothing", "");
        if (!right) {
            ++u.not_scored;
            continue;
        }
        row understood(head, r.line(), cells);
        if (unit != nullptr && (unit->factor != 1 || unit->devices != 0)) {
            double x = *published * unit->factor;
            if (unit->devices > 0) x *= understood.number("gpus");
            if (unit->devices < 0) x /= understood.number("gpus");
            cells[1] = shown(x);
            understood = row(head, r.line(), cells);
        }
        findings f(understood);
        if (g.check != nullptr) g.check(understood, f);
        u.problems.insert(u.problems.end(), f.problems().begin(), f.problems().end());
        if (f.understood()) {
            u.notes.insert(u.notes.end(), f.notes().begin(), f.notes().end());
            u.rows.rows.push_back(std::move(understood));
        } else {
            ++u.not_scored;
        }
    }
    return u;
}

} // namespace accuracy
