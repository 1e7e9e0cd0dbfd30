// SPDX-License-Identifier: Apache-2.0
// Ids of ours for names that are not: other formats allow blanks, umlauts and more than 128 characters.
#pragma once

#include "translated.hpp"

#include <map>
#include <set>

namespace uonaco::inline UONACO_ABI::adapt {

/// One id for each foreign name, none twice: the name itself where it is an id, else what is left of it, with a number where that is
/// taken. The same names in the same order get the same ids. Value type.
class foreign_ids {
  public:
    /// O(log n + length).
    std::string of(std::string_view foreign) {
        const auto known = ids_.find(std::string(foreign));
        if (known != ids_.end()) return known->second;
        const std::string base = spelled(foreign);
        std::string id = base;
        for (std::size_t* n = nullptr; !taken_.insert(id).second;) {
            if (n == nullptr) n = &numbers_[base]; // goes on where the last of the same spelling ended
            const std::string number = "-" + std::to_string(++*n + 1);
            id = base.substr(0, most - number.size()) + number;
        }
        ids_.emplace(foreign, id);
        return id;
    }
    bool knows(std::string_view foreign) const { return ids_.count(std::string(foreign)) > 0; }
    /// The name, or with a number where something has it. O(log n + length), and once more for each namesake.
    std::string unused(std::string_view foreign) {
        std::string name(foreign);
        if (!knows(name)) return name;
        std::size_t& n = namesakes_[name];
        std::string other;
        do other = name + "-" + std::to_string(n++ + 2);
        while (knows(other));
        return other;
    }
    /// An id that nothing has yet, whatever else has that name.
    std::string fresh(std::string_view foreign) { return of(unused(foreign)); }

    /// Its characters that an id may have, '-' for others, 'x' before what may not begin one.
    static std::string spelled(std::string_view foreign) {
        std::string id;
        for (const char c : foreign.substr(0, most)) id += io::is_id(std::string("x") + c) ? c : '-';
        if (!io::is_id(id)) id = ("x" + id).substr(0, most);
        return id;
    }

    /// The label under which a record keeps the foreign name where its id is another, so that it goes out as it came in.
    static constexpr const char* label = "foreign_id";
    template <class Record>
    void name(Record& r, std::string_view foreign) {
        r.id.text = of(foreign);
        if (r.id.text != foreign) r.meta.labels.set(label, std::string(foreign));
    }

  private:
    std::map<std::string, std::size_t> numbers_{}; ///< given to each spelling so far
    static constexpr std::size_t most = 128;
    std::map<std::string, std::string> ids_{};
    std::set<std::string> taken_{};
    std::map<std::string, std::size_t> namesakes_{};
};

/// The foreign name of a record: its label, or its id.
template <class Record>
std::string foreign_name(const Record& r) {
    const std::string* kept = r.meta.labels.find(foreign_ids::label);
    return kept ? *kept : r.id.text;
}

/// Foreign names for all records of lists that share their names, none twice: where one is taken, the id stands in.
class foreign_names {
  public:
    template <class Record>
    std::string of(const Record& r) {
        std::string name = foreign_name(r);
        if (taken_.insert(name).second) return name;
        name = r.id.text;
        for (int n = 2; !taken_.insert(name).second; ++n) name = r.id.text + "-" + std::to_string(n);
        return name;
    }

  private:
    std::set<std::string> taken_{};
};

} // namespace uonaco::inline UONACO_ABI::adapt
