// SPDX-License-Identifier: Apache-2.0
// Nodes of Slurm to pools and back.
#include "catch.hpp"
#include "hostile.hpp"

#include <uonaco/adapt/slurm.hpp>
#include <uonaco/io/scenario.hpp>

#include <random>

using namespace uonaco;
using namespace uonaco::literals;
using adapt::from_slurm;
using adapt::to_slurm;

namespace {
std::string list(const std::vector<std::string>& nodes) {
    std::string text = R"({"meta": {"slurm": {"cluster": "c"}}, "nodes": [)";
    for (const std::string& n : nodes) text += (&n == &nodes.front() ? "" : ",") + n;
    return text + "]}";
}
std::string node(const std::string& name, const std::string& members) {
    return R"({"name": ")" + name + "\", " + members + "}";
}
estate read(const std::string& text, const adapt::slurm_options& options = {}) {
    const auto e = from_slurm(text, options);
    INFO((e ? std::string() : io::to_string(e.error().front())));
    REQUIRE(e);
    REQUIRE(io::load<scenario>(io::dump(scenario{.estate = e->result})));
    return e->result;
}
std::string problem(const std::string& text) {
    const auto e = from_slurm(text);
    return e ? "" : io::to_string(e.error().front());
}
long long free(const std::string& members) {
    return read(list({node("a", R"j("gres": "gpu:h100:8(S:0-1)", )j" + members)})).pools[0].free_count;
}
} // namespace

TEST_CASE("slurm: nodes of one type and set of partitions are a pool") {
    const auto e = from_slurm(hostile::file("tests/adapt/slurm/nodes.json"));
    REQUIRE(e);
    const estate& x = e->result;
    REQUIRE(x.sites.size() == 1);
    CHECK(x.sites[0].id == "lumen");
    REQUIRE(x.pools.size() == 2);
    const compute_pool& h = x.pools[0];
    CHECK(h.id == "lumen/nvidia_h100_80gb_hbm3");
    CHECK(h.model == "H100 SXM");
    CHECK(h.total_count == 16);
    CHECK(h.free_count == 5); // three are taken, the other node is drained
    CHECK(*h.devices_per_node == 8);
    CHECK(*h.meta.labels.find("partitions") == "all,train");
    CHECK_FALSE(h.memory); // Slurm does not say: the model does
    const compute_pool& a = x.pools[1];
    CHECK(a.model == "a100"); // of which variant is not said
    CHECK(a.total_count == 4);
    CHECK(a.free_count == 2); // one is taken, one drained
    std::vector<std::string> lost;
    for (const adapt::loss& l : e->losses) lost.push_back(l.pointer);
    CHECK(lost == std::vector<std::string>{"/nodes/1", "/nodes/0/cpus", "/nodes/2", "/nodes/0/real_memory", "", "/meta",
                                           "/meta/slurm", "/nodes/0"}); // the last four: names of all else
    CHECK(read(hostile::file("tests/adapt/slurm/nodes.json"), {.models = {{"a100", "A100 SXM 80GB"}}}).pools[1].model ==
          "A100 SXM 80GB");
}

TEST_CASE("slurm: rows of sinfo") {
    const estate e = read(hostile::file("tests/adapt/slurm/sinfo.json"));
    REQUIRE(e.pools.size() == 2);
    CHECK(e.pools[0].model == "L40S");
    CHECK(e.pools[0].total_count == 12); // three nodes in two partitions are three nodes
    CHECK(e.pools[0].free_count == 12);
    CHECK(*e.pools[0].meta.labels.find("partitions") == "all,serve");
    CHECK(e.pools[1].total_count == 4);
    CHECK(e.pools[1].free_count == 3);
    CHECK(problem(R"({"sinfo": [{"gres": {"total": "gpu:1"}}]})") ==
          "schema /sinfo/0/nodes: expected the nodes of the row; found nothing "
          "(this key is required in a row of sinfo)");
}

