// SPDX-License-Identifier: Apache-2.0
// Nodes of Kubernetes to pools and back.
#include "catch.hpp"
#include "hostile.hpp"

#include <uonaco/adapt/kubernetes.hpp>
#include <uonaco/io/scenario.hpp>

#include <random>

using namespace uonaco;
using namespace uonaco::literals;
using adapt::from_kubernetes;
using adapt::to_kubernetes;

namespace {
std::string node(const std::string& name, const std::string& labels, const std::string& capacity,
                 const std::string& more = "{}") {
    return R"({"kind": "Node", "metadata": {"name": ")" + name +
           R"(", "labels": {"topology.kubernetes.io/zone": "z1")" + labels + R"(}}, "spec": )" + more +
           R"(, "status": {"capacity": {)" + capacity + "}}}";
}
std::string list(const std::vector<std::string>& items) {
    std::string text = R"({"apiVersion": "v1", "kind": "List", "items": [)";
    for (const std::string& i : items) text += (&i == &items.front() ? "" : ",") + i;
    return text + "]}";
}
std::string pod(const std::string& on, const std::string& spec, const std::string& phase = "Running") {
    return R"({"kind": "Pod", "metadata": {"name": "p"}, "spec": {"nodeName": ")" + on + "\", " + spec +
           R"(}, "status": {"phase": ")" + phase + "\"}}";
}
const char* const h100 = R"(, "nvidia.com/gpu.product": "NVIDIA-H100-80GB-HBM3")";
estate read(const std::string& text, const adapt::kubernetes_options& options = {}) {
    const auto e = from_kubernetes(text, options);
    INFO((e ? std::string() : io::to_string(e.error().front())));
    REQUIRE(e);
    REQUIRE(io::load<scenario>(io::dump(scenario{.estate = e->result})));
    return e->result;
}
std::string problem(const std::string& text) {
    const auto e = from_kubernetes(text);
    return e ? "" : io::to_string(e.error().front());
}
} // namespace

TEST_CASE("kubernetes: nodes of one model and zone are a pool") {
    const auto e = from_kubernetes(hostile::file("tests/adapt/kubernetes/nodes_pods.json"));
    REQUIRE(e);
    const estate& x = e->result;
    REQUIRE(x.sites.size() == 2);
    CHECK(x.sites[0].id == "eu-north-1a");
    CHECK(*x.sites[0].meta.labels.find("region") == "eu-north-1");
    REQUIRE(x.pools.size() == 2);
    const compute_pool& h = x.pools[0];
    CHECK(h.id == "eu-north-1a/NVIDIA-H100-80GB-HBM3");
    CHECK(h.site == "eu-north-1a");
    CHECK(h.model == "H100 SXM");
    CHECK(h.total_count == 16);
    CHECK(h.free_count == 6); // two are taken, the other node is cordoned
    CHECK(*h.devices_per_node == 8);
    CHECK(*h.meta.labels.find("taints") == "nvidia.com/gpu=present:NoSchedule");
    CHECK(x.pools[1].model == "MI300X");
    CHECK(x.pools[1].free_count == 0); // not ready
    std::vector<std::string> lost;
    for (const adapt::loss& l : e->losses) lost.push_back(l.pointer);
    CHECK(lost == std::vector<std::string>{
                      "/items/1", "/items/2", "/items/0/status/capacity/cpu",
                      "/items/0/status/capacity/ephemeral-storage", "/items/0/status/capacity/hugepages-2Mi",
                      "/items/0/status/capacity/memory", "/items/0/status/capacity/rdma~1hca_shared",
                      // names of all else
                      "/items/0/metadata", "/items/0/metadata/labels", "/items/0/spec", "/items/0/status",
                      "/items/0/status/conditions/0", "/items/0/status/conditions/1", "/items/0/status/capacity",
                      "/items/0/status/allocatable", "/items/1/spec/taints/0"});
}

