// SPDX-License-Identifier: Apache-2.0
// Declarations of what exists: sites, pools, storage, links, power.
#pragma once

#include "record.hpp"

#include "../resource/estate.hpp"
#include "../resource/wan_path.hpp"

#include <set>

// clang-format off
UONACO_REFLECT(uonaco::location, "A point on the WGS84 ellipsoid",
    (lat, "latitude in degrees, north positive", required, at_least(-90), at_most(90)),
    (lon, "longitude in degrees, east positive", required, at_least(-180), at_most(180)));

UONACO_REFLECT(uonaco::site, "A place with power and a roof: an AI data centre, a cloud region, an edge room",
    (id,           "also a node of the network", required),
    (meta,         "envelope", flatten),
    (name,         "for people"),
    (provider,     "who runs it"),
    (country,      "ISO 3166-1 alpha-2", capitals(2)),
    (tier,         "how near to users and how large"),
    (location,     "where it is"),
    (grid_zone,    "the zone whose power state holds here if the site has none of its own"),
    (pue,          "facility energy over IT energy (ISO/IEC 30134-2), annual", at_least(1), at_most(5)),
    (power_limit,  "what the IT load may draw", above(0)),
    (power_draw,   "what the IT load draws now", at_least(0)),
    (availability, "share of time in which the site is up"),
    (srlgs,        "shared-risk groups, such as the feeder", at_least(0)),
    (security,     "what it offers"));

UONACO_REFLECT(uonaco::network_node, "A node of the network where nothing is computed",
    (id,       "unique among nodes and sites", required),
    (meta,     "envelope", flatten),
    (name,     "for people"),
    (location, "where it is"));

UONACO_REFLECT(uonaco::peak_flops, "Dense peak of one device per number format; sparse figures are twice these",
    (fp64, "64-bit float", above(0)),
    (fp32, "32-bit float", above(0)),
    (tf32, "19-bit tensor float", above(0)),
    (bf16, "16-bit brain float", above(0)),
    (fp16, "16-bit float", above(0)),
    (fp8,  "8-bit float", above(0)),
    (fp4,  "4-bit float", above(0)),
    (int8, "8-bit integer", above(0)));

UONACO_REFLECT(uonaco::compute_pool, "Devices that are alike, at one site, let together",
    (id,                    "unique among pools", required),
    (meta,                  "envelope", flatten),
    (site,                  "id of the site", required),
    (device_type,           "class of processor"),
    (model,                 "a name of the accelerator table, whose facts need not be stated, or any other"),
    (total_count,           "devices", required, at_least(0)),
    (free_count,            "devices not taken", required, at_least(0)),
    (peak,                  "dense peak of one device"),
    (memory,                "of one device", above(0)),
    (memory_rate,           "of one device's memory", above(0)),
    (interconnect_rate,     "scale-up, of one device, both directions together", above(0)),
    (nic_rate,              "scale-out, of one device, in one direction", above(0)),
    (devices_per_node,      "that the scale-up interconnect joins", at_least(1)),
    (mfu,                   "sustained share of the peak in training", at_least(1e-3), at_most(1)),
    (utilization,           "share of time in which devices work"),
    (queue_wait,            "until devices asked for now are handed over", at_least(0)),
    (idle_power,            "of one device", at_least(0)),
    (max_power,             "of one device", above(0)),
    (host_power,            "one device's share of its server", at_least(0)),
    (price,                 "rental of one device", at_least(0)),
    (full_price,            "the same once every device is taken, between in proportion; price whatever is taken if absent", at_least(0)),
    (price_includes_energy, "true where the rental covers energy"),
    (mtbf,                  "mean time between failures of one device with its share of the server", above(0)),
    (availability,          "share of time in which the pool is up"));

UONACO_REFLECT(uonaco::storage_pool, "Storage at a site",
    (id,           "unique among storage pools", required),
    (meta,         "envelope", flatten),
    (site,         "id of the site", required),
    (capacity,     "in all", required, at_least(0)),
    (free,         "of it not taken", at_least(0)),
    (read_rate,    "of the whole pool", above(0)),
    (egress_price, "for each byte that leaves the site", at_least(0)));

