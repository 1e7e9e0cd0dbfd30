// SPDX-License-Identifier: Apache-2.0
// Demands of which only the sums at each site are bounded: the load that a link has to bear at worst.
#pragma once

#include "../view.hpp"

#include "../../base/math.hpp"
#include "../../units/kinds.hpp"
#include "../../units/saturate.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI::demands {

/// All that a site may send, and all that it may receive, whoever the others are (Duffield et al., SIGCOMM 1999).
struct hose {
    units::bit_rate out{};
    units::bit_rate in{};
};

/// A link that separates the sites in two, as every link of a tree does: min(sum out on this side, sum in on the other). `side` by
/// site: not 0 on the side from which the traffic comes. O(sites).
UONACO_LAZY
units::bit_rate worst_tree_load(view<hose> sites, view<unsigned char> side) {
    UONACO_ASSERT(sites.size() == side.size());
    units::bit_rate out{}, in{};
    for (unsigned long i = 0; i < sites.size(); ++i)
        if (side[i])
            out += sites[i].out;
        else
            in += sites[i].in;
    return units::min(out, in);
}

/// Any routing: the most that traffic within the hoses can put on a link. `share(i, j)`: of what i sends to j, the part that goes over
/// it, 0 to 1. A transport problem, solved exactly by augmenting along the best paths (dual prices rise to 0). Precondition: shares
/// are finite; what is not above 0 counts as 0. O(sites^3) for each of about sites^2 augmentations.
template <class Share>
units::bit_rate worst_load(view<hose> sites, const Share& share) {
    using doubles = detail::later_t<std::vector<double>, Share>;
    const unsigned n = static_cast<unsigned>(sites.size());
    doubles weight(static_cast<unsigned long>(n) * n), flow(weight.size()), out, in;
    const auto held = [](units::bit_rate r) {
        return !(r.si() > 0.0) ? 0.0 : r.si() < math::most ? r.si() : math::most;
    };
    for (unsigned i = 0; i < n; ++i) {
        out.push_back(held(sites[i].out));
        in.push_back(held(sites[i].in));
        for (unsigned j = 0; j < n; ++j) {
            const double w = i == j ? 0.0 : static_cast<double>(share(i, j));
            weight[i * static_cast<unsigned long>(n) + j] = w > 0.0 ? w : 0.0;
        }
    }
    // Longest paths from what may still be sent to what may still be received; back over a pair takes its flow away.
    const double never = -__builtin_huge_val();
    doubles to_sender, to_receiver;
    detail::later_t<std::vector<unsigned>, Share> sender_from, receiver_from;
    while (true) {
        to_sender.assign(n, never);
        to_receiver.assign(n, never);
        sender_from.assign(n, n);
        receiver_from.assign(n, n);
        for (unsigned i = 0; i < n; ++i)
            if (out[i] > 0.0) to_sender[i] = 0.0;
        bool changed = true;
        for (unsigned round = 0; changed && round <= n; ++round) {
            changed = false;
            for (unsigned i = 0; i < n; ++i)
                for (unsigned j = 0; j < n; ++j) {
                    const unsigned long e = i * static_cast<unsigned long>(n) + j;
                    if (to_sender[i] > never && weight[e] > 0.0 && to_sender[i] + weight[e] > to_receiver[j] + 1e-12) {
                        to_receiver[j] = to_sender[i] + weight[e];
                        receiver_from[j] = i;
                        changed = true;
                    }
                }
            for (unsigned i = 0; i < n; ++i)
                for (unsigned j = 0; j < n; ++j) {
                    const unsigned long e = i * static_cast<unsigned long>(n) + j;
                    if (to_receiver[j] > never && flow[e] > 0.0 && to_receiver[j] - weight[e] > to_sender[i] + 1e-12) {
                        to_sender[i] = to_receiver[j] - weight[e];
                        sender_from[i] = j;
                        changed = true;
                    }
                }
        }
        unsigned end = n;
        for (unsigned j = 0; j < n; ++j)
            if (in[j] > 0.0 && to_receiver[j] > 1e-12 && (end == n || to_receiver[j] > to_receiver[end])) end = j;
        if (end == n) break;
        double amount = in[end];
        unsigned first = end;
        for (unsigned j = end, steps = 0; steps <= 2 * n; ++steps) {
            const unsigned i = receiver_from[j];
            first = i;
            if (sender_from[i] == n) break;
            j = sender_from[i];
            const double back = flow[i * static_cast<unsigned long>(n) + j];
            amount = back < amount ? back : amount;
        }
        amount = out[first] < amount ? out[first] : amount;
        for (unsigned j = end;;) {
            const unsigned i = receiver_from[j];
            flow[i * static_cast<unsigned long>(n) + j] += amount;
            if (sender_from[i] == n) break;
            j = sender_from[i];
            flow[i * static_cast<unsigned long>(n) + j] -= amount;
        }
        out[first] -= amount;
        in[end] -= amount;
        if (!(amount > 0.0)) break;
    }
    double load = 0.0;
    for (unsigned long e = 0; e < flow.size(); ++e) load += flow[e] * weight[e];
    return units::saturate(units::bit_rate::from_si(load));
}

} // namespace uonaco::inline UONACO_ABI::demands
