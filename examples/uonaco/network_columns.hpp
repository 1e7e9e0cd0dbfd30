// SPDX-License-Identifier: Apache-2.0
// The network of a scenario as path and flow searches see it: a figure for each direction of a link, and names for what is found.
#pragma once

#include "desk.hpp"
#include "table.hpp"

#include <uonaco/network/paths/risk_groups.hpp>

namespace program {

/// Sites in order, then nodes: how the topology numbers them.
std::vector<std::string> node_names(const uonaco::estate& e);
/// A site or a node, as a node of the topology; ~0u if there is none of that name.
unsigned node_of(const uonaco::estate& e, const std::string& id);
/// The other way round.
const std::string& name_of_node(const uonaco::estate& e, unsigned node);

/// By edge, what a path adds up; infinite, which closes the edge, where it is not known. Delay in whole picoseconds, the others SI.
std::vector<double> figures_of(measure m, const desk& d);
/// What a sum over such a column is, to be shown.
figure shown(measure m, double sum);
column column_for(measure m);

/// Delay, and jitter where it is known (else infinite), by edge.
std::vector<uonaco::units::latency> delays_of(const desk& d);
std::vector<uonaco::units::latency> jitters_of(const desk& d);

/// bit/s by edge: free in service; `potential`: the most that a use, a resize or a creation would give. 0 where it is left out.
std::vector<double> room_of(const desk& d, bool potential);

/// What goes down together, by edge. Both directions of a link always do; links on one span and links or spans of one shared-risk
/// group only if `shared` is asked for.
class network_risks {
  public:
    network_risks(const desk& d, bool shared);
    uonaco::risk_groups groups{};
    /// "srlg 7 (duct-west)"; empty for what is a link alone.
    std::string name(unsigned group) const;
    /// How often at least one of two ways is up (R2): what both need is down once for both. Unknown where a link does not say how often
    /// it is up, or something that both need does not.
    uonaco::maybe<uonaco::units::ratio> either_up(const std::vector<unsigned>& edges,
                                                  const std::vector<unsigned>& others) const;

  private:
    struct risk {
        std::string name{};
        uonaco::maybe<uonaco::units::ratio> up = uonaco::units::ratio(1.0); ///< of itself alone
        bool inside = false; ///< of the links' availability, nobody says how much
    };
    std::vector<risk> risks_{};
};

/// A path as an option, so that both have the same figures. `room` by edge.
uonaco::path_option whole_path(const desk& d, const uonaco::path& p, const std::vector<double>& room);
std::vector<std::string> link_names(const desk& d, const uonaco::path_option& o);

/// What is not known of the network, a line each.
std::string left_out(const desk& d);

} // namespace program
