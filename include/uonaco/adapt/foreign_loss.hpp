// SPDX-License-Identifier: Apache-2.0
// What of our records a foreign format does not keep, found by comparing: no list of members that could be forgotten.
#pragma once

#include "translated.hpp"

#include "../io/dump.hpp"
#include "../reflect/resource.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace uonaco::inline UONACO_ABI::adapt {

/// "1 site", "3 sites"
inline std::string counted(std::size_t n, std::string_view noun) {
    return std::to_string(n) + " " + std::string(noun) + (n == 1 ? "" : "s");
}

/// Collects losses of a translation to a foreign format. Refers to the list; keep it alive.
class lost_members {
  public:
    /// `why`, for people: "a plain graph has no place for it".
    lost_members(std::vector<loss>& out, std::string why) : out_(out), why_(std::move(why)) {}

    /// Every member of `whole` that is missing in what is `carried`, or another there. O(members). When and how figures were observed is
    /// reported once a list, not once a record.
    template <class Record>
    void compare(const io::place& at, const Record& whole, const Record& carried) {
        const io::document a = io::to_document(whole), b = io::to_document(carried);
        compare(at, a.root(), b.root(), true);
    }
    /// Of an estate, the lists that the format does not have, and a currency other than the usual.
    void all_but(std::initializer_list<std::string_view> lists, const estate& e) {
        const io::place root;
        if (e.currency != estate().currency) add(io::place(root, "currency"), "the currency " + e.currency);
        const io::document whole = io::to_document(e);
        for (const io::value v : whole.root())
            if (v.is(io::json_kind::array) && v.size() > 0 &&
                std::find(lists.begin(), lists.end(), v.key()) == lists.end())
                add(io::place(root, v.key()), counted(v.size(), "record"));
    }
    void add(const io::place& at, const std::string& what) { out_.push_back({at.pointer(), what + ": " + why_}); }

  private:
    static bool of_envelope(std::string_view key) {
        for (const char* k :
             {"observed_at", "valid_until", "generation", "source", "reference", "statistic", "accuracy"})
            if (key == k) return true;
        return false;
    }
    static std::string text(io::value v) {
        std::string t;
        io::detail::append_value(t, v, io::layout::compact, 0);
        return t.size() > 80 ? io::describe(v) : t;
    }
    void compare(const io::place& at, io::value whole, io::value carried, bool record) {
        for (const io::value v : whole) {
            const io::place here(at, v.key());
            const io::value other = carried.find(v.key());
            if (other && text(other) == text(v) && !v.is(io::json_kind::object)) continue;
            if (other && v.is(io::json_kind::object) && other.is(io::json_kind::object)) {
                compare(here, v, other, false);
                continue;
            }
            if (record && of_envelope(v.key()) && !once_[at.up().pointer()].insert(std::string(v.key())).second)
                continue;
            if (other)
                out_.push_back({here.pointer(), text(v) + ", which becomes " + text(other)});
            else
                add(here, text(v));
        }
    }

    std::vector<loss>& out_;
    std::string why_;
    std::map<std::string, std::set<std::string>> once_{};
};

} // namespace uonaco::inline UONACO_ABI::adapt
