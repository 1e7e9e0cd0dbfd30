// SPDX-License-Identifier: Apache-2.0
#include "table.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace accuracy {

namespace {
// RFC 4180, with either end of line. Quoted cells may hold commas, doubled quotes and line breaks.
std::vector<std::vector<std::string>> cells_of(const std::string& text, std::vector<int>& lines) {
    std::vector<std::vector<std::string>> all;
    std::vector<std::string> cells;
    std::string cell;
    bool quoted = false, any = false;
    int line = 1, began = 1;
    const auto end_of_row = [&] {
        if (any || !cells.empty() || !cell.empty()) {
            cells.push_back(cell);
            all.push_back(cells);
            lines.push_back(began);
        }
        cells.clear();
        cell.clear();
        any = false;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n') ++line;
        if (quoted) {
            if (c == '"' && i + 1 < text.size() && text[i + 1] == '"')
                cell += text[++i];
            else if (c == '"')
                quoted = false;
            else
                cell += c;
        } else if (c == '"') {
            quoted = any = true;
        } else if (c == ',') {
            cells.push_back(cell);
            cell.clear();
            any = true;
        } else if (c == '\n') {
            end_of_row();
            began = line;
        } else if (c != '\r') {
            cell += c;
        }
    }
    end_of_row();
    return all;
}
bool only_blanks(const char* s) {
    while (*s == ' ' || *s == '\t') ++s;
    return *s == '\0';
}
} // namespace

row::row(std::shared_ptr<const heading> of, int line, std::vector<std::string> cells)
    : heading_(static_cast<std::shared_ptr<const heading>&&>(of)), line_(line),
      cells_(static_cast<std::vector<std::string>&&>(cells)) {}

void row::fail(const char* column, const std::string& what) const {
    throw bad_table(heading_->path + ":" + std::to_string(line_) + ": column '" + column + "': " + what);
}

const std::string& row::text(const char* column) const {
    const int at = heading_->column(column);
    if (at < 0) fail(column, "the table has no such column");
    return cells_[static_cast<std::size_t>(at)];
}

bool row::has(const char* column) const {
    const int at = heading_->column(column);
    return at >= 0 && !cells_[static_cast<std::size_t>(at)].empty();
}

double row::number(const char* column) const {
    const std::string& cell = text(column);
    char* end = nullptr;
    const double x = std::strtod(cell.c_str(), &end);
    if (end == cell.c_str() || !only_blanks(end) || x - x != 0) fail(column, "expected a number, found '" + cell + "'");
    return x;
}

double row::number_or(const char* column, double otherwise) const { return has(column) ? number(column) : otherwise; }

int row::whole(const char* column) const {
    const double x = number(column);
    if (x < -2e9 || x > 2e9 || static_cast<double>(static_cast<int>(x)) != x)
        fail(column, "expected a whole number, found '" + text(column) + "'");
    return static_cast<int>(x);
}

bool row::flag(const char* column) const {
    const std::string& cell = text(column);
    if (cell == "1" || cell == "true" || cell == "True") return true;
    if (cell.empty() || cell == "0" || cell == "false" || cell == "False") return false;
    fail(column, "expected true or false, found '" + cell + "'");
}

table table::read(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw bad_table(path + ": cannot be read");
    std::ostringstream text;
    text << in.rdbuf();
    if (in.bad()) throw bad_table(path + ": cannot be read");
    std::vector<int> lines;
    auto all = cells_of(text.str(), lines);
    if (all.empty()) throw bad_table(path + ": is empty");
    const auto head = std::make_shared<heading>(heading{path, all.front()});
    if (head->columns.front().rfind("\xEF\xBB\xBF", 0) == 0) head->columns.front().erase(0, 3);
    table t{head, {}};
    for (std::size_t i = 1; i < all.size(); ++i) t.rows.emplace_back(head, lines[i], all[i]);
    return t;
}

int heading::column(const char* name) const {
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i] == name) return static_cast<int>(i);
    return -1;
}

std::string table::name() const {
    const std::size_t slash = head->path.find_last_of('/');
    std::string name = slash == std::string::npos ? head->path : head->path.substr(slash + 1);
    if (name.size() > 4 && name.substr(name.size() - 4) == ".csv") name.erase(name.size() - 4);
    return name;
}

} // namespace accuracy
