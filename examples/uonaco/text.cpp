// SPDX-License-Identifier: Apache-2.0
#include "text.hpp"

namespace program {

std::string printable(std::string_view text) {
    std::string safe;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u; };
        const bool second_set = byte(i) == 0xc2 && byte(i + 1) >= 0x80 && byte(i + 1) <= 0x9f; // U+0080 to U+009F
        safe += byte(i) < 0x20 || byte(i) == 0x7f || second_set ? '?' : text[i];
        if (second_set) ++i;
    }
    return safe;
}

unsigned long width_of(std::string_view text) {
    unsigned long points = 0;
    for (const char c : text)
        if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) ++points;
    return points;
}

namespace {

/// Text that stays on one line, and whether a blank stands before it.
struct piece {
    std::string text{};
    bool spaced = true;
};

/// A number keeps its unit: no line ends after "5120" of "5120 USD/h", nor within "451 k USD".
bool binds(std::string_view word) {
    return word == "k" || word == "M" || (!word.empty() && word.find_first_not_of("(+-0123456789.,e") == word.npos);
}

/// A piece too long for any line comes apart after its hyphens.
void add_split(std::vector<piece>& all, std::string_view text, unsigned long width) {
    bool spaced = true;
    while (!text.empty()) {
        const auto hyphen = width_of(text) > width || !spaced ? text.find('-') : text.npos;
        const auto size = hyphen == text.npos ? text.size() : hyphen + 1;
        all.push_back({std::string(text.substr(0, size)), spaced});
        text.remove_prefix(size);
        spaced = false;
    }
}

std::vector<piece> pieces_of(std::string_view text, unsigned long width) {
    std::vector<piece> all;
    std::string bound;
    while (!text.empty()) {
        const auto end = text.find(' ');
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        bound += bound.empty() ? std::string(word) : " " + std::string(word);
        if (binds(word) && !text.empty()) continue;
        add_split(all, bound, width);
        bound.clear();
    }
    return all;
}

} // namespace

std::vector<std::string> wrapped(std::string_view text, unsigned long width) {
    std::vector<std::string> rows{""};
    for (const piece& p : pieces_of(text, width)) {
        std::string& line = rows.back();
        const std::string before = line.empty() || !p.spaced ? "" : " ";
        if (line.empty() || width_of(line) + before.size() + width_of(p.text) <= width)
            line += before + p.text;
        else
            rows.push_back(p.text);
    }
    return rows;
}

std::string hanging(std::string_view first, std::string_view text, const terminal& screen, style of_first) {
    const unsigned long longest = 24;
    const bool alone = width_of(first) > longest;
    const unsigned long indent = alone ? 4 : width_of(first);
    const auto width = static_cast<unsigned long>(screen.width);
    std::string out = styled(first.substr(0, first.find_last_not_of(' ') + 1), of_first, screen.colour);
    std::string before =
        alone ? "\n" + std::string(indent, ' ') : std::string(first.substr(first.find_last_not_of(' ') + 1));
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
