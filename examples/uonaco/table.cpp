// SPDX-License-Identifier: Apache-2.0
#include "table.hpp"
#include "text.hpp"

namespace program {

namespace {

using lengths = std::vector<unsigned long>;
constexpr unsigned long gap = 2;
constexpr unsigned long enough_for_words = 36; ///< columns are given up for so much
constexpr unsigned long least_for_words = 20;  ///< where none can be, so much is taken

bool has_figures(const table& t, unsigned long c) {
    for (const row& r : t.rows)
        if (r.figures[c].text != "-") return true;
    return false;
}

std::vector<unsigned long> shown_columns(const table& t) {
    std::vector<unsigned long> all;
    for (unsigned long c = 0; c < t.columns.size(); ++c)
        if (t.columns[c].shown && has_figures(t, c)) all.push_back(c);
    return all;
}

lengths natural_widths(const table& t, const std::vector<unsigned long>& chosen) {
    lengths widths;
    for (const unsigned long c : chosen) {
        unsigned long most = width_of(t.columns[c].title);
        for (const row& r : t.rows) most = std::max(most, width_of(r.figures[c].text));
        widths.push_back(most);
    }
    return widths;
}

/// Width of the whole line if a last column of words takes as little as it can.
unsigned long least_width(const table& t, const std::vector<unsigned long>& chosen, const lengths& widths) {
    unsigned long sum = 0;
    for (unsigned long i = 0; i < chosen.size(); ++i) {
        const bool wraps = i + 1 == chosen.size() && t.columns[chosen[i]].words;
        sum += (i > 0 ? gap : 0) + (wraps ? std::min(widths[i], enough_for_words) : widths[i]);
    }
    return sum;
}

/// The column to give up next; `chosen.size()` if none may go.
unsigned long most_expendable(const table& t, const std::vector<unsigned long>& chosen) {
    unsigned long most = chosen.size();
    for (unsigned long i = 0; i < chosen.size(); ++i) {
        const int rank = t.columns[chosen[i]].expendable;
        if (rank > 0 && (most == chosen.size() || rank >= t.columns[chosen[most]].expendable)) most = i;
    }
    return most;
}

std::string padded(const std::string& text, unsigned long width, bool left) {
    const std::string blanks(width > width_of(text) ? width - width_of(text) : 0, ' ');
    return left ? text + blanks : blanks + text;
}

void trim_right(std::string& line) {
    while (!line.empty() && line.back() == ' ') line.pop_back();
}

/// One row of the table; words in its last column may take several lines.
std::string line_of(const std::vector<std::string>& cells, const std::vector<bool>& left, const lengths& widths,
                    style how, bool colour) {
    std::string indent;
    std::string line;
    for (unsigned long i = 0; i + 1 < cells.size(); ++i) {
        line += padded(cells[i], widths[i], left[i]) + std::string(gap, ' ');
        indent += std::string(widths[i] + gap, ' ');
    }
    const unsigned long last = cells.size() - 1;
    const auto lines = left[last] ? wrapped(cells[last], widths[last]) : std::vector<std::string>{cells[last]};
    std::string out;
    for (const std::string& part : lines) {
        std::string whole = (out.empty() ? line : indent) + padded(part, widths[last], left[last]);
        trim_right(whole);
        out += styled(whole, how, colour) + "\n";
    }
    return out;
}

std::string quoted(const std::string& text) {
    const std::string field = printable(text);
    if (field.find_first_of(",\"") == field.npos) return field;
    std::string out = "\"";
    for (const char c : field) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + "\"";
}

struct csv_field {
    std::string operator()(std::monostate) const { return ""; }
    std::string operator()(bool yes) const { return yes ? "true" : "false"; }
    std::string operator()(long long n) const { return std::to_string(n); }
    std::string operator()(double x) const {
        std::string text;
        uonaco::io::append_number(text, x);
        return text;
    }
    std::string operator()(const std::string& s) const { return quoted(s); }
    std::string operator()(const std::vector<std::string>& all) const { return quoted(joined(all, " ")); }
};

struct json_member {
    uonaco::io::document& d;
    const std::string& key;
    void operator()(std::monostate) const {}
    void operator()(bool yes) const { d.key(key).boolean(yes); }
    void operator()(long long n) const { d.key(key).integer(n); }
    void operator()(double x) const { d.key(key).real(x); }
    void operator()(const std::string& s) const {
        if (!s.empty()) d.key(key).string(s);
    }
    void operator()(const std::vector<std::string>& all) const {
        d.key(key).open_array();
        for (const std::string& s : all) d.string(s);
        d.close();
    }
};

} // namespace

column words_column(std::string_view name) {
    column c = count_column(name);
    c.words = true;
    return c;
}

column count_column(std::string_view name) {
    column c;
    c.key = name;
    c.title = name;
    for (char& letter : c.title)
        if (letter == '_') letter = ' ';
    return c;
}

std::string as_text(const table& t, const terminal& screen) {
    auto chosen = shown_columns(t);
    if (chosen.empty()) return {};
    auto widths = natural_widths(t, chosen);
    const auto room = static_cast<unsigned long>(screen.width);
    std::vector<std::string> dropped;
    while (least_width(t, chosen, widths) > room) {
        const unsigned long i = most_expendable(t, chosen);
        if (i == chosen.size()) break;
        dropped.insert(dropped.begin(), t.columns[chosen[i]].title);
        chosen.erase(chosen.begin() + static_cast<long>(i));
        widths.erase(widths.begin() + static_cast<long>(i));
    }
    if (t.columns[chosen.back()].words) {
        const unsigned long taken = least_width(t, chosen, widths) - std::min(widths.back(), enough_for_words);
        const unsigned long left_over = room > taken + least_for_words ? room - taken : least_for_words;
        widths.back() = std::min(widths.back(), left_over);
    }

    std::vector<bool> left;
    std::vector<std::string> cells;
    for (const unsigned long c : chosen) {
        left.push_back(t.columns[c].words);
        cells.push_back(t.columns[c].title);
    }
    std::string out = line_of(cells, left, widths, style::strong, screen.colour);
    for (const row& r : t.rows) {
        for (unsigned long i = 0; i < chosen.size(); ++i) cells[i] = printable(r.figures[chosen[i]].text);
        out += line_of(cells, left, widths, r.how, screen.colour);
    }
    if (!dropped.empty())
        out += styled("(too narrow for: " + joined(dropped) + ")", style::faint, screen.colour) + "\n";
    return out;
}

std::string as_csv(const table& t) {
    std::string out;
    for (const column& c : t.columns) out += (&c == t.columns.data() ? "" : ",") + c.key;
    out += '\n';
    for (const row& r : t.rows) {
        for (const figure& f : r.figures) {
            if (&f != r.figures.data()) out += ',';
            out += std::visit(csv_field{}, f.raw);
        }
        out += '\n';
    }
    return out;
}

void add_rows(uonaco::io::document& d, const table& t) {
    for (const row& r : t.rows) {
        d.open_object();
        for (unsigned long c = 0; c < t.columns.size(); ++c)
            std::visit(json_member{d, t.columns[c].key}, r.figures[c].raw);
        d.close();
    }
}

} // namespace program
