// SPDX-License-Identifier: Apache-2.0
// The ids of one table of a document, and whether what refers to them finds them.
#pragma once

#include "reader.hpp"

#include <map>

namespace uonaco::inline UONACO_ABI::io {

/// Refers to the texts of the ids, which must outlive it. O(log n) each.
class id_table {
  public:
    /// `what` names one element to people; `key` is the table's, in `document`.
    id_table(const object_reader& document, std::string_view key, std::string what)
        : problems_(document.problems), document_(document.at()), what_(std::move(what)) {
        const value table = document.object().find(key);
        complete_ = !table || table.is(json_kind::array);
    }
    void shares_names_with(const id_table& other) { complete_ = complete_ && other.complete_; }

    /// Takes the id of the element at `at`. False, and on record, if another element has it.
    bool add(const place& at, const std::string& id) {
        if (id.empty()) {
            complete_ = false;
            return true;
        }
        const auto [entry, fresh] = ids_.emplace(id, element{at.up().key(), at.index()});
        if (!fresh && !problems_.full()) {
            const element& first = entry->second;
            problems_.report(problem_level::semantic, place(at, "id"), "an id that no other " + what_ + " has",
                             "\"" + id + "\", as in " + place(place(document_, first.table), first.index).pointer());
        }
        return fresh;
    }

    /// Reports an id that no element has, where the reference stands. An empty one refers to nothing.
    void want(const place& at, const std::string& id) const {
        if (knows(id) || problems_.full()) return;
        std::vector<known_key> known;
        if (ids_.size() <= 1000)
            for (const auto& entry : ids_) known.push_back({entry.first, {}});
        problems_.report(problem_level::semantic, at, "the id of a " + what_ + " of this document", "\"" + id + "\"",
                         suggest(id, known).sentence);
    }
    void want(const place& record, std::string_view key, const std::string& id) const { want(place(record, key), id); }
    template <class Tag>
    void want(const place& record, std::string_view key, const std::vector<id<Tag>>& ids) const {
        const place list(record, key);
        for (std::size_t i = 0; i < ids.size(); ++i) want(place(list, i), ids[i].text);
    }

  private:
    struct element {
        std::string_view table;
        std::size_t index;
    };
    bool knows(const std::string& id) const { return id.empty() || !complete_ || ids_.count(id) > 0; }

    reader& problems_;
    const place& document_;
    std::string what_;
    std::map<std::string_view, element> ids_{};
    bool complete_; // else some ids could not be read, and what refers to them must not be called dangling
};

} // namespace uonaco::inline UONACO_ABI::io
