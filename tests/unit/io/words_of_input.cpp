// SPDX-License-Identifier: Apache-2.0
// What a text says in its strings is never taken for what the parser says of it.
#include "catch.hpp"

#include <uonaco/io/parse.hpp>

using namespace uonaco;

namespace {
io::problem first(const std::string& text) {
    io::document d;
    io::problems found;
    REQUIRE_FALSE(io::parse(text, d, found));
    REQUIRE(!found.empty());
    return found.front();
}
} // namespace

TEST_CASE("words of the parser in a text that is malformed") {
    for (const char* words :
         {"number overflow", "while parsing value", "invalid literal", "UTF-8", "object key", "missing closing quote",
          "unexpected end of input", "; last read: '", "'; expected end of input", "control character"}) {
        const std::string said(words);
        CHECK(io::to_string(first("{\"" + said + "\n\": 1}")) ==
              io::to_string(first("{\"" + std::string(said.size(), 'x') + "\n\": 1}")));
        CHECK(io::to_string(first("[\"" + said)) == io::to_string(first("[\"" + std::string(said.size(), 'x'))));
        CHECK(io::to_string(first("[1, \"" + said + "\xff\"]")) ==
              io::to_string(first("[1, \"" + std::string(said.size(), 'x') + "\xff\"]")));
        CHECK(io::to_string(first("[1, 2] \"" + said + "\"")) ==
              io::to_string(first("[1, 2] \"" + std::string(said.size(), 'x') + "\"")));
        CHECK(io::to_string(first("{\"a\" \"" + said + "\"}")) ==
              io::to_string(first("{\"a\" \"" + std::string(said.size(), 'x') + "\"}")));
    }
    CHECK(io::to_string(first("[1e400]")) ==
          "syntax /0: expected a finite number; found 1e400 (where a value is not known, leave its key out)");
    CHECK(first("0\"number overflow \n").level == io::problem_level::syntax); // found by fuzzing: no exception leaves
}