TEST_CASE("kubernetes: a Node, a NodeList, a List") {
    const std::string one = node("a", h100, R"("nvidia.com/gpu": "8")");
    const estate alone = read(one);
    CHECK(alone.pools.size() == 1);
    CHECK(read(list({one})) == alone);
    CHECK(read(R"({"kind": "NodeList", "items": [)" + one.substr(0, 1) + one.substr(16) + "]}") ==
          alone); // items say no kind there
    CHECK(problem(R"({"kind": "Deployment"})") == "schema /kind: expected \"List\", \"NodeList\" or \"Node\"; found "
                                                  "\"Deployment\" (as kubectl get nodes -o json prints it)");
    CHECK(problem(R"({"items": []})").rfind("schema /kind: ", 0) == 0);
    CHECK(problem(R"({"kind": "List"})").rfind("schema /items: ", 0) == 0);
    CHECK(read(R"({"kind": "List", "items": []})") == estate());
    CHECK(problem(list({one, one})) ==
          "semantic /items/1/metadata/name: expected each node once; found \"a\" a second time");
}

TEST_CASE("kubernetes, unit trap: memory labels are MiB, of AMD GiB") {
    const estate n =
        read(node("a", std::string(h100) + R"(, "nvidia.com/gpu.memory": "81920")", R"("nvidia.com/gpu": "8")"));
    CHECK(*n.pools[0].memory == units::memory::from_si(80.0 * 8 * 1073741824));
    const estate a = read(node("a", R"(, "amd.com/gpu.vram": "192G")", R"("amd.com/gpu": "8")"));
    CHECK(*a.pools[0].memory == units::memory::from_si(192.0 * 8 * 1073741824));
    CHECK_FALSE(
        read(node("a", R"(, "nvidia.com/gpu.memory": "0")", R"("nvidia.com/gpu": "8")")).pools[0].memory); // not told
    for (const char* bad : {"80Gi", "-1", "1e3", "81920.5", "", " 1", "9999999999999999"})
        CHECK((*bad == '\0' || problem(node("a", std::string(R"(, "nvidia.com/gpu.memory": ")") + bad + '"',
                                            R"("nvidia.com/gpu": "8")"))
                                       .rfind("schema /metadata/labels/nvidia.com~1gpu.memory: ", 0) == 0));
    CHECK(problem(node("a", R"(, "amd.com/gpu.vram": "192")", R"("amd.com/gpu": "8")")) ==
          "schema /metadata/labels/amd.com~1gpu.vram: expected a whole number of at most 15 digits and 'G'; found "
          "\"192\"");
    const auto bytes =
        from_kubernetes(node("a", R"(, "nvidia.com/gpu.memory": "16106127360")", R"("nvidia.com/gpu": "8")"));
    REQUIRE(bytes);
    CHECK(!bytes->result.pools[0].memory);
    CHECK(bytes->losses.at(0).pointer == "/metadata/labels/nvidia.com~1gpu.memory");
}

TEST_CASE("kubernetes, unit trap: devices are whole quantities") {
    const auto total = [](const std::string& n) {
        return read(node("a", h100, "\"nvidia.com/gpu\": " + n)).pools[0].total_count;
    };
    CHECK(total("\"8\"") == 8);
    CHECK(total("8") == 8);
    CHECK(total("\"1k\"") == 1000);
    CHECK(total("\"8000m\"") == 8);
    CHECK(total("\"1Ki\"") == 1024);
    CHECK(total("\"8e0\"") == 8);
    CHECK(total("\"1T\"") == 1000000000000);
    for (const char* bad : {"\"0.5\"", "\"500m\"", "-1", "\"-1\"", "\"8 \"", "\"eight\"", "true", "[]", "0.5", "1e13",
                            "\"2T\"", "\"9E\"", "\"1e99\""})
        CHECK(problem(node("a", h100, std::string("\"nvidia.com/gpu\": ") + bad))
                  .rfind("schema /status/capacity/nvidia.com~1gpu: expected a whole number of devices", 0) == 0);
    CHECK(problem(node("a", h100, R"("nvidia.com/gpu": "10E")")) ==
          "schema /status/capacity/nvidia.com~1gpu: expected a whole number of devices, as \"8\"; found \"10E\": more "
          "than 2^63 - 1");
    CHECK(problem(list({node("a", h100, R"("nvidia.com/gpu": "1T")"),
                        node("b", std::string(h100) + R"(, "nvidia.com/gpu.count": "1000000000000")",
                             R"("nvidia.com/gpu": "1")")})) ==
          "semantic /items/1/status/capacity/nvidia.com~1gpu: expected at most 10^12 devices in a pool; found more");
}

