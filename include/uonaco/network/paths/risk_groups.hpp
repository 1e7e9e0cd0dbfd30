// SPDX-License-Identifier: Apache-2.0
// risk_groups: which edges fail together (RFC 4202: shared risk link group, SRLG), readable from both sides.
#pragma once

#include "../view.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI {

/// An edge is part of a shared-risk group. Both directions of a fibre are in its group.
struct edge_risk {
    unsigned edge = 0;
    unsigned group = 0;
};

/// Groups of edges and edges of groups, in compressed rows, each in the order given. Value type; concurrent reads are safe.
class risk_groups {
  public:
    risk_groups() = default;
    /// O(edges + groups + memberships). Groups are 0..the largest number used. Precondition: every edge is below `edges`.
    UONACO_LAZY
    risk_groups(unsigned edges, view<edge_risk> members) {
        unsigned groups = 0;
        for (const edge_risk& r : members) {
            UONACO_ASSERT(r.edge < edges && r.group != ~0u);
            if (r.group >= groups) groups = r.group + 1;
        }
        fill(by_edge_, edges, members, &edge_risk::edge, &edge_risk::group);
        fill(by_group_, groups, members, &edge_risk::group, &edge_risk::edge);
    }

    unsigned groups() const { return by_group_.rows(); }
    /// Groups of an edge; none of an edge that was not named.
    view<unsigned> of(unsigned edge) const { return by_edge_.of(edge); }
    /// Edges of a group.
    view<unsigned> edges_in(unsigned group) const { return by_group_.of(group); }

  private:
    struct compressed {
        std::vector<unsigned> start{};
        std::vector<unsigned> values{};

        unsigned rows() const { return static_cast<unsigned>(start.empty() ? 0 : start.size() - 1); }
        view<unsigned> of(unsigned row) const {
            if (row >= rows()) return {};
            return {values.data() + start[row], start[row + 1] - start[row]};
        }
    };

    template <class Rows>
    static void fill(Rows& c, unsigned rows, view<edge_risk> members, unsigned edge_risk::*here,
                     unsigned edge_risk::*there) {
        c.start.resize(rows + 1ul);
        c.values.resize(members.size());
        for (const edge_risk& r : members) ++c.start[r.*here];
        unsigned end = 0;
        for (unsigned& s : c.start) s = end += s;
        for (unsigned long i = members.size(); i-- > 0;) c.values[--c.start[members[i].*here]] = members[i].*there;
    }

    compressed by_edge_{};
    compressed by_group_{};
};

} // namespace uonaco::inline UONACO_ABI
