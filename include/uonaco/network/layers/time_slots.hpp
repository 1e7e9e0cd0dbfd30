// SPDX-License-Identifier: Apache-2.0
// time_slots: how many slots are left on each link. One slot is as good as another (OTN, fine grain OTN, FlexE), so that counting is all:
// no continuity and no contiguity, unlike in spectrum.
#pragma once

#include "../view.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI {

/// Slots by link. Value type; concurrent reads are safe.
class time_slots {
  public:
    time_slots() = default;
    UONACO_LAZY
    explicit time_slots(view<unsigned> by_link) : total_(by_link.begin(), by_link.end()), free_(total_) {}

    unsigned links() const { return static_cast<unsigned>(total_.size()); }
    /// Precondition of both: the link exists.
    unsigned total(unsigned link) const { return view<unsigned>(total_)[link]; }
    unsigned free(unsigned link) const { return view<unsigned>(free_)[link]; }

    /// The most that a circuit along these links may take: the least that one of them has free. Precondition: links exist, and there is one.
    unsigned free_along(view<unsigned> path) const {
        UONACO_ASSERT(!path.empty());
        unsigned least = ~0u;
        for (const unsigned l : path) least = free(l) < least ? free(l) : least;
        return least;
    }

    /// Takes so many of each, or nothing and false where one has fewer. A link named twice gives twice. O(path).
    [[nodiscard]] bool take(view<unsigned> path, unsigned count) {
        for (unsigned long i = 0; i < path.size(); ++i) {
            if (free(path[i]) < count) {
                while (i-- > 0) free_[path[i]] += count;
                return false;
            }
            free_[path[i]] -= count;
        }
        return true;
    }
    /// Precondition: so many were taken of each. O(path).
    void give_back(view<unsigned> path, unsigned count) {
        for (const unsigned l : path) {
            UONACO_ASSERT(count <= total(l) - free(l));
            free_[l] += count;
        }
    }
    /// A circuit of `now` slots becomes one of `then`, or stays and false: in place, so that what it has counts as free. O(path).
    [[nodiscard]] bool resize(view<unsigned> path, unsigned now, unsigned then) {
        if (then > now) return take(path, then - now);
        give_back(path, now - then);
        return true;
    }

    friend bool operator==(const time_slots&, const time_slots&) = default;

  private:
    std::vector<unsigned> total_;
    std::vector<unsigned> free_;
};

} // namespace uonaco::inline UONACO_ABI