UONACO_REFLECT(uonaco::dataset, "Data with a place and a volume",
    (id,      "unique among datasets", required),
    (meta,    "envelope", flatten),
    (site,    "id of the site where it lies", required),
    (storage, "id of the storage pool it lies in"),
    (volume,  "how much", required, above(0)));

UONACO_REFLECT(uonaco::fibre_span, "A cable section between two nodes",
    (id,           "unique among spans", required),
    (meta,         "envelope", flatten),
    (src_node,     "id of one end", required),
    (dst_node,     "id of the other end", required),
    (distance,     "of fibre", required, above(0)),
    (fibre,        "decides the speed of light"),
    (availability, "share of time in which it is up"),
    (srlgs,        "shared-risk groups", at_least(0)));

UONACO_REFLECT(uonaco::provisioning, "Capacity that an operator can make on demand",
    (rate,       "at most so much, in all", required, above(0)),
    (step,       "in multiples of so much; any rate if absent", above(0)),
    (lead_time,  "from the order to service", at_least(0)),
    (set_up_fee, "each time", at_least(0)),
    (hitless,    "traffic on it goes on meanwhile"));

UONACO_REFLECT(uonaco::wan_link, "Transmission between two nodes",
    (id,               "unique among links", required),
    (meta,             "envelope", flatten),
    (src_node,         "id of the node it leaves", required),
    (dst_node,         "id of the node it reaches", required),
    (bidirectional,    "each direction has the whole capacity"),
    (layer,            "at which it gives capacity"),
    (oper_status,      "state of operation"),
    (capacity,         "in service; 0 where all is still to be created", required, at_least(0)),
    (unreserved,       "of it neither promised nor taken by circuits; all but the circuits if absent", at_least(0)),
    (available,        "of unreserved what measured traffic leaves; carried: only what is unreserved is placed on", at_least(0)),
    (create,           "new capacity for a new circuit"),
    (resize,           "more rate for what runs already"),
    (spans,            "ids of the fibre it runs on"),
    (distance,         "of fibre", at_least(0)),
    (fibre,            "decides the speed of light"),
    (latency,          "one way; from the distance if absent", at_least(0), at_most(16777215)),
    (jitter,           "variation of the latency", at_least(0), at_most(16777215)),
    (loss,             "share of packets lost"),
    (availability,     "share of time in which it is up"),
    (srlgs,            "shared-risk groups", at_least(0)),
    (tariff,           "id of who charges, once a circuit whatever its hops"),
    (price,            "the link's own lease, added up hop by hop", at_least(0)),
    (egress_price,     "for each byte sent, where volume is billed", at_least(0)),
    (transport_energy, "for each bit carried, of all it passes", at_least(0)),
    (termination,      "what ends its waves: gives the transport energy where none is stated"),
    (security,         "what it offers"),
    (packet_encryption, "by what it encrypts packets, where security says that it does; MACsec stands in if absent"));

UONACO_REFLECT(uonaco::tariff, "A price list of an operator",
    (id,         "unique among tariffs", required),
    (meta,       "envelope", flatten),
    (lease,      "for a circuit's rate and its time", at_least(0)),
    (set_up_fee, "each time a circuit is created", at_least(0)),
    (billing,           "what it counts: time by the lease, volume by volume_price; what it states prices for if absent"),
    (volume_price,      "for each byte over a circuit, whatever its hops", at_least(0)),
    (minimum_duration,  "what is leased for less is billed for so long", at_least(0)),
    (billing_increment, "begun ones count whole; billed to the second if absent or 0", at_least(0)));

UONACO_REFLECT(uonaco::circuit, "A connection in service between two sites",
    (id,         "unique among circuits", required),
    (meta,       "envelope", flatten),
    (src_site,   "id of one end", required),
    (dst_site,   "id of the other end", required),
    (links,      "ids in order; its rate is taken from each"),
    (rate,       "each way", required, above(0)),
    (unreserved, "of it not promised; all if absent", at_least(0)),
    (status,     "state of operation"),
    (transport_energy, "for each bit carried from end to end, in place of its links'", at_least(0)),
    (termination,      "what ends it, where light passes all its links: gives the transport energy where none is stated"));

