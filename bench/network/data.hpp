// SPDX-License-Identifier: Apache-2.0
// Real networks, where the environment says in UONACO_DATA that there are some: <folder>/<name>.json with nodes, links {a, b, ...} and
// demands {a, b, value}; or as harvard-cns/teal keeps them (Kdl, ASN2k, UsCarrier, B4): links {source, target} both ways without
// lengths, which are made here.
#pragma once

#include "instance.hpp"

#include <uonaco/network/planning/design_problem.hpp>

#include <cstdio>
#include <cstdlib>
#include <optional>

#if __has_include(<nlohmann/json.hpp>)
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace networks {

/// `file` below UONACO_DATA, "te/Abilene.0000" for instance; nothing where that is not set or there is no such file.
inline std::optional<nlohmann::json> document(const std::string& file) {
    const char* root = std::getenv("UONACO_DATA");
    if (!root) return {};
    std::ifstream in(std::string(root) + "/" + file + ".json");
    if (!in) return {};
    return nlohmann::json::parse(in);
}

/// Lengths are rounded to whole kilometres, so that sums are exact; links without a capacity get 1.
inline std::optional<instance> read(const std::string& file) {
    const auto json = document(file);
    if (!json) return {};
    instance i{.name = file.substr(file.find('/') + 1), .nodes = static_cast<unsigned>(json->at("nodes").size())};
    const bool directed = json->value("demands_directed", false);
    dice length{1};
    for (const auto& link : json->at("links")) {
        const bool bare = !link.contains("a");
        const unsigned a = link.at(bare ? "source" : "a"), b = link.at(bare ? "target" : "b"), number = i.links();
        if (bare && a >= b) continue; // its other direction
        i.edges.insert(i.edges.end(), {{a, b}, {b, a}});
        i.km.insert(i.km.end(), 2,
                    bare ? 1.0 + length.below(4000)
                         : static_cast<double>(static_cast<long>(link.value("km", 0.0) + 0.5)));
        i.capacity.insert(i.capacity.end(), directed ? 2 : 1, link.value("capacity", 1.0));
        if (!directed) i.pool.insert(i.pool.end(), 2, number);
    }
    if (json->contains("demands"))
        for (const auto& d : json->at("demands")) i.demands.push_back({d.at("a"), d.at("b"), d.at("value")});
    return i;
}

/// What is to be designed: modules, and what is there already.
inline std::optional<uonaco::design_problem> read_design(const std::string& file) {
    const auto json = document(file);
    if (!json) return {};
    uonaco::design_problem p{.nodes = static_cast<unsigned>(json->at("nodes").size())};
    for (const auto& l : json->at("links")) {
        p.links.push_back(
            {l.at("a"), l.at("b"), l.value("preinstalled_capacity", 0.0), l.value("preinstalled_cost", 0.0), {}});
        if (l.contains("modules"))
            for (const auto& m : l.at("modules")) p.links.back().modules.push_back({m[0], m[1]});
    }
    for (const auto& d : json->at("demands")) p.demands.push_back({d.at("a"), d.at("b"), d.at("value")});
    return p;
}

/// All of topologies/, in the order of names.
inline std::vector<instance> real_networks() {
    std::vector<std::string> names;
    const char* root = std::getenv("UONACO_DATA");
    if (!root)
        std::puts("UONACO_DATA is not set: only the network made here");
    else
        for (const auto& f : std::filesystem::directory_iterator(std::filesystem::path(root) / "topologies"))
            if (f.path().extension() == ".json") names.push_back("topologies/" + f.path().stem().string());
    std::sort(names.begin(), names.end());
    std::vector<instance> all;
    for (const std::string& name : names) all.push_back(*read(name));
    return all;
}

} // namespace networks
#else
namespace networks {
inline std::optional<instance> read(const std::string&) { return {}; }
inline std::vector<instance> real_networks() { return {}; }
} // namespace networks
#endif
