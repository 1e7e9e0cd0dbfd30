// SPDX-License-Identifier: Apache-2.0
#include "text.hpp"

namespace program {

std::string printable(std::string_view text) {
    std::string safe(text);
    for (char& c : safe)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
    return safe;
}

unsigned long width_of(std::string_view text) {
    unsigned long points = 0;
    for (const char c : text)
        if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) ++points;
    return points;
}

std::vector<std::string> wrapped(std::string_view text, unsigned long width) {
    std::vector<std::string> lines{""};
    bool glued = false; // the next piece belongs to the word before
    while (!text.empty()) {
        const bool whole = width_of(text.substr(0, text.find(' '))) <= width && !glued;
        const auto end = text.find_first_of(whole ? " " : " -");
        const bool hyphen = end != text.npos && text[end] == '-';
        const std::string_view piece = text.substr(0, hyphen ? end + 1 : end);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        std::string& line = lines.back();
        const std::string_view between = line.empty() || glued ? "" : " ";
        if (line.empty() || width_of(line) + between.size() + width_of(piece) <= width)
            (line += between) += piece;
        else
            lines.emplace_back(piece);
        glued = hyphen;
    }
    return lines;
}

std::string hanging(std::string_view first, std::string_view text, const terminal& screen, style of_first) {
    const unsigned long longest = 24;
    const bool alone = width_of(first) > longest;
    const unsigned long indent = alone ? 4 : width_of(first);
    const auto width = static_cast<unsigned long>(screen.width);
    std::string out = styled(first.substr(0, first.find_last_not_of(' ') + 1), of_first, screen.colour);
    std::string before = alone ? "\n" + std::string(indent, ' ') : std::string(first.substr(first.find_last_not_of(' ') + 1));
    for (const std::string& line : wrapped(text, width > indent + 20 ? width - indent : 20)) {
        out += before + line + "\n";
        before = std::string(indent, ' ');
    }
    return out;
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
    std::string out;
    for (const std::string& word : words) {
        if (!out.empty()) out += between;
        out += word;
    }
    return out;
}

std::string counted(unsigned long n, std::string_view noun) {
    return std::to_string(n) + " " + std::string(noun) + (n == 1 ? "" : "s");
}

} // namespace program
