// SPDX-License-Identifier: Apache-2.0
// graph: who is joined to whom, and nothing else. Weights, masks and changes to them are columns that the caller keeps.
#pragma once

#include "view.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI {

inline constexpr unsigned no_node = ~0u;
inline constexpr unsigned no_edge = ~0u;

/// One direction between two nodes. A fibre used both ways is two edges.
struct edge {
    unsigned from = 0;
    unsigned to = 0;

    friend constexpr bool operator==(edge, edge) = default;
};

/// An edge seen from one of its ends: the node at the other, and the edge's number.
struct arc {
    unsigned node = no_node;
    unsigned edge = no_edge;

    friend constexpr bool operator==(arc, arc) = default;
};

/// Directed multigraph in compressed rows, both ways. Nodes are 0..nodes()-1; edges keep the numbers of the list it was
/// built from, and the arcs of a node come in that order. Never changes once built: what changes (weights, closed edges)
/// lives beside it. Value type; concurrent reads are safe.
class graph {
  public:
    graph() = default;
    /// O(nodes + edges). Precondition: both ends of every edge are below `nodes`.
    UONACO_LAZY
    graph(unsigned nodes, view<edge> edges)
        : edges_(detail::late<UonacoLazy_>(edges).begin(), edges.end()),
          out_(rows<UonacoLazy_>(nodes, edges, &edge::from, &edge::to)),
          in_(rows<UonacoLazy_>(nodes, edges, &edge::to, &edge::from)) {}

    unsigned nodes() const { return static_cast<unsigned>(out_.start.empty() ? 0 : out_.start.size() - 1); }
    unsigned edges() const { return static_cast<unsigned>(edges_.size()); }
    /// Precondition of the four: the number exists.
    unsigned from(unsigned number) const { return view<edge>(edges_)[number].from; }
    unsigned to(unsigned number) const { return view<edge>(edges_)[number].to; }
    view<arc> out(unsigned node) const { return out_.of(node); } ///< edges that leave; arc::node is where they lead
    view<arc> in(unsigned node) const { return in_.of(node); }   ///< edges that arrive; arc::node is where they begin

  private:
    struct compressed {
        std::vector<unsigned> start; ///< of each node, and the end
        std::vector<arc> arcs;

        view<arc> of(unsigned node) const {
            UONACO_ASSERT(node + 1 < start.size());
            return {arcs.data() + start[node], start[node + 1] - start[node]};
        }
    };

    UONACO_LAZY
    static compressed rows(unsigned nodes, view<edge> edges, unsigned edge::*here, unsigned edge::*there) {
        detail::later_t<compressed, UonacoLazy_> c;
        c.start.resize(nodes + 1ul);
        c.arcs.resize(edges.size());
        for (const edge& e : edges) {
            UONACO_ASSERT(e.*here < nodes);
            ++c.start[e.*here];
        }
        unsigned end = 0;
        for (unsigned& s : c.start) s = end += s;
        for (unsigned i = static_cast<unsigned>(edges.size()); i-- > 0;)
            c.arcs[--c.start[edges[i].*here]] = {edges[i].*there, i};
        return c;
    }

    std::vector<edge> edges_;
    compressed out_;
    compressed in_;
};

} // namespace uonaco::inline UONACO_ABI
