// SPDX-License-Identifier: Apache-2.0
#include "sheet.hpp"

#include <algorithm>
#include <cstdio>

namespace accuracy {

namespace {
std::string quoted(const std::string& cell) {
    if (cell.find_first_of(",\"\n") == std::string::npos) return cell;
    std::string q = "\"";
    for (const char c : cell) q += c == '"' ? "\"\"" : std::string(1, c);
    return q + '"';
}
std::string printed(const char* pattern, int n, double x) {
    char text[64];
    std::snprintf(text, sizeof text, pattern, n, x);
    return text;
}
} // namespace

std::string decimals(double x, int places) { return printed("%.*f", places, x); }
std::string digits(double x, int significant) { return printed("%.*g", significant, x); }

std::string sheet::text(format f) const {
    std::string out;
    const auto each_line = [&](const auto& print) {
        std::vector<std::string> names;
        for (const column& c : columns) names.push_back(c.name);
        print(names, true);
        for (const auto& line : lines) print(line, false);
    };
    if (f == format::csv) {
        each_line([&](const auto& cells, bool) {
            for (std::size_t i = 0; i < cells.size(); ++i) out += (i ? "," : "") + quoted(cells[i]);
            out += '\n';
        });
        return out;
    }
    std::vector<std::size_t> widths(columns.size());
    each_line([&](const auto& cells, bool) {
        for (std::size_t i = 0; i < cells.size(); ++i) widths[i] = std::max(widths[i], cells[i].size());
    });
    const bool page = f == format::markdown;
    each_line([&](const auto& cells, bool heading) {
        std::string line = page ? "|" : "";
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::string blank(widths[i] - cells[i].size(), ' ');
            line += page ? " " : i ? "  " : "";
            line += columns[i].number ? blank + cells[i] : cells[i] + blank;
            line += page ? " |" : "";
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + '\n';
        if (!page || !heading) return;
        out += '|';
        for (const column& c : columns) out += c.number ? "--:|" : "---|";
        out += '\n';
    });
    return out;
}

} // namespace accuracy
