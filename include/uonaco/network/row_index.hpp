// SPDX-License-Identifier: Apache-2.0
// row_index: from ids to rows of a table, once, before the work is done with rows.
#pragma once

#include "sort.hpp"

#include "../base/id.hpp"

#include <string>
#include <vector>

namespace uonaco::inline UONACO_ABI {

/// Ids and their rows, sorted. Refers to the ids it was given and is valid no longer than they are.
class row_index {
  public:
    static constexpr unsigned none = ~0u;

    row_index() = default;
    /// Of a table whose records have an `id`. O(n log n).
    template <class Record>
    explicit row_index(const std::vector<Record>& table) {
        add(table);
        sort();
    }

    /// Appends the rows of a table, numbered on from those already there; sort() before the next find().
    template <class Record>
    void add(const std::vector<Record>& table) {
        auto& entries = detail::late<Record>(entries_);
        entries.reserve(entries.size() + table.size());
        for (const Record& r : table) entries.push_back({&r.id.text, static_cast<unsigned>(entries.size())});
    }

    /// O(n log n) whatever the order (heap sort), because ids may come from strangers.
    UONACO_LAZY
    void sort() {
        detail::sort(entries_.data(), entries_.size(), [](const entry& a, const entry& b) { return before(a, b); });
    }

    /// The first row with this id, or none. O(log n).
    template <class Tag>
    unsigned find(const id<Tag>& wanted) const {
        unsigned long low = 0;
        for (unsigned long high = entries_.size(); low < high;) {
            const unsigned long middle = low + (high - low) / 2;
            if (entries_[middle].text->compare(wanted.text) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low < entries_.size() && *entries_[low].text == wanted.text ? entries_[low].row : none;
    }

  private:
    struct entry {
        const std::string* text;
        unsigned row;
    };

    UONACO_LAZY
    static bool before(const entry& a, const entry& b) {
        const int order = a.text->compare(*b.text);
        return order < 0 || (order == 0 && a.row < b.row);
    }

    std::vector<entry> entries_;
};

} // namespace uonaco::inline UONACO_ABI