UONACO_REFLECT(uonaco::wan_path, "A path that the network offers or has provisioned between two sites",
    (id,           "unique among paths", required),
    (meta,         "envelope", flatten),
    (src_site,     "id of one end", required),
    (dst_site,     "id of the other end", required),
    (action,       "what makes it: use, resize or create", required),
    (layer,        "at which it is switched"),
    (adapted_layers, "those of its links that are of another layer: nodes on the way adapt between them"),
    (links,        "ids in order", required),
    (circuit,      "id of the one in service that it uses or resizes"),
    (rate,         "at most, of its links the least", required, above(0)),
    (latency,      "one way, links and what each node adds", required, at_least(0), at_most(16777215)),
    (jitter,       "variation of the latency, the worst of each link added up", at_least(0), at_most(16777215)),
    (loss,         "share of packets lost"),
    (availability, "share of time in which it is up"),
    (srlgs,        "shared-risk groups of all its links", at_least(0)),
    (shared_links, "ids of those of its links that other paths on offer take from too"),
    (lead_time,    "from the order to service", at_least(0)),
    (set_up_fee,   "once", at_least(0)),
    (price,        "lease of the whole path", at_least(0)),
    (hitless,      "traffic goes on while it is made"),
    (backup,       "id of the path that protects it"));

UONACO_REFLECT(uonaco::power_step, "One interval of a forecast",
    (start,            "when it begins", required),
    (duration,         "how long it lasts", required, above(0)),
    (carbon_intensity, "CO2-equivalent of the grid's energy", at_least(0)),
    (energy_price,     "may be negative"),
    (renewable,        "share of renewable energy"),
    (carbon_free,      "share of renewable and nuclear energy"),
    (supply_limit,     "of the feed, in place of the one outside the forecast", at_least(0)),
    (grid_event,       "what the operator announces; what it takes is said by supply_limit or energy_price"));

UONACO_REFLECT(uonaco::power_state, "What the grid gives a site, or each site of a zone that has no state of its own",
    (id,               "unique among power states", required),
    (meta,             "envelope", flatten),
    (site,             "id of the site"),
    (grid_zone,        "the zone"),
    (supply_limit,     "of the feed, outside the forecast", at_least(0)),
    (grid_event,       "what the operator announces, outside the forecast"),
    (carbon_intensity, "outside the forecast", at_least(0)),
    (carbon_signal,    "average and marginal answer different questions and are never mixed"),
    (emission_factors, "whether the intensity counts the whole life of plants and fuel; all that state it state the same"),
    (energy_price,     "outside the forecast; may be negative"),
    (renewable,        "share of renewable energy, outside the forecast"),
    (carbon_free,      "share of renewable and nuclear energy, outside the forecast"),
    (forecast,         "in order, without gaps"),
    (forecast_repeats, "the forecast goes on from its beginning, as a typical day does"));

UONACO_REFLECT(uonaco::risk_group, "What several sites, links or spans go down with",
    (id,           "unique among risk groups", required),
    (meta,         "envelope", flatten),
    (srlg,         "the number under srlgs of what belongs to it", required, at_least(0)),
    (availability, "share of time in which the group is up: part of the availability of all that belongs to it"));

UONACO_REFLECT(uonaco::estate, "Everything that exists at one time",
    (currency, "ISO 4217; what usd in keys stands for", capitals(3)),
    (sites,    "places"),
    (nodes,    "network nodes that are no sites"),
    (pools,    "devices"),
    (storage,  "storage pools"),
    (datasets, "data"),
    (spans,    "fibre"),
    (links,    "transmission"),
    (tariffs,  "price lists"),
    (circuits, "connections in service"),
    (power,    "power states"),
    (risks,    "shared-risk groups"));
// clang-format on