TEST_CASE("kubernetes: what is not alike is another pool") {
    const std::string eight = R"("nvidia.com/gpu": "8")";
    const estate e =
        read(list({node("a", h100, eight), node("b", h100, R"("nvidia.com/gpu": "4")"),
                   node("c", std::string(h100) + R"(, "nvidia.com/gpu.memory": "81559")", eight),
                   node("d", h100, eight, R"({"taints": [{"key": "team", "value": "x", "effect": "NoSchedule"}]})"),
                   node("e", R"(, "nvidia.com/gpu.product": "NVIDIA-L4")", eight), node("f", h100, eight),
                   node("g", h100, R"("nvidia.com/gpu": "8", "habana.ai/gaudi": "2", "google.com/tpu": 4)")}));
    std::vector<std::string> ids;
    for (const compute_pool& p : e.pools) ids.push_back(p.id.text + " " + std::to_string(p.total_count));
    CHECK(ids == std::vector<std::string>{"z1/NVIDIA-H100-80GB-HBM3 24", "z1/NVIDIA-H100-80GB-HBM3-2 4",
                                          "z1/NVIDIA-H100-80GB-HBM3-3 8", "z1/NVIDIA-H100-80GB-HBM3-4 8",
                                          "z1/NVIDIA-L4 8", "z1/google.com/tpu 4", "z1/habana.ai/gaudi 2"});
    CHECK(e.pools[5].device_type == device_type::tpu);
    CHECK(e.pools[6].device_type == device_type::accelerator);
}

TEST_CASE("kubernetes: labels that name the product") {
    const auto model = [](const char* label, const char* product, const char* resource) {
        const estate e = read(node("a", std::string(R"(, ")") + label + R"(": ")" + product + '"',
                                   '"' + std::string(resource) + R"(": "4")"));
        return e.pools[0].model;
    };
    CHECK(model("nvidia.com/gpu.product", "NVIDIA-A100-SXM4-80GB", "nvidia.com/gpu") == "A100 SXM 80GB");
    CHECK(model("cloud.google.com/gke-accelerator", "nvidia-h100-80gb", "nvidia.com/gpu") == "H100 SXM");
    CHECK(model("cloud.google.com/gke-tpu-accelerator", "tpu-v5p-slice", "google.com/tpu") == "TPU v5p");
    CHECK(model("amd.com/gpu.product-name", "AMD_Instinct_MI355X_OAM", "amd.com/gpu") == "MI355X");
    CHECK(model("beta.amd.com/gpu.product-name", "AMD_Instinct_MI325X_OAM", "amd.com/gpu") == "MI325X");
    CHECK(model("nvidia.com/gpu.product", "Some-GPU", "nvidia.com/gpu") == "Some-GPU");
    const estate intel = read(node("a", "", R"("gpu.intel.com/i915": "4", "gpu.intel.com/xe": "1")"));
    CHECK((intel.pools.size() == 2 && intel.pools[0].device_type == device_type::gpu));
    CHECK(*intel.pools[0].meta.labels.find("resource") == "gpu.intel.com/i915");
    CHECK(read(to_kubernetes(intel).result) == intel);
}

TEST_CASE("kubernetes: zones are sites, or the option says which") {
    const std::string a = node("a", h100, R"("nvidia.com/gpu": "8")");
    const estate e = read(a, {.site = "paris"});
    CHECK(e.sites[0].id == "paris");
    CHECK(*e.pools[0].meta.labels.find("zone") == "z1");
    CHECK(e.pools[0].id == "z1/NVIDIA-H100-80GB-HBM3");
    const std::string bare =
        R"({"kind": "Node", "metadata": {"name": "a"}, "status": {"capacity": {"nvidia.com/gpu": "8"}}})";
    CHECK(problem(bare) == "semantic /metadata/labels/topology.kubernetes.io~1zone: expected the zone of a node with "
                           "devices; found nothing "
                           "(or say at which site all nodes are)");
    CHECK(read(bare, {.site = "Paris Nord"}).pools[0].site == "Paris-Nord");
    CHECK(read(bare, {.site = "Paris Nord"}).pools[0].model.empty());
    const std::string old =
        R"({"kind": "Node", "metadata": {"name": "a", "labels": {"failure-domain.beta.kubernetes.io/zone": "z9",
        "failure-domain.beta.kubernetes.io/region": "r9"}}, "status": {"capacity": {"nvidia.com/gpu": "8"}}})";
    CHECK(read(old).sites[0].id == "z9");
    CHECK(*read(old).sites[0].meta.labels.find("region") == "r9");
}

