// SPDX-License-Identifier: Apache-2.0
// Updates onto an estate, one record at a time: the newer of two that have one id holds.
#pragma once

#include "kinds.hpp"

#include <map>

namespace uonaco::inline UONACO_ABI::io {

/// The kinds that an estate has tables of: what a stream of updates may hold.
using estate_kinds = kind_list<site, network_node, compute_pool, storage_pool, dataset, fibre_span, wan_link, tariff,
                               circuit, power_state, risk_group>;

/// Whether `update` holds where `present` is there: it does if its generation is higher; where one has none, if it was observed later;
/// where one has no such time, because it comes later.
inline bool supersedes(const envelope& update, const envelope& present) {
    if (update.generation && present.generation) return *update.generation > *present.generation;
    if (update.observed_at && present.observed_at) return *present.observed_at < *update.observed_at;
    return true;
}

enum class merge_step : unsigned char {
    added,    ///< its id was not there
    replaced, ///< it holds instead of what was there
    kept,     ///< what was there holds
};

struct merged {
    merge_step step = merge_step::added;
    bool stale = false; ///< the update's valid_until has come: it is merged as any other, and decisions will doubt it
    bool conflict =
        false; ///< kept, but the update is as new and states other figures: two sources, or a generation that was not raised

    friend bool operator==(merged, merged) = default;
};

/// Merges records of any kind of the estate, which must outlive it and whose tables nobody else changes meanwhile. Rows keep their
/// places, so an estate grows by new ids only. What a record refers to may come after it: `load<scenario>(dump(...))` says what is
/// dangling at the end. An estate that is part of a scenario is merged through the scenario, or else what its document states for all
/// would be said of the updates too. Not for concurrent use.
class estate_merger {
  public:
    /// `now`: when updates count as stale. O(n log n) over the records there are.
    explicit estate_merger(estate& into, maybe<instant> now = {}) : estate_(into), now_(now) {
        for_each_kind(
            [&]<class T>() {
                const auto& table = table_of(static_cast<T*>(nullptr));
                for (std::size_t i = 0; i < table.size(); ++i) rows_[key_of(table[i])] = i;
            },
            estate_kinds{});
    }

    /// What the scenario states for all its elements, but an update does not state, it no longer states; elements that have it keep it.
    /// Only `observed_at` stays: an update without one counts as seen with the rest, or when it became stale if that was before.
    explicit estate_merger(scenario& into, maybe<instant> now = {}) : estate_merger(into.estate, now) {
        document_ = &into.meta;
    }

    /// O(log n), and moving the record.
    template <class T>
    merged operator()(T record) {
        const bool stale = now_ && record.meta.valid_until && *record.meta.valid_until <= *now_;
        auto& table = table_of(static_cast<T*>(nullptr));
        const auto [entry, fresh] = rows_.emplace(key_of(record), table.size());
        if (fresh) {
            withdraw(record.meta);
            table.push_back(std::move(record));
            return {merge_step::added, stale};
        }
        T& present = table[entry->second];
        if (!supersedes(record.meta, present.meta)) {
            const bool as_new = !supersedes(present.meta, record.meta);
            if (as_new) record.meta = present.meta; // figures are compared, not when they were looked at
            return {merge_step::kept, stale, as_new && !(record == present)};
        }
        withdraw(record.meta);
        present = std::move(record);
        return {merge_step::replaced, stale};
    }

  private:
    void withdraw(envelope& own) {
        if (document_ == nullptr) return;
        // Nothing is seen after it became stale: the document would not load again.
        if (!own.observed_at && own.valid_until && document_->observed_at && *own.valid_until < *document_->observed_at)
            own.observed_at = own.valid_until;
        if (!own.valid_until) document_->valid_until = {};
        if (own.source == source_type::unstated) document_->source = source_type::unstated;
        if (own.statistic.text.empty()) document_->statistic = {};
        if (!own.accuracy) document_->accuracy = {};
        if (own.reference.empty()) document_->reference.clear();
    }
    // By kind and id: ids are unique within one kind.
    template <class T>
    static std::pair<std::string_view, std::string> key_of(const T& record) {
        return {reflect::name_of<T>, record.id.text};
    }
    auto& table_of(const site*) { return estate_.sites; }
    auto& table_of(const network_node*) { return estate_.nodes; }
    auto& table_of(const compute_pool*) { return estate_.pools; }
    auto& table_of(const storage_pool*) { return estate_.storage; }
    auto& table_of(const dataset*) { return estate_.datasets; }
    auto& table_of(const fibre_span*) { return estate_.spans; }
    auto& table_of(const wan_link*) { return estate_.links; }
    auto& table_of(const tariff*) { return estate_.tariffs; }
    auto& table_of(const circuit*) { return estate_.circuits; }
    auto& table_of(const power_state*) { return estate_.power; }
    auto& table_of(const risk_group*) { return estate_.risks; }

    estate& estate_;
    envelope* document_ = nullptr; // what it states for all
    maybe<instant> now_;
    std::map<std::pair<std::string_view, std::string>, std::size_t> rows_{};
};

} // namespace uonaco::inline UONACO_ABI::io