namespace uonaco::inline UONACO_ABI {

template <class Broken>
void invariants(const compute_pool& p, const Broken& broken) {
    broken(p.free_count <= p.total_count, "free_count", "at most total_count");
    if (p.idle_power && p.max_power) broken(*p.idle_power <= *p.max_power, "idle_power", "at most max_power");
    broken(!p.full_price || p.price.known(), "full_price", "a price beside it, of a device while none is taken");
}

template <class Broken>
void invariants(const storage_pool& p, const Broken& broken) {
    if (p.free) broken(*p.free <= p.capacity, "free", "at most the capacity");
}

template <class Broken>
void invariants(const fibre_span& s, const Broken& broken) {
    broken(s.src_node != s.dst_node, "dst_node", "another node than src_node");
}

template <class Broken>
void invariants(const provisioning& p, const Broken& broken) {
    if (p.step) broken(*p.step <= p.rate, "step", "at most the rate");
}

template <class Broken>
void invariants(const wan_link& l, const Broken& broken) {
    broken(l.src_node != l.dst_node, "dst_node", "another node than src_node");
    if (l.unreserved) broken(*l.unreserved <= l.capacity, "unreserved", "at most the capacity");
    if (l.available)
        broken(*l.available <= (l.unreserved ? *l.unreserved : l.capacity), "available", "at most what is unreserved");
    constexpr double light = 299792458.0; // m/s: nothing is faster, whatever the fibre; 0.1 % for rounded figures
    if (l.latency && l.distance)
        broken(l.latency->si() >= 0.999 * l.distance->si() / light, "latency",
               "no less than light needs for the distance");
}

/// A price that its billing does not count would be lost without a word.
template <class Broken>
void invariants(const tariff& t, const Broken& broken) {
    const billing counted = t.billing.value_or(billing::both);
    broken(counted != billing::duration || !t.volume_price, "volume_price",
           "no price that billing by duration does not count", "billing \"both\" counts it");
    broken(counted != billing::volume || !t.lease, "lease", "no price that billing by volume does not count",
           "billing \"both\" counts it");
}

template <class Broken>
void invariants(const circuit& c, const Broken& broken) {
    broken(c.src_site != c.dst_site, "dst_site", "another site than src_site");
    if (c.unreserved) broken(*c.unreserved <= c.rate, "unreserved", "at most the rate");
}

template <class Broken>
void invariants(const wan_path& p, const Broken& broken) {
    broken(p.src_site != p.dst_site, "dst_site", "another site than src_site");
    broken(p.action != network_action::none && p.action != network_action::teardown, "action",
           "use, resize or create: what is on offer");
    broken(!p.links.empty(), "links", "a link at least");
    broken(p.action == network_action::use || p.circuit.empty() || p.action == network_action::resize, "circuit",
           "no circuit of a path that is yet to be created");
    std::set<link_id> own;
    for (std::size_t i = 0; i < p.links.size(); ++i)
        broken(own.insert(p.links[i]).second, "links", "each link once", {}, i);
    for (std::size_t i = 0; i < p.shared_links.size(); ++i)
        broken(own.count(p.shared_links[i]) > 0, "shared_links", "links of the path itself", {}, i);
    for (std::size_t i = 0; i < p.adapted_layers.size(); ++i)
        broken(p.adapted_layers[i] != p.layer, "adapted_layers", "other layers than the path's own", {}, i);
    broken(p.backup != p.id, "backup", "another path");
}

template <class Broken>
void invariants(const power_state& p, const Broken& broken) {
    broken(!p.site.empty() || !p.grid_zone.empty(), "site", "a site or a grid zone that this is the state of");
    constexpr double rounding = 1.5e-3; // times are whole milliseconds: one of them is no gap
    for (std::size_t i = 1; i < p.forecast.size(); ++i) {
        const instant end = p.forecast[i - 1].start + p.forecast[i - 1].duration;
        const double gap = (p.forecast[i].start - end).si();
        if (gap < -rounding) broken(false, "forecast", "no overlap with the step before", {}, i, "start");
        if (gap > rounding) broken(false, "forecast", "no gap after the step before", {}, i, "start");
    }
}

} // namespace uonaco::inline UONACO_ABI
