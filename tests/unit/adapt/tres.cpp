// SPDX-License-Identifier: Apache-2.0
// Strings in which Slurm counts resources.
#include "catch.hpp"

#include <uonaco/adapt/tres.hpp>

#include <random>

using namespace uonaco;
using namespace uonaco::adapt;

namespace {
std::string again(const char* text) {
    const auto t = parse_tres(text);
    return t ? to_string(*t) : "error: " + t.error();
}
std::string generic(const char* text) {
    const auto g = parse_gres(text);
    return g ? to_string(*g) : "error: " + g.error();
}
} // namespace

TEST_CASE("TRES strings") {
    const auto t = parse_tres("cpu=192,mem=2063500M,billing=192,gres/gpu=8,gres/gpu:h100=8");
    REQUIRE(t);
    REQUIRE(t->size() == 5);
    CHECK((*t)[1] == tres{"mem", "", 2063500});
    CHECK((*t)[3] == tres{"gres/gpu", "", 8});
    CHECK((*t)[4] == tres{"gres/gpu", "h100", 8});
    CHECK(again("cpu=192,mem=2063500M,gres/gpu:h100=8") == "cpu=192,mem=2063500M,gres/gpu:h100=8");
    CHECK(again("") == "");
    CHECK(again("(null)") == "");
    CHECK(again("N/A") == "");
}

TEST_CASE("slurm, unit trap: TRES memory is MiB, with a suffix bytes") {
    CHECK(again("mem=512") == "mem=512M");
    CHECK(again("mem=512G") == "mem=524288M");
    CHECK(again("mem=503.50G") == "mem=515584M");
    CHECK(again("mem=1.5T") == "mem=1572864M");
    CHECK(again("mem=1048576K") == "mem=1024M");
    CHECK(again("mem=1P") == "mem=1073741824M");
    CHECK(again("billing=2K") == "billing=2048");
    CHECK(again("bb/cray=1G") == "bb/cray=1024");
}

TEST_CASE("TRES that are not set") {
    CHECK_FALSE((*parse_tres("energy=18446744073709551614"))[0].count);
    CHECK_FALSE((*parse_tres("energy=18446744073709551615"))[0].count);
    CHECK(again("energy=18446744073709551614,cpu=4") == "energy=18446744073709551614,cpu=4");
}

TEST_CASE("what is no TRES string") {
    for (const char* bad : {"cpu", "=4", "cpu=", "cpu=-1", "cpu=4,", ",cpu=4", "cpu=4,,mem=1", "cpu=x", "cpu=1e3",
                            "cpu=4M4", "cpu=.", "mem=G", "cpu=1.2.3", "cpu=18446744073709551613",
                            "cpu=99999999999999999999", "mem=99999E", "cpu==4", ":=1", ":h100=1"})
        CHECK(again(bad).rfind("error: ", 0) == 0);
    CHECK(again("cpu=x") == "error: no count: \"cpu=x\"");
}

TEST_CASE("GRES strings") {
    const auto g = parse_gres("gpu:h100:8(S:0-1),gpu:a100:2(S:0,2),nic:4");
    REQUIRE(g);
    REQUIRE(g->size() == 3);
    CHECK((*g)[0] == gres{"gpu", "h100", 8, "S:0-1"});
    CHECK((*g)[1] == gres{"gpu", "a100", 2, "S:0,2"});
    CHECK((*g)[2] == gres{"nic", "", 4, ""});
    CHECK(generic("gpu:h100:8(S:0-1),gpu:a100:2(S:0,2)") == "gpu:h100:8(S:0-1),gpu:a100:2(S:0,2)");
    CHECK(generic("gpu:h100:3(IDX:0-2)") == "gpu:h100:3(IDX:0-2)");
    CHECK(generic("gpu:h100:0(IDX:N/A)") == "gpu:h100:0(IDX:N/A)");
    CHECK(generic("gpu:(null):0(IDX:N/A)") == "gpu:0(IDX:N/A)");
    CHECK(generic("gpu") == "gpu:1");
    CHECK(generic("gpu:tesla") == "gpu:tesla:1");
    CHECK(generic("gpu:2") == "gpu:2");
    CHECK(generic("gpu:8:2") == "gpu:8:2");
    CHECK(generic("bandwidth:lustre:no_consume:4G") == "bandwidth:lustre:4294967296");
    CHECK(generic("shard:a100:3(0/4,3/4)") == "shard:a100:3(0/4,3/4)");
    CHECK(generic("mps:2K") == "mps:2048");
    CHECK(generic("gpu:nvidia_h100_80gb_hbm3:8") == "gpu:nvidia_h100_80gb_hbm3:8");
    for (const char* none : {"", "(null)", "N/A"}) CHECK(generic(none) == "");
}

TEST_CASE("what is no GRES string") {
    for (const char* bad : {",", "gpu:1,", ":1", "gpu:a:b", "gpu:a:1:2", "gpu:1(", "gpu:1)", "gpu:1(S:0", "gpu:1(S:0)x",
                            "gpu:a:-1", "gpu:a:1e3", "gpu:a:", "(S:0)", "gpu:a:9999999999999999"})
        CHECK(generic(bad).rfind("error: ", 0) == 0);
    CHECK(generic("gpu:1(S:0") == "error: no ')'");
    CHECK(generic("gpu:1)") == "error: a ')' too many");
}

TEST_CASE("random resource strings come back") {
    std::mt19937 random(5);
    const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    const char* names[] = {"gpu", "nic", "mps", "shard"};
    const char* types[] = {"", "h100", "a100_80gb", "x-1.2"};
    const char* places[] = {"", "S:0-1", "IDX:0,2-3", "IDX:N/A"};
    for (int n = 0; n < 2000; ++n) {
        std::vector<gres> g;
        std::vector<tres> t;
        for (unsigned i = 1 + below(4); i > 0; --i) {
            g.push_back(
                {names[below(4)], types[below(4)], static_cast<long long>(random() % 1000000), places[below(4)]});
            const bool memory = below(4) == 0;
            t.push_back({memory ? "mem" : std::string("gres/") + names[below(4)], memory ? "" : types[below(4)],
                         static_cast<long long>(random() % 1000000)});
        }
        const auto back = parse_gres(to_string(g));
        REQUIRE(back);
        REQUIRE(*back == g);
        const auto counted = parse_tres(to_string(t));
        REQUIRE(counted);
        REQUIRE(*counted == t);
    }
}
