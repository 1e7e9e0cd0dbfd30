// SPDX-License-Identifier: Apache-2.0
#include "decisions.hpp"
#include "records.hpp"
#include "text.hpp"

namespace program {

std::string sentence(const std::string& line, const terminal& screen) {
    const auto blanks = line.find_first_not_of(' ');
    if (blanks == line.npos) return "\n";
    return hanging(std::string(2 + blanks, ' '), printable(line.substr(blanks)), screen);
}

std::string told(const uonaco::decision& d, const terminal& screen) {
    std::string out = hanging(printable(d.workload.text) + ": ", printable(is_placed(d) ? d.description : "rejected"),
                              screen, is_placed(d) ? style::strong : style::bad);
    for (const std::string& line : d.explanation) out += sentence(line, screen);
    for (const std::string& line : d.ignored) out += hanging("  not known: ", printable(line), screen, style::faint);
    return out;
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