TEST_CASE("kubernetes: what is free") {
    const auto free = [](const std::string& n, const std::vector<std::string>& pods = {}) {
        std::vector<std::string> all = pods;
        all.push_back(n);
        return read(list(all)).pools[0].free_count;
    };
    const std::string eight = R"("nvidia.com/gpu": "8"}, "allocatable": {"nvidia.com/gpu": "7")";
    CHECK(free(node("a", h100, eight)) == 7);
    CHECK(free(node("a", h100, R"("nvidia.com/gpu": "8"}, "allocatable": {"cpu": "7")")) == 0);
    CHECK(free(node("a", h100, eight, R"({"unschedulable": true})")) == 0);
    CHECK(free(node("a", h100, eight, R"({"unschedulable": false})")) == 7);
    CHECK(free(node("a", h100, eight,
                    R"({"taints": [{"key": "node.kubernetes.io/disk-pressure", "effect": "NoSchedule"}]})")) == 0);
    CHECK(free(node("a", h100, eight,
                    R"({"taints": [{"key": "node.kubernetes.io/x", "effect": "PreferNoSchedule"}]})")) == 7);
    CHECK(free(node("a", h100, eight, R"({"taints": [{"key": "nvidia.com/gpu", "effect": "NoSchedule"}]})")) == 7);
    CHECK(free(node("a", h100, eight + R"(}, "conditions": [{"type": "Ready", "status": "False"}], "x": {)")) == 0);
    CHECK(problem(node("a", h100, R"("nvidia.com/gpu": "8"}, "allocatable": {"nvidia.com/gpu": "9")")) ==
          "semantic /status/allocatable/nvidia.com~1gpu: expected at most the capacity; found 9");

    const std::string one = R"("resources": {"limits": {"nvidia.com/gpu": 1}})",
                      two = R"("resources": {"requests": {"cpu": 1, "nvidia.com/gpu": "2"}})";
    const std::string n = node("a", h100, eight);
    CHECK(free(n, {pod("a", R"("containers": [{)" + one + "}, {" + two + "}]")}) == 4);
    CHECK(free(n, {pod("a", R"("containers": [{)" + two + "}]", "Failed")}) == 7);
    CHECK(free(n, {pod("", R"("containers": [{)" + two + "}]", "Pending")}) == 7);
    CHECK(free(n, {pod("a", R"("containers": [{)" + one + R"(}], "initContainers": [{)" + two + "}]")}) == 5);
    CHECK(free(n, {pod("a", R"("containers": [{)" + one + R"(}], "initContainers": [{"restartPolicy": "Always", )" +
                                one + "}, {" + two + "}]")}) == 4);
    CHECK(
        free(
            n,
            {pod("a",
                 R"("containers": [{"resources": {"requests": {"cpu": "1"}, "limits": {"nvidia.com/gpu": "3"}}}])")}) ==
        4);
    CHECK(free(n, {pod("a", R"("containers": [{"resources": {"limits": {"nvidia.com/gpu": "30"}}}])")}) == 0);
    const auto strange = from_kubernetes(list({n, pod("b", R"("containers": [{)" + two + "}]")}));
    REQUIRE(strange);
    CHECK(strange->losses[0] == adapt::loss{"/items/1", "a pod on node \"b\", which is not here"});
    CHECK(from_kubernetes(n)->losses[0].what.rfind("there are no pods", 0) == 0);
}

