// SPDX-License-Identifier: Apache-2.0
// An option as the record that goes to a scheduler who is not shown the links.
#pragma once

#include "path_option.hpp"

#include "../resource/wan_path.hpp"

namespace uonaco::inline UONACO_ABI {

/// The record of one option between two sites. What its links do not state stays unknown; its layer is that of its first link and
/// its adapted layers are the others', its risks are those of its links. Precondition: `o` was made from `world`. O(links + risks^2).
UONACO_LAZY
wan_path offered_path(const estate& world, const site& from, const site& to, const path_option& o, path_id name) {
    detail::later_t<wan_path, UonacoLazy_> p;
    p.id = static_cast<path_id&&>(name);
    p.src_site = from.id;
    p.dst_site = to.id;
    p.action = o.action;
    for (const unsigned row : o.links) {
        const wan_link& l = world.links[row];
        if (p.links.empty()) p.layer = l.layer;
        bool adapted = l.layer == p.layer;
        for (const network_layer known : p.adapted_layers) adapted = adapted || known == l.layer;
        if (!adapted) p.adapted_layers.push_back(l.layer);
        p.links.push_back(l.id);
        for (const units::count risk : l.srlgs) {
            bool known = false;
            for (const units::count other : p.srlgs) known = known || other == risk;
            if (!known) p.srlgs.push_back(risk);
        }
    }
    if (o.circuit != path_option::no_circuit) p.circuit = world.circuits[o.circuit].id;
    p.rate = o.rate;
    p.latency = o.latency;
    if (o.jitter_known) p.jitter = o.jitter;
    if (o.loss_known) p.loss = o.loss;
    if (o.availability_known) p.availability = o.availability;
    if (o.action != network_action::use) p.lead_time = o.lead_time;
    p.set_up_fee = o.set_up_fee;
    p.price = o.lease;
    p.hitless = o.hitless;
    return p;
}

} // namespace uonaco::inline UONACO_ABI
