// SPDX-License-Identifier: Apache-2.0
// Real networks, where the environment says in UONACO_DATA that there are some: topologies/<name>.json with nodes and links {a, b, km},
// or as harvard-cns/teal keeps them (Kdl, ASN2k, UsCarrier, B4): links {source, target} both ways without lengths, which are made here.
#pragma once

#include "grid.hpp"

#if __has_include(<nlohmann/json.hpp>)
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

namespace bench_network {

/// In the order of names; lengths in whole kilometres, so that sums are exact.
inline std::vector<instance> real_networks() {
    std::vector<instance> all;
    const char* data = std::getenv("UONACO_DATA");
    if (!data) {
        std::puts("UONACO_DATA is not set: only the network made here");
        return all;
    }
    std::vector<std::filesystem::path> files;
    for (const auto& f : std::filesystem::directory_iterator(std::filesystem::path(data) / "topologies"))
        if (f.path().extension() == ".json") files.push_back(f.path());
    std::sort(files.begin(), files.end());
    for (const auto& f : files) {
        std::ifstream in(f);
        const auto json = nlohmann::json::parse(in);
        instance net{f.stem().string(), static_cast<unsigned>(json.at("nodes").size()), {}};
        dice length{1};
        for (const auto& l : json.at("links"))
            if (!l.contains("a")) {
                const auto from = l.at("source").get<unsigned>(), to = l.at("target").get<unsigned>();
                if (from < to) net.fibres.push_back({from, to, 1.0 + length.below(4000)});
            } else
                net.fibres.push_back({l.at("a").get<unsigned>(), l.at("b").get<unsigned>(),
                                      static_cast<double>(static_cast<long>(l.at("km").get<double>() + 0.5))});
        all.push_back(net);
    }
    return all;
}

} // namespace bench_network
#else
namespace bench_network {
inline std::vector<instance> real_networks() { return {}; }
} // namespace bench_network
#endif
