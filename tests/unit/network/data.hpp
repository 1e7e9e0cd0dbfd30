// SPDX-License-Identifier: Apache-2.0
// Networks with demands from the files under UONACO_DATA; absent where that is not set.
#pragma once

#include <uonaco/network/flows/demand.hpp>

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace data {

/// Links become two edges, 2 k and 2 k + 1. `pool` is empty where each direction has the capacity for itself.
struct instance {
    unsigned nodes = 0;
    std::vector<uonaco::edge> edges{};
    std::vector<double> capacity{};
    std::vector<unsigned> pool{};
    std::vector<uonaco::demand> demands{};

    uonaco::graph graph() const { return {nodes, edges}; }
    uonaco::capacities capacities() const { return {capacity, pool}; }
};

/// `file` below UONACO_DATA, "te/Abilene.0000.json" for instance; links without a capacity get 1.
inline std::optional<instance> read(const std::string& file) {
    const char* root = std::getenv("UONACO_DATA");
    std::ifstream in(std::string(root ? root : ".") + "/" + file);
    if (!root || !in) return {};
    const auto json = nlohmann::json::parse(in);
    instance i{.nodes = static_cast<unsigned>(json["nodes"].size())};
    const bool directed = json.value("demands_directed", false);
    for (const auto& link : json["links"]) {
        const unsigned a = link["a"], b = link["b"], number = static_cast<unsigned>(i.edges.size() / 2);
        i.edges.insert(i.edges.end(), {{a, b}, {b, a}});
        i.capacity.insert(i.capacity.end(), directed ? 2 : 1, link.value("capacity", 1.0));
        if (!directed) i.pool.insert(i.pool.end(), 2, number);
    }
    for (const auto& d : json["demands"]) i.demands.push_back({d["a"], d["b"], d["value"]});
    return i;
}

} // namespace data
