// SPDX-License-Identifier: Apache-2.0
// layer_stack: layers on top of each other. A link of an upper layer runs over a path of the layer below, its supporting path (RFC 8345), and
// takes from there what it is: delay, risks, availability.
#pragma once

#include "../graph.hpp"
#include "../risk/risk_states.hpp"

#include "../../base/math.hpp"

namespace uonaco::inline UONACO_ABI {

/// A link of an upper layer, directed.
struct supported_link {
    unsigned from = 0; ///< nodes have one number in all layers
    unsigned to = 0;
    std::vector<unsigned> path{}; ///< links of the layer below, in order from `from` to `to`
    units::latency adaptation{};  ///< what its two ends add: mapping, transponders, buffers
    risk::risks own{};            ///< what it can fail by beside what is below: its ends
};

/// Why a layer is not added.
struct stack_fault {
    enum class kind : unsigned char {
        none,
        no_such_node,
        no_such_link,  ///< of the layer below
        does_not_join, ///< the path is empty, broken or does not lead from end to end
        no_delay,      ///< adaptation is negative or no number
    };
    kind what = kind::none;
    unsigned link = 0; ///< of those given

    explicit operator bool() const { return what != kind::none; }
    friend bool operator==(const stack_fault&, const stack_fault&) = default;
};

/// Layer 0 is what stands by itself, fibres mostly; each further one is supported by the one below. Figures are settled when a layer is
/// added, so that asking is O(1). Links keep the numbers they were given in. Value type; concurrent reads are safe.
template <class Lazy = void>
class basic_layer_stack {
    template <class T>
    using list = detail::later_t<std::vector<T>, Lazy>;

  public:
    basic_layer_stack() = default;
    /// Layer 0. `latency` and `risks` by link; risks are numbered by the caller, for all layers alike (a duct, a bridge, a line card).
    /// Preconditions: ends are nodes; as many latencies, 0 or more, and sets of risks as links.
    basic_layer_stack(unsigned nodes, view<edge> links, view<units::latency> latency, view<risk::risks> risks) {
        UONACO_ASSERT(latency.size() == links.size() && risks.size() == links.size());
        settled_layer bottom;
        bottom.net = graph(nodes, links);
        for (unsigned l = 0; l < links.size(); ++l) {
            figures f;
            f.latency = latency[l];
            f.risks = risks[l];
            f.bottom.push_back(l);
            unite(f.risks);
            bottom.links.push_back(f);
        }
        layers_.push_back(bottom);
    }

    /// Adds a layer on top; or nothing, and says which link cannot be. O(lengths of paths down to layer 0, risks sorted).
    /// Precondition: there is a layer 0.
    stack_fault add(view<supported_link> links) {
        using kind = stack_fault::kind;
        UONACO_ASSERT(!layers_.empty());
        const settled_layer& below = layers_.back();
        settled_layer top;
        list<edge> edges;
        for (unsigned l = 0; l < links.size(); ++l) {
            const supported_link& s = links.data()[l];
            if (s.from >= below.net.nodes() || s.to >= below.net.nodes()) return {kind::no_such_node, l};
            if (!(s.adaptation.si() >= 0 && s.adaptation.si() < __builtin_huge_val())) return {kind::no_delay, l};
            figures f;
            f.latency = s.adaptation;
            f.risks = s.own;
            unsigned at = s.from;
            for (const unsigned b : s.path) {
                if (b >= below.net.edges()) return {kind::no_such_link, l};
                if (below.net.from(b) != at) return {kind::does_not_join, l};
                at = below.net.to(b);
                const figures& lower = below.links[b];
                f.latency = f.latency + lower.latency;
                f.risks.insert(f.risks.end(), lower.risks.begin(), lower.risks.end());
                f.bottom.insert(f.bottom.end(), lower.bottom.begin(), lower.bottom.end());
            }
            if (s.path.empty() || at != s.to) return {kind::does_not_join, l};
            unite(f.risks);
            top.links.push_back(f);
            edges.push_back({s.from, s.to});
        }
        top.net = graph(below.net.nodes(), edges);
        layers_.push_back(top);
        return {};
    }

    unsigned layers() const { return static_cast<unsigned>(layers_.size()); }
    /// The links of a layer, to search paths on. Precondition of this and what follows: layer and link exist.
    const graph& net(unsigned layer) const { return at(layer).net; }
    /// Of the supporting paths all the way down, adaptations included.
    units::latency latency(unsigned layer, unsigned link) const { return of(layer, link).latency; }
    /// What takes it down: of all that is below and its own, each once, ascending.
    view<unsigned> risks(unsigned layer, unsigned link) const { return of(layer, link).risks; }
    /// The links of layer 0 it runs over, in order; one that it passes twice is there twice.
    view<unsigned> bottom(unsigned layer, unsigned link) const { return of(layer, link).bottom; }

    /// R2: product over the union of the risks: two links that share a duct do not make it fail twice. `up` by risk.
    units::ratio availability(unsigned layer, unsigned link, view<units::ratio> up) const {
        return risk::path_up(up, of(layer, link).risks);
    }
    /// Of a path of a layer: again over the union, and not the product of its links.
    units::ratio availability(unsigned layer, view<unsigned> path, view<units::ratio> up) const {
        detail::later_t<risk::risks, Lazy> all;
        for (const unsigned l : path) all.insert(all.end(), of(layer, l).risks.begin(), of(layer, l).risks.end());
        return risk::path_up(up, all);
    }

    /// By link of a layer: 1 where it is up although these risks are down, as path searches take it. `down` by risk; what it does not name is up.
    std::vector<unsigned char> usable(unsigned layer, view<unsigned char> down) const {
        list<unsigned char> up;
        for (const figures& f : at(layer).links) {
            bool works = true;
            for (const unsigned r : f.risks) works = works && (r >= down.size() || down[r] == 0);
            up.push_back(works);
        }
        return up;
    }
    /// By link of a layer: delay in whole picoseconds, the weight of paths. Sums are exact up to 2^53 of them.
    std::vector<double> weights(unsigned layer) const {
        list<double> w;
        for (const figures& f : at(layer).links) w.push_back(math::ceil(f.latency.si() * 1e12 - 0.01));
        return w;
    }

  private:
    struct figures {
        units::latency latency{};
        detail::later_t<risk::risks, Lazy> risks{};
        list<unsigned> bottom{};
    };
    struct settled_layer {
        detail::later_t<graph, Lazy> net{};
        list<figures> links{};
    };

    const settled_layer& at(unsigned number) const {
        UONACO_ASSERT(number < layers_.size());
        return layers_[number];
    }
    const figures& of(unsigned number, unsigned link) const {
        UONACO_ASSERT(link < at(number).links.size());
        return layers_[number].links[link];
    }
    static void unite(detail::later_t<risk::risks, Lazy>& r) {
        detail::sort(r.data(), r.size(), [](unsigned a, unsigned b) { return a < b; });
        unsigned long kept = 0;
        for (const unsigned x : r)
            if (kept == 0 || r[kept - 1] != x) r[kept++] = x;
        r.resize(kept);
    }

    list<settled_layer> layers_;
};

using layer_stack = basic_layer_stack<>;

} // namespace uonaco::inline UONACO_ABI