TEST_CASE("slurm: where the cluster is") {
    const std::string n = R"("gres": "gpu:2", "gres_used": "")";
    CHECK(read(list({node("a", n)})).sites[0].id == "c");
    CHECK(read(list({node("a", n)}), {.site = "paris"}).sites[0].id == "paris");
    CHECK(read(list({node("a", n + R"(, "cluster_name": "other")")})).sites[0].id == "other");
    CHECK(read(R"({"meta": {"Slurm": {"cluster": "old"}}, "nodes": [)" + node("a", n) + "]}").sites[0].id == "old");
    CHECK(problem(R"({"nodes": [)" + node("a", n) + "]}") ==
          "semantic (document): expected the name of the cluster, in /meta/slurm/cluster; found nothing (or say at "
          "which site all nodes are)");
    CHECK(read(R"({"nodes": []})") == estate());
    CHECK(problem("{}").rfind("schema /nodes: ", 0) == 0);
    CHECK(
        problem(
            R"({"nodes": [], "errors": [{"description": "Unable to contact slurm controller", "error_number": 1002}]})") ==
        "semantic /errors/0: expected an answer of Slurm without errors; found \"Unable to contact slurm "
        "controller\"");
    CHECK(problem(list({node("a", n), node("a", n)})) ==
          "semantic /nodes/1/name: expected each node once; found \"a\" a second time");
}

