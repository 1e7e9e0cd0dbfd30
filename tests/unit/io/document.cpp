// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"

#include <uonaco/io/document.hpp>

namespace {

using namespace uonaco::io;

document sample() {
    document d;
    d.open_object();
    d.key("name").string("a");
    d.key("rate", "gbps").real(2.5);
    d.key("list").open_array();
    d.integer(-3);
    d.natural(18446744073709551615u);
    d.open_array();
    d.close();
    d.boolean(true);
    d.null();
    d.close();
    d.key("last").integer(1);
    d.close();
    return d;
}

TEST_CASE("a document reads back as it was built") {
    const document d = sample();
    const value root = d.root();
    CHECK(root.is(json_kind::object));
    CHECK(root.size() == 4);
    CHECK(root.find("name").text() == "a");
    CHECK(root.find("rate_gbps").number() == 2.5);
    CHECK(root.find("last").number() == 1);
    CHECK_FALSE(root.find("rate"));

    const value list = root.find("list");
    CHECK(list.size() == 5);
    CHECK(list.element(0).negative());
    CHECK(list.element(0).magnitude() == 3);
    CHECK(list.element(0).number() == -3);
    CHECK(list.element(1).magnitude() == 18446744073709551615u);
    CHECK(list.element(2).size() == 0);
    CHECK(list.element(3).boolean());
    CHECK(list.element(4).is(json_kind::null));
    CHECK_FALSE(list.element(5));
    std::size_t n = 0;
    for (const value v : list) n += v.key().empty() ? 1 : 0;
    CHECK(n == 5);
}

TEST_CASE("the most negative integer keeps its magnitude") {
    document d;
    d.integer(std::numeric_limits<std::int64_t>::min());
    CHECK(d.root().negative());
    CHECK(d.root().magnitude() == 9223372036854775808u);
}

TEST_CASE("a value is copied into another document under a name of its own") {
    const document inner = sample();
    document d;
    d.open_object();
    d.key("before").integer(0);
    d.key("copy").copy(inner.root());
    d.key("list").copy(inner.root().find("list"));
    d.key("after").copy(inner.root().find("name"));
    d.close();
    const value root = d.root();
    CHECK(root.size() == 4);
    CHECK(root.find("copy").size() == 4);
    CHECK(root.find("copy").find("name").text() == "a");
    CHECK(root.find("copy").find("list").element(1).magnitude() == 18446744073709551615u);
    CHECK(root.find("list").element(3).boolean());
    CHECK(root.find("after").text() == "a");
}

TEST_CASE("empty containers have nothing to visit") {
    document d;
    d.open_array();
    d.open_object();
    d.close();
    d.open_array();
    d.close();
    d.close();
    int n = 0;
    for (const value outer : d.root()) {
        ++n;
        for (const value inner : outer) n += inner.is(json_kind::null) ? 10 : 100;
    }
    CHECK(n == 2);
}

} // namespace
