// SPDX-License-Identifier: Apache-2.0
// undo_log: what-if without copying. Figures are changed where they are, and put back in as many steps as were changed.
#pragma once

#include "../base/assert.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI {

/// Remembers the bytes that set() overwrites, of whatever column they are: weights, masks, slots of spectrum, records.
/// Rolling back restores them bit for bit, the last change first. Precondition: what was set through the log stays where
/// it is (no resize of its column) and is changed through the log only, until rolled back or forgotten.
/// Not safe for concurrent use. A set is O(1), rolling back O(changes); the log keeps its memory.
template <class Lazy = void>
class basic_undo_log {
    template <class T>
    using list = detail::later_t<std::vector<T>, Lazy>;

  public:
    /// A moment to come back to.
    struct mark {
        unsigned long changes = 0;
    };

    mark now() const { return {entries_.size()}; }
    unsigned long changes() const { return entries_.size(); }

    /// Writes `value` to `place`, which is any trivially copyable object of a column.
    template <class T>
    void set(T& place, const T& value) {
        static_assert(__is_trivially_copyable(T), "an undo log restores bytes: columns hold plain values");
        const T next = value; // may lie inside of place
        save(&place, sizeof(T));
        place = next;
    }

    /// Puts everything back to what it was at `moment`; without one, to the beginning.
    void roll_back(mark moment) {
        UONACO_ASSERT(moment.changes <= entries_.size());
        while (entries_.size() > moment.changes) {
            const entry& e = entries_.back();
            __builtin_memcpy(e.place, &e.bytes, e.size);
            entries_.pop_back();
        }
    }
    void roll_back() { roll_back({}); }

    /// Makes every change final.
    void forget() { entries_.clear(); }

  private:
    struct entry {
        unsigned char* place;
        unsigned long long bytes;
        unsigned size;
    };

    void save(void* place, unsigned long size) {
        auto* from = static_cast<unsigned char*>(place);
        while (size > 0) {
            const unsigned part = static_cast<unsigned>(size < 8 ? size : 8);
            entry e{from, 0, part};
            __builtin_memcpy(&e.bytes, from, part);
            entries_.push_back(e);
            from += part;
            size -= part;
        }
    }

    list<entry> entries_;
};
using undo_log = basic_undo_log<>;

/// A trial inside a scope: what is set through it is put back at the end of the scope, unless kept. Trials nest; one that is
/// kept becomes part of the trial around it. Valid as long as its log; trials end in the reverse order of their beginning.
template <class Lazy = void>
class basic_what_if {
  public:
    explicit basic_what_if(undo_log& log) : log_(log), begin_(log.now()) {}
    basic_what_if(const basic_what_if&) = delete;
    basic_what_if& operator=(const basic_what_if&) = delete;
    ~basic_what_if() {
        if (!kept_) log_.roll_back(begin_);
    }

    template <class T>
    void set(T& place, const T& value) {
        log_.set(place, value);
    }
    void keep() { kept_ = true; }

  private:
    detail::later_t<undo_log, Lazy>& log_;
    typename detail::later_t<undo_log, Lazy>::mark begin_;
    bool kept_ = false;
};
using what_if = basic_what_if<>;

} // namespace uonaco::inline UONACO_ABI
