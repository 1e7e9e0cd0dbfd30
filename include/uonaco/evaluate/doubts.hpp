// SPDX-License-Identifier: Apache-2.0
// What of an estate is not to be taken at its word: figures that are out of date, zones that nobody speaks for.
#pragma once

#include "../resource/estate.hpp"

namespace uonaco::inline UONACO_ABI {

namespace detail {
/// "a, b, c and 4 more"
struct few_names {
    static constexpr unsigned long most = 3;
    std::string text;
    unsigned long count = 0;

    UONACO_LAZY
    void add(const std::string& name) {
        if (++count <= most) (text += count > 1 ? ", " : "") += name;
    }
    UONACO_LAZY
    std::string in_words() const {
        return count > most ? text + " and " + std::to_string(count - most) + " more" : text;
    }
};

template <class Records>
void doubt_expired(std::vector<std::string>& all, const char* one, const char* several, const Records& table,
                   units::instant now) {
    few_names stale;
    units::instant first{};
    for (const auto& r : table) {
        if (!r.meta.valid_until || now < *r.meta.valid_until) continue;
        if (stale.count == 0 || *r.meta.valid_until < first) first = *r.meta.valid_until;
        stale.add(r.id.text);
    }
    if (stale.count == 0) return;
    const bool single = stale.count == 1;
    all.push_back("the figures of " + std::string(single ? one : several) + " " + stale.in_words() +
                  (single ? " expired at " : " have expired, the first at ") + units::to_text(first).c_str() +
                  ": they are used as they are");
}

// Sites without power state of their own whose grid zone has none either, where others have: perhaps a slip of the pen.
template <class Estate>
void doubt_zones(std::vector<std::string>& all, const Estate& e) {
    few_names silent;
    for (const auto& s : e.sites) {
        bool spoken_for = s.grid_zone.empty() || e.power.empty();
        for (const auto& p : e.power)
            spoken_for = spoken_for || p.site == s.id || (p.site.empty() && p.grid_zone == s.grid_zone);
        if (!spoken_for) silent.add(s.grid_zone + " (" + s.id.text + ")");
    }
    if (silent.count > 0) all.push_back("no power state speaks for grid zone " + silent.in_words());
}
} // namespace detail

/// What is stale at `now` (its `valid_until` has come), a sentence for each table, and grid zones without a power state. Such
/// figures are used, or do without, as ever, but never in silence: decisions list these sentences under `ignored`.
/// O(records + sites x power states).
UONACO_LAZY
std::vector<std::string> doubts(const estate& world, units::instant now) {
    const auto& e = detail::late<UonacoLazy_>(world);
    std::vector<std::string> all;
    detail::doubt_expired(all, "site", "sites", e.sites, now);
    detail::doubt_expired(all, "node", "nodes", e.nodes, now);
    detail::doubt_expired(all, "pool", "pools", e.pools, now);
    detail::doubt_expired(all, "storage pool", "storage pools", e.storage, now);
    detail::doubt_expired(all, "dataset", "datasets", e.datasets, now);
    detail::doubt_expired(all, "span", "spans", e.spans, now);
    detail::doubt_expired(all, "link", "links", e.links, now);
    detail::doubt_expired(all, "tariff", "tariffs", e.tariffs, now);
    detail::doubt_expired(all, "circuit", "circuits", e.circuits, now);
    detail::doubt_expired(all, "power state", "power states", e.power, now);
    detail::doubt_expired(all, "risk group", "risk groups", e.risks, now);
    detail::doubt_zones(all, e);
    return all;
}

} // namespace uonaco::inline UONACO_ABI