TEST_CASE("kubernetes: shared devices and slices") {
    const std::string labels =
        R"(, "nvidia.com/gpu.product": "Tesla-T4-SHARED", "nvidia.com/gpu.replicas": "4", "nvidia.com/gpu.count": "2")";
    for (const char* capacity :
         {R"("nvidia.com/gpu": "8")", R"("nvidia.com/gpu": "0", "nvidia.com/gpu.shared": "8")"}) {
        const estate e = read(list(
            {node("a", labels, capacity),
             pod("a",
                 std::string(
                     R"("containers": [{"resources": {"limits": {"nvidia.com/gpu": 1, "nvidia.com/gpu.shared": 1}}}])"))}));
        REQUIRE(e.pools.size() == 1);
        CHECK(e.pools[0].model == "T4");
        CHECK(e.pools[0].total_count == 2);
        CHECK(e.pools[0].free_count == 1);
        CHECK(*e.pools[0].devices_per_node == 2);
    }
    const estate m = read(node(
        "a",
        R"(, "nvidia.com/gpu.product": "NVIDIA-A100-SXM4-40GB", "nvidia.com/gpu.memory": "40960", "nvidia.com/mig-3g.20gb.memory": "20096")",
        R"("nvidia.com/gpu": "1", "nvidia.com/mig-3g.20gb": "2")"));
    REQUIRE(m.pools.size() == 2);
    CHECK(m.pools[1].model == "NVIDIA-A100-SXM4-40GB-MIG-3g.20gb");
    CHECK(m.pools[1].total_count == 2);
    CHECK(*m.pools[1].memory == units::memory::from_si(20096.0 * 8 * 1048576));
    CHECK_FALSE(m.pools[1].devices_per_node);
    CHECK(read(to_kubernetes(m).result) == m);
    // Slices are shared by a label of their own.
    const std::string a100 = R"(, "nvidia.com/gpu.product": "NVIDIA-A100-SXM4-40GB", "nvidia.com/gpu.replicas": "7",
        "nvidia.com/mig-1g.5gb.memory": "4864", "nvidia.com/mig-1g.5gb.replicas": "3")";
    for (const char* capacity :
         {R"("nvidia.com/mig-1g.5gb": "6")", R"("nvidia.com/mig-1g.5gb": "0", "nvidia.com/mig-1g.5gb.shared": "6")"}) {
        const estate shared = read(node("a", a100, capacity));
        REQUIRE(shared.pools.size() == 1);
        CHECK(shared.pools[0].model == "NVIDIA-A100-SXM4-40GB-MIG-1g.5gb");
        CHECK(shared.pools[0].total_count == 2);
        CHECK(*shared.pools[0].memory == units::memory::from_si(4864.0 * 8 * 1048576));
    }
}

TEST_CASE("kubernetes: what is read and written is read the same") {
    const auto e = from_kubernetes(hostile::file("tests/adapt/kubernetes/nodes_pods.json"));
    REQUIRE(e);
    const auto text = to_kubernetes(e->result);
    CHECK(text.losses.empty());
    CHECK(read(text.result) == e->result);
    CHECK(to_kubernetes(read(text.result)).result == text.result);
}

TEST_CASE("kubernetes: what a Node has no place for is named") {
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
    e.storage.push_back({.id = "d", .site = "s", .capacity = 1_TB});
    e.currency = "EUR";
    const auto t = to_kubernetes(e);
    std::vector<std::string> lost;
    for (const adapt::loss& l : t.losses) lost.push_back(l.pointer);
    CHECK(lost == std::vector<std::string>{"/pools/0/memory_gib", "/pools/0/price_usd_per_h", "/pools/1", "/pools/2",
                                           "/pools/2/devices_per_node", "/pools/3", "/sites/0/pue", "/sites/1",
                                           "/currency", "/storage"});
    const estate back = read(t.result);
    REQUIRE(back.pools.size() == 3);
    CHECK(back.pools[0].id == "p");
    CHECK(back.pools[0].total_count == 20);
    CHECK(back.pools[0].free_count == 13);
    CHECK(*back.pools[0].devices_per_node == 8);
    CHECK(back.pools[1].total_count == 12000);
}

