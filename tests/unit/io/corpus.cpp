// SPDX-License-Identifier: Apache-2.0
// tests/corpus: documents of every kind that load, and such as fail for one reason each, at the level and the place that the index says.
#include "../../catch.hpp"

#include <uonaco/io/kinds.hpp>

#include <fstream>
#include <map>
#include <sstream>

namespace {

using namespace uonaco;

TEST_CASE("every document of the corpus gets the verdict that the index says") {
    std::ifstream index("tests/corpus/expected.txt");
    REQUIRE(index);
    std::map<std::string, int> levels;
    std::map<std::string, int> kinds;
    for (std::string line; std::getline(index, line);) {
        if (line.empty() || line[0] == '#') continue;
        std::istringstream words(line);
        std::string file, level, pointer;
        words >> file >> level >> pointer;
        std::ifstream document("tests/corpus/" + file, std::ios::binary);
        std::ostringstream text;
        text << document.rdbuf();
        INFO(file);
        const io::problems found = io::validate(text.str());
        for (const io::problem& p : found) UNSCOPED_INFO(to_string(p));
        std::string verdict = "accept -";
        if (!found.empty())
            verdict =
                std::string(to_string(found[0].level)) + " " + (found[0].pointer.empty() ? "-" : found[0].pointer);
        CHECK(found.size() <= 1);
        CHECK(verdict == level + " " + pointer);
        ++levels[level];
        ++kinds[file.substr(0, file.find('/'))];
    }
    CHECK(levels.size() == 4);
    CHECK(levels["accept"] >= 100);
    CHECK(levels["accept"] + levels["syntax"] + levels["schema"] + levels["semantic"] >= 300);
    for (const std::string_view kind : io::kind_names()) CHECK(kinds[std::string(kind)] >= 10);
}

} // namespace
