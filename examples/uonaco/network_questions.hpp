// SPDX-License-Identifier: Apache-2.0
// What may be asked of paths and flows, by name.
#pragma once

#include <uonaco/base/enum_names.hpp>

#include <optional>
#include <string>

namespace program {

/// What is added up along a path and to be least.
enum class measure : unsigned char { delay, hops, distance, lease };

/// What two paths may not have in common; `maximal`: as little as can be.
enum class apartness : unsigned char { link, node, srlg, full, maximal };

/// How demands are carried.
enum class routing : unsigned char { split, tunnels, single, parts };

/// A question with nothing set is the plain one: the paths of least delay.
struct path_question {
    std::optional<measure> least{};
    bool widest = false;
    bool shortest_widest = false;
    std::optional<double> max_delay{};  ///< ms
    std::optional<double> max_jitter{}; ///< ms
    std::optional<double> min_rate{};   ///< Gb/s
    std::optional<apartness> pair{};
    bool power_control = false;
    bool critical_control = false;
    bool potential = false; ///< what can be created or resized counts as room

    bool plain() const {
        return !least && !widest && !shortest_widest && !max_delay && !max_jitter && !min_rate && !pair &&
               !power_control && !critical_control;
    }
};

struct flow_question {
    std::string demands{}; ///< file; empty: the scenario's transfers
    routing shown = routing::split;
    double gap = 1;  ///< percent
    int tunnels = 4; ///< a demand
    int parts = 4;   ///< of an elephant
    bool fair = false;
    bool potential = false;
    int top = 20; ///< links; 0: all
};

} // namespace program

namespace uonaco::inline UONACO_ABI {
template <>
inline constexpr names enum_names<program::measure>{"delay", "hops", "distance", "lease"};
template <>
inline constexpr names enum_names<program::apartness>{"link", "node", "srlg", "full", "maximal"};
template <>
inline constexpr names enum_names<program::routing>{"split", "tunnels", "single", "parts"};
} // namespace uonaco::inline UONACO_ABI

namespace program {
constexpr const char* to_string(measure m) { return uonaco::to_string(m); }
constexpr const char* to_string(apartness a) { return uonaco::to_string(a); }
constexpr const char* to_string(routing r) { return uonaco::to_string(r); }
} // namespace program
