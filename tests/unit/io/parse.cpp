// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"

#include <uonaco/io/parse.hpp>

namespace {

using namespace uonaco::io;

struct outcome {
    document read{};
    problems found{};
    bool good = false;
};
outcome parsed(std::string_view text, const bounds& limits = {}) {
    outcome o;
    o.good = parse(text, o.read, o.found, limits);
    return o;
}
/// The pointers of all problems, in order.
std::vector<std::string> pointers(std::string_view text, const bounds& limits = {}) {
    std::vector<std::string> all;
    for (const problem& p : parsed(text, limits).found) all.push_back(p.pointer);
    return all;
}
using list = std::vector<std::string>;

TEST_CASE("a long text is read again for few of the numbers that are none") {
    const auto listed = [](std::size_t blanks) {
        std::string text = "[" + std::string(blanks, ' ') + "NaN";
        for (int i = 1; i < 20; ++i) text += ",NaN";
        return parsed(text + "]").found.size();
    };
    CHECK(listed(0) == 17); // the last one ends it
    CHECK(listed(3 << 20) == 6);
    CHECK(listed(32 << 20) == 2);
}

TEST_CASE("a NUL byte is a problem, not the end of the text") {
    using namespace std::string_view_literals;
    for (const std::string_view text : {"{}\0"sv, "{}\0garbage"sv, "\0{}"sv, "{\"a\0b\": 1}"sv, "[1,\0 2]"sv}) {
        const outcome o = parsed(text);
        CHECK_FALSE(o.good);
        CHECK(o.read.empty());
        REQUIRE(o.found.size() == 1);
        CHECK(o.found[0].level == problem_level::syntax);
    }
    CHECK(parsed("{}\n\0"sv).found[0].found == "one at line 2, column 1");
    CHECK(parsed("{\"a\": \"\\u0000\"}").good); // spelled out, it is a character like others
}

TEST_CASE("well-formed text becomes a document") {
    const outcome o = parsed(R"( {"a": [1, -2, 2.5, "x\u00e9", true, null], "b": {}} )");
    REQUIRE(o.good);
    CHECK(o.found.empty());
    const value a = o.read.root().find("a");
    CHECK(a.size() == 6);
    CHECK(a.element(0).is(json_kind::integer));
    CHECK(a.element(1).negative());
    CHECK(a.element(2).is(json_kind::real));
    CHECK(a.element(3).text() == "x\xc3\xa9");
    CHECK(o.read.root().find("b").size() == 0);
    CHECK(parsed("7").read.root().number() == 7);
}

TEST_CASE("the first problem that cannot be passed over says where it is") {
    const auto found = [](std::string_view text) {
        const outcome o = parsed(text);
        CHECK_FALSE(o.good);
        CHECK(o.read.empty());
        REQUIRE(o.found.size() == 1);
        CHECK(o.found[0].level == problem_level::syntax);
        return o.found[0];
    };
    CHECK(found("{\"a\": [1, 2").pointer == "/a");
    CHECK(found("{\"a\": [1, 2").found == "the end of the text at line 1, column 12");
    CHECK(found("{\"a\": [1, 2,]}").pointer == "/a/2");
    CHECK(found("{\"a\":\n  tru}").found == "'t' at line 2, column 3");
    CHECK(found("{\"a\" 1}").expected == "':' after the key");
    CHECK(found("{'a': 1}").hint == "strings take double quotes");
    CHECK(found("{\"a\": True}").hint == "the words are true, false and null");
    CHECK(found("{} x").expected == "the end of the document");
    CHECK(found("").hint == "the text is cut short");
    CHECK(found(R"("\ud800")").found == "half of a surrogate pair at line 1, column 8");
    CHECK(found(R"("\udc00\ud800")").found == "half of a surrogate pair at line 1, column 3");
    CHECK(found(R"("\x")").found == "an escape that JSON does not have at line 1, column 3");
    CHECK(found(R"("\u12g4")").found == "an escape without its four hex digits at line 1, column 3");
    CHECK(found(std::string_view("\xff\xfe{\0}\0", 6)).hint == "UTF-16 and UTF-32 have them: JSON is UTF-8");
    CHECK(found(std::string_view("{    \0}", 7)).hint.empty());
    CHECK(found("{\"a/b\": {\"~\": ]}}").pointer == "/a~1b/~0");
}

TEST_CASE("numbers that are none are all found, and hide nothing") {
    const outcome o = parsed(R"({"a": 1e400, "b": [NaN, 1, -Infinity], "c": 1, "c": 2, "d": nan})");
    CHECK_FALSE(o.good);
    CHECK(pointers(R"({"a": 1e400, "b": [NaN, 1, -Infinity], "c": 1, "c": 2, "d": nan})") ==
          list{"/a", "/b/0", "/b/2", "/d", "/c"});
    REQUIRE_FALSE(o.read.empty());
    CHECK(o.read.root().find("a").is(json_kind::unreadable));
    CHECK(o.read.root().find("b").element(1).number() == 1);
    CHECK(o.found[0].found == "1e400");
    CHECK(o.found[2].found == "-Infinity");

    std::string many = "[";
    for (int i = 0; i < 1000; ++i) many += "1e999,";
    CHECK(parsed(many + "1]").found.size() == 17); // after so many it is enough
    CHECK(pointers("{NaN: 1}") == list{""});       // no key is a number
}

TEST_CASE("a text that speaks of overflow is not taken for a number that does") {
    const outcome o = parsed("{\n  \"number overflow parsing\n\": 1}");
    REQUIRE(!o.found.empty());
    CHECK(o.found[0].expected != "a finite number");
    CHECK(!parsed("number overflow").found.empty());
}

TEST_CASE("each key that is there more than once is found once") {
    CHECK(pointers(R"({"a": 1, "b": {"x": 1, "y": 1, "x": 2, "x": 3}, "a": 2})") == list{"/b/x", "/a"});
    CHECK(pointers(R"([{"a": 1}, {"a": 1}])").empty());
}

TEST_CASE("bounds end the reading") {
    CHECK(pointers("[[1]]", {.depth = 2}).empty());
    CHECK(pointers("[0, [[1]]]", {.depth = 2}) == list{"/1/0"});
    CHECK(pointers("[1, 2, 3]", {.values = 3}) == list{"/2"});
    CHECK(pointers("[1, 2, 3]", {.bytes = 8}) == list{""});
    CHECK(pointers(R"({"abc": 1})", {.key = 2}).size() == 1);
    CHECK(pointers(R"({"a": "bcd"})", {.string = 2}) == list{"/a"});
}

TEST_CASE("hostile texts end soon and leave the stack alone") {
    CHECK(parsed(std::string(1'000'000, '[')).found.size() == 1);
    std::string objects;
    for (int i = 0; i < 1'000'000; ++i) objects += "{\"a\":";
    CHECK(parsed(objects).found.size() == 1);

    std::string ones = "[1";
    for (int i = 1; i < 1'000'000; ++i) ones += ",1";
    CHECK(parsed(ones + "]").read.root().size() == 1'000'000);

    std::string keys = "{\"k\":1";
    for (int i = 0; i < 100'000; ++i) keys += ",\"k" + std::to_string(i / 2) + "\":1";
    CHECK(parsed(keys + "}").found.size() <= 201);

    std::string strings = "[\"\\u0000\xff";
    CHECK_FALSE(parsed(strings).good);
    for (int byte = 0; byte < 256; ++byte) CHECK_FALSE(parsed(std::string(3, static_cast<char>(byte)) + "[").good);
}

} // namespace

TEST_CASE("words of the parser inside the text are the text's") {
    for (const char* words :
         {"number overflow", "while parsing value number overflow", "invalid literal", "UTF-8", "object separator",
          "'; expected end of input", "; last read: 'x", "missing closing quote"}) {
        INFO(words);
        for (const std::string& before : {std::string("{\"z"), std::string("[\""), std::string("[")}) {
            const outcome o = parsed(before + words + "\x16");
            CHECK(!o.good);
            CHECK(o.read.empty());
            REQUIRE(o.found.size() == 1);
            CHECK(o.found[0].found.find("UTF-8") == std::string::npos);
        }
    }
}