TEST_CASE("slurm: what is free") {
    CHECK(free(R"j("gres_used": "gpu:h100:3(IDX:0-2)")j") == 5);
    CHECK(free(R"j("gres_used": "gpu:h100:0(IDX:N/A)")j") == 8);
    CHECK(free(R"("gres_used": "gpu:3")") == 5); // of the only type
    CHECK(free(R"j("gres_used": "gpu:(null):3(IDX:0-2)")j") == 5);
    CHECK(free(R"("gres_used": "", "tres_used": "cpu=4,gres/gpu=2,gres/gpu:h100=2")") == 6);
    CHECK(free(R"("tres_used": "cpu=4,gres/gpu=2")") == 6);
    CHECK(free(R"("tres_used": "")") == 8);
    CHECK(free(R"("gres_used": "gpu:h100:30")") == 0);
    CHECK(free(R"("gres_used": "gpu:h100:3", "gres_drained": "gpu:h100:1")") == 4);
    CHECK(free(R"("gres_used": "", "gres_drained": "N/A")") == 8);
    CHECK(free(R"("gres_used": "", "state": ["IDLE"])") == 8);
    CHECK(free(R"("gres_used": "", "state": ["IDLE", "PLANNED", "CLOUD", "POWERED_DOWN"])") == 8);
    for (const char* closed :
         {"DOWN", "DRAIN", "NOT_RESPONDING", "RESERVED", "MAINTENANCE", "ALLOCATED", "FAIL", "INVALID_REG", "down"})
        CHECK(free(std::string(R"("gres_used": "", "state": ["MIXED", ")") + closed + "\"]") == 0);
    CHECK(free(R"("gres_used": "", "state": "idle", "state_flags": ["DRAIN"])") == 0); // v0.0.38
    for (const char* open : {"idle~", "mix-", "comp", "idle#", "MIXED+"})
        CHECK(free(std::string(R"("gres_used": "", "state": ")") + open + '"') == 8);
    for (const char* closed : {"idle*", "mix@", "idle$", "drained*", "resv", "NEWER_STATE", "alloc", "", "~"})
        CHECK(free(std::string(R"("gres_used": "", "state": ")") + closed + '"') == (*closed == '\0' ? 8 : 0));
    const auto unknown = from_slurm(list({node("a", R"("gres": "gpu:8")")}));
    REQUIRE(unknown);
    CHECK(unknown->losses[0] ==
          adapt::loss{"/nodes", "of 1 nodes it is not known what is taken: all of it counts as free"});

    const estate two = read(list({node("a", R"("gres": "gpu:a:4,gpu:b:4", "tres_used": "gres/gpu=6")")}));
    CHECK(two.pools[0].free_count + two.pools[1].free_count == 2);
    CHECK(read(list({node("a", R"("gres": "gpu:a:4,gpu:b:4", "gres_used": "gpu:a:1,gpu:b:2")")})).pools[1].free_count ==
          2);
    const auto future = from_slurm(list({node("a", R"("gres": "gpu:8", "state": ["FUTURE"])")}));
    REQUIRE(future);
    CHECK(future->result.pools.empty());
    CHECK(future->losses[0].what.rfind("a node that is to come", 0) == 0);
}

TEST_CASE("slurm: devices of a TRES string where there is no GRES") {
    const estate e = read(list(
        {node("a", R"("gres": "", "tres": "cpu=64,mem=512G,billing=64,gres/gpu=8,gres/gpu:h100=8", "tres_used": "")"),
         node("b", R"j("gres": "(null)", "tres": "cpu=64,gres/gpu=4", "tres_used": "")j"),
         node("c", R"("gres": "npu:2,fpga:u250:1,mps:400", "gres_used": "npu:1")")}));
    REQUIRE(e.pools.size() == 4);
    CHECK(e.pools[0].model == "h100");
    CHECK(e.pools[1].model.empty());
    CHECK(e.pools[1].id == "c/gpu");
    CHECK(e.pools[2].device_type == device_type::fpga);
    CHECK(e.pools[3].device_type == device_type::npu);
    CHECK(e.pools[3].free_count == 1);
}

TEST_CASE("slurm, unit trap: numbers with a mark for what is not set") {
    const auto cpus = [](const char* n) {
        const auto e = from_slurm(list({node("a", std::string(R"("gres": "gpu:1", "gres_used": "", "cpus": )") + n)}));
        REQUIRE(e);
        return e->losses.size();
    };
    CHECK(cpus("64") == 1);
    CHECK(cpus(R"({"set": true, "infinite": false, "number": 64})") == 1);
    CHECK(cpus(R"({"set": false, "infinite": false, "number": 64})") == 0);
    CHECK(cpus(R"({"set": true, "infinite": true, "number": 0})") == 0);
    CHECK(cpus("4294967294") == 0);
    CHECK(cpus("18446744073709551614") == 0);
    CHECK(problem(list({node("a", R"("cpus": -1)")})).rfind("schema /nodes/0/cpus: expected a number, at least 0", 0) ==
          0);
    CHECK(problem(list({node("a", R"("cpus": {"set": "yes"})")})).rfind("schema /nodes/0/cpus/set: ", 0) == 0);
}

TEST_CASE("slurm, unit trap: MiB are the node's, joules and billing weights are neither power nor a price") {
    const auto text = list({node(
        "a",
        R"("gres": "gpu:2", "gres_used": "", "real_memory": 2063500, "tres": "cpu=64,mem=2063500M,energy=7200,billing=192,gres/gpu=2",
                "energy": {"average_watts": 700, "base_consumed_energy": 1, "consumed_energy": 7200, "last_collected": 1})")});
    const auto made = from_slurm(text);
    REQUIRE(made);
    const compute_pool& p = made->result.pools.at(0);
    CHECK((!p.memory && !p.max_power && !p.idle_power && !p.price));
    std::string lost;
    for (const adapt::loss& l : made->losses) lost += l.pointer + " " + l.what + "\n";
    for (const char* member : {"real_memory", "energy"}) CHECK(lost.find(member) != lost.npos);
}

TEST_CASE("slurm, unit trap: counts of 1,024") {
    CHECK(read(list({node("a", R"("gres": "gpu:1K", "gres_used": "")")})).pools[0].total_count == 1024);
    CHECK(problem(list({node("a", R"("gres": "gpu:2T")")})) ==
          "semantic /nodes/0: expected at most 10^12 devices in a pool; found more");
    CHECK(problem(list({node("a", R"("gres": "gpu:h100:-1")")})) ==
          "schema /nodes/0/gres: expected resources as \"gpu:h100:8(S:0-1)\"; found \"gpu:h100:-1\": no count: "
          "\"gpu:h100:-1\"");
    CHECK(problem(list({node("a", R"("tres": "gres/gpu=x")")}))
              .rfind("schema /nodes/0/tres: expected resources as ", 0) == 0);
}

TEST_CASE("slurm: what is read and written is read the same") {
    for (const char* path : {"tests/adapt/slurm/nodes.json", "tests/adapt/slurm/sinfo.json"}) {
        const auto e = from_slurm(hostile::file(path));
        REQUIRE(e);
        const auto text = to_slurm(e->result);
        CHECK(text.losses.empty());
        CHECK(read(text.result) == e->result);
        CHECK(to_slurm(read(text.result)).result == text.result);
    }
}

TEST_CASE("slurm: what a node has no place for is named") {
    estate e;
    e.sites.push_back({.id = "s", .pue = 1.2});
    e.sites.push_back({.id = "empty"});
    e.pools.push_back({.id = "p",
                       .site = "s",
                       .model = "H100 SXM",
                       .total_count = 20,
                       .free_count = 13,
                       .memory = 80_GB,
                       .devices_per_node = 8,
                       .price = 2_usd / 1_h});
    e.pools.push_back({.id = "c", .site = "s", .device_type = device_type::cpu, .total_count = 4, .free_count = 4});
    e.pools.push_back({.id = "u", .site = "s", .total_count = 12000, .free_count = 1, .devices_per_node = 1});
    e.pools.push_back({.id = "v", .site = "s", .total_count = 12, .free_count = 1});
    e.pools.push_back({.id = "none", .site = "s"});
    e.links.push_back({.id = "l"});
    const auto t = to_slurm(e);
    std::vector<std::string> lost;
    for (const adapt::loss& l : t.losses) lost.push_back(l.pointer);
    CHECK(lost == std::vector<std::string>{"/pools/0/memory_gib", "/pools/0/price_usd_per_h", "/pools/1", "/pools/2",
                                           "/pools/2/devices_per_node", "/pools/3", "/pools/4", "/sites/0/pue",
                                           "/sites/1", "/links"});
    const estate back = read(t.result);
    REQUIRE(back.pools.size() == 3);
    CHECK(back.pools[0].total_count == 20);
    CHECK(back.pools[0].free_count == 13);
    CHECK(*back.pools[0].devices_per_node == 8);
    CHECK(back.pools[1].total_count == 12000);
}

TEST_CASE("slurm: random estates come back up to what is lost") {
    std::mt19937 random(13);
    const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    const int times = 1000 * hostile::times();
    for (int n = 0; n < times; ++n) {
        estate kept;
        const unsigned sites = 1 + below(3);
        std::vector<std::string> lost;
        for (unsigned i = 0; i < sites; ++i) {
            site s{.id = {"site-" + std::to_string(i)}};
            if (below(3) == 0) {
                s.id = {"M-nchen-" + std::to_string(i)};
                s.meta.labels.set("foreign_id", "M nchen " + std::to_string(i));
            }
            kept.sites.push_back(s);
        }
        const unsigned pools = sites + below(3);
        for (unsigned i = 0; i < pools; ++i) {
            compute_pool p{.id = {"pool/" + std::to_string(i)}, .site = kept.sites[i < sites ? i : below(sites)].id};
            const char* models[] = {"H100 SXM", "MI300X", "TPU v5e", "Gaudi3", "My own chip (rev. 2)", "910", ""};
            p.model = models[below(7)];
            if (below(5) == 0 && p.model != "") p.meta.labels.set("gres_type", "nvidia_h100_80gb_hbm3");
            const device_type types[] = {device_type::gpu, device_type::npu, device_type::tpu, device_type::fpga,
                                         device_type::accelerator};
            p.device_type = types[below(5)];
            p.devices_per_node = 1 + below(12);
            p.total_count = 1 + below(40);
            p.free_count = below(static_cast<unsigned>(p.total_count) + 1);
            if (below(3) == 0) p.meta.labels.set("partitions", "a,b");
            kept.pools.push_back(p);
        }
        estate e = kept;
        for (unsigned i = 0; i < pools; ++i) {
            if (below(3) == 0) {
                e.pools[i].price = 2_usd / 1_h;
                lost.push_back("/pools/" + std::to_string(i) + "/price_usd_per_h");
            }
            if (below(3) == 0) {
                e.pools[i].memory = 80_GB;
                lost.push_back("/pools/" + std::to_string(i) + "/memory_gib");
            }
        }
        const auto text = to_slurm(e);
        std::vector<std::string> reported;
        for (const adapt::loss& l : text.losses) reported.push_back(l.pointer);
        std::sort(lost.begin(), lost.end());
        std::sort(reported.begin(), reported.end());
        const auto back = from_slurm(text.result);
        INFO(io::dump(e) << text.result);
        REQUIRE(back);
        REQUIRE(reported == lost);
        REQUIRE(io::dump(back->result) == io::dump(kept));
        REQUIRE(back->result == kept);
    }
}

TEST_CASE("slurm: hostile texts") {
    for (const char* path : {"tests/adapt/slurm/nodes.json", "tests/adapt/slurm/sinfo.json"})
        hostile::for_each_text(hostile::file(path), [](const std::string& text) {
            const auto e = from_slurm(text);
            if (!e) {
                REQUIRE(!e.error().empty());
                return;
            }
            const auto loaded = io::load<scenario>(io::dump(scenario{.estate = e->result}));
            INFO((loaded ? std::string() : io::to_string(loaded.error().front())));
            REQUIRE(loaded);
            REQUIRE(from_slurm(to_slurm(e->result).result));
        });
}

TEST_CASE("slurm: ten thousand nodes") {
    std::vector<std::string> nodes;
    for (int i = 0; i < 10000; ++i) {
        const std::string n = std::to_string(i);
        nodes.push_back(node("n" + n, R"("gres": "gpu:x:8", "gres_used": "", "partitions": ["p)" + n + "\"]"));
    }
    CHECK(from_slurm(list(nodes))->result.pools.size() == 10000);
}