TEST_CASE("kubernetes: random estates come back up to what is lost") {
    std::mt19937 random(11);
    const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    const int times = 1000 * hostile::times();
    for (int n = 0; n < times; ++n) {
        estate kept;
        const unsigned sites = 1 + below(3);
        std::vector<std::string> lost;
        for (unsigned i = 0; i < sites; ++i) {
            site s{.id = {"site-" + std::to_string(i)}};
            if (below(3) == 0) s.id = {"AIDC:" + std::to_string(i) + "/x"};
            if (below(3) == 0) s.meta.labels.set("region", "r" + std::to_string(below(2)));
            if (below(4) == 0) {
                s.id = {"M-nchen-" + std::to_string(i)};

                s.meta.labels.set("foreign_id", "M nchen " + std::to_string(i));
            }
            kept.sites.push_back(s);
        }
        const unsigned pools = sites + below(3);
        for (unsigned i = 0; i < pools; ++i) {
            compute_pool p{.id = {"pool/" + std::to_string(i)}, .site = kept.sites[i < sites ? i : below(sites)].id};
            const char* models[] = {"H100 SXM", "MI300X", "TPU v5e", "Gaudi3", "My own chip (rev. 2)", "L4", ""};
            p.model = models[below(7)];
            if (below(5) == 0 && p.model != "Gaudi3" && p.model != "")
                p.meta.labels.set("product", "NVIDIA-H100-80GB-HBM3");
            p.device_type = p.model == "TPU v5e"  ? device_type::tpu
                            : p.model == "Gaudi3" ? device_type::accelerator
                                                  : device_type::gpu;
            const bool has_memory = p.device_type == device_type::gpu;
            if (has_memory && below(2)) p.memory = units::memory::from_si((1.0 + below(200)) * 8 * 1073741824);
            p.devices_per_node = 1 + below(12);
            p.total_count = below(5) == 0 ? 0 : below(40);
            p.free_count = p.total_count > 0 ? below(static_cast<unsigned>(p.total_count) + 1) : 0;
            if (below(4) == 0) p.meta.labels.set("taints", "a=b:NoSchedule,c:NoExecute");
            if (below(4) == 0) p.meta.labels.set("zone", "zone-" + std::to_string(below(3)));
            kept.pools.push_back(p);
        }
        estate e = kept;
        bool generation = false;
        for (unsigned i = 0; i < pools; ++i) {
            if (below(3) == 0) {
                e.pools[i].price = 2_usd / 1_h;
                lost.push_back("/pools/" + std::to_string(i) + "/price_usd_per_h");
            }
            if (below(3) == 0) {
                if (!generation) lost.push_back("/pools/" + std::to_string(i) + "/generation"); // once a list
                e.pools[i].meta.generation = 7;
                generation = true;
            }
        }
        for (unsigned i = 0; i < sites; ++i)
            if (below(3) == 0) {
                e.sites[i].pue = 1.1;
                lost.push_back("/sites/" + std::to_string(i) + "/pue");
            }
        const auto text = to_kubernetes(e);
        std::vector<std::string> reported;
        for (const adapt::loss& l : text.losses) reported.push_back(l.pointer);
        std::sort(lost.begin(), lost.end());
        std::sort(reported.begin(), reported.end());
        const auto back = from_kubernetes(text.result);
        INFO(io::dump(e) << text.result);
        REQUIRE(back);
        REQUIRE(reported == lost);
        if (!(back->result == kept)) INFO(io::dump(back->result));
        REQUIRE(io::dump(back->result) == io::dump(kept));
        REQUIRE(back->result == kept);
    }
}

TEST_CASE("kubernetes: hostile texts") {
    hostile::for_each_text(hostile::file("tests/adapt/kubernetes/nodes_pods.json"), [](const std::string& text) {
        const auto e = from_kubernetes(text);
        if (!e) {
            REQUIRE(!e.error().empty());
            return;
        }
        const auto loaded = io::load<scenario>(io::dump(scenario{.estate = e->result}));
        INFO((loaded ? std::string() : io::to_string(loaded.error().front())));
        REQUIRE(loaded);
        REQUIRE(from_kubernetes(to_kubernetes(e->result).result));
    });
}

TEST_CASE("kubernetes: ten thousand nodes, all different or all of one name") {
    std::vector<std::string> same, different;
    for (int i = 0; i < 10000; ++i) {
        const std::string n = std::to_string(i);
        same.push_back(node(
            "n" + n, R"(, "nvidia.com/gpu.product": "x", "nvidia.com/gpu.memory": ")" + std::to_string(i + 1) + '"',
            R"("nvidia.com/gpu": "8")"));
        different.push_back(node("n" + n, R"(, "nvidia.com/gpu.product": "x)" + n + '"', R"("nvidia.com/gpu": "8")"));
    }
    CHECK(from_kubernetes(list(same))->result.pools.size() == 10000);
    CHECK(from_kubernetes(list(different))->result.pools.size() == 10000);
}
