// SPDX-License-Identifier: Apache-2.0
#include "decisions.hpp"
#include "records.hpp"
#include "text.hpp"

#include <algorithm>

namespace program {

std::string sentence(const std::string& line, const terminal& screen) {
    const auto blanks = line.find_first_not_of(' ');
    if (blanks == line.npos) return "\n";
    return hanging(std::string(2 + blanks, ' '), printable(line.substr(blanks)), screen);
}

namespace {
bool contains(const lines& all, const std::string& line) {
    return std::find(all.begin(), all.end(), line) != all.end();
}
} // namespace

lines unknown_to_all(const std::vector<uonaco::decision>& all) {
    lines common;
    unsigned long placed = 0;
    for (const uonaco::decision& d : all) {
        if (!is_placed(d)) continue;
        if (++placed == 1) {
            common = d.ignored;
            continue;
        }
        lines both;
        for (const std::string& line : common)
            if (contains(d.ignored, line)) both.push_back(line);
        common = both;
    }
    return placed > 1 ? common : lines{};
}

std::string not_known(const lines& unknown, const lines& said, const terminal& screen, const std::string& indent) {
    std::string out;
    for (const std::string& line : unknown)
        if (!contains(said, line)) out += hanging(indent + "not known: ", printable(line), screen, style::faint);
    return out;
}

std::string told(const uonaco::decision& d, const terminal& screen, const lines& said) {
    std::string out = hanging(printable(d.workload.text) + ": ", printable(is_placed(d) ? d.description : "rejected"),
                              screen, is_placed(d) ? style::strong : style::bad);
    for (const std::string& line : d.explanation) out += sentence(line, screen);
    return out + not_known(d.ignored, said, screen, "  ");
}

std::string list_of(const std::vector<uonaco::decision>& all) {
    uonaco::io::document list;
    list.open_array();
    for (const uonaco::decision& d : all) {
        const uonaco::io::document one = document_of(d);
        list.copy(one.root());
    }
    list.close();
    return text_of(list);
}

} // namespace program
