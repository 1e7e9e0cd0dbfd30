// SPDX-License-Identifier: Apache-2.0
// The ids of one table of a document, and whether what refers to them finds them.
#pragma once

#include "reader.hpp"

#include <map>

namespace uonaco::inline UONACO_ABI::io {

/// Reports an id that is no key of `ids`. `what` names an element to people, `where` what they are in. O(ids), of a thousand at most.
template <class Ids>
void report_dangling(reader& r, const place& at, const std::string& what, const char* where, const std::string& id,
                     const Ids& ids) {
    if (r.full()) return;
    std::vector<known_key> known;
    if (ids.size() <= 1000)
        for (const auto& entry : ids) known.push_back({entry.first, {}});
    r.report(problem_level::semantic, at, "the id of a " + what + " of " + where, "\"" + id + "\"",
             suggest(id, known).sentence);
}

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
        if (!knows(id)) report_dangling(problems_, at, what_, "this document", id, ids_);
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
