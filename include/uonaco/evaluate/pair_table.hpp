// SPDX-License-Identifier: Apache-2.0
// A table of ordered pairs of rows, of which few are ever asked for: open addressing, memory for those alone.
#pragma once

#include "../base/config.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI {

/// Value type. An entry's address stays for as long as the table does, whatever is added. Not for concurrent writes.
template <class Value>
class pair_table {
  public:
    /// The entry of a pair, made if it is new. O(1) on average.
    Value& at(unsigned a, unsigned b) {
        if (slots_.empty()) slots_.resize(64);
        unsigned long i = first(a, b);
        for (; slots_[i].entry != none; i = next(i))
            if (slots_[i].a == a && slots_[i].b == b) return entry(slots_[i].entry);
        if (2ul * (size_ + 1) > slots_.size()) {
            grow();
            i = free_slot(a, b);
        }
        if (size_ % chunk == 0) chunks_.push_back(std::vector<Value>(chunk)); // whole from the start: it never moves
        slots_[i] = {a, b, size_};
        return entry(size_++);
    }
    unsigned long size() const { return size_; }

  private:
    static constexpr unsigned none = ~0u;
    static constexpr unsigned chunk = 64;
    struct slot {
        unsigned a = 0;
        unsigned b = 0;
        unsigned entry = none;
    };

    Value& entry(unsigned i) { return chunks_[i / chunk][i % chunk]; }
    unsigned long next(unsigned long i) const { return (i + 1) & (slots_.size() - 1); }
    unsigned long first(unsigned a, unsigned b) const { // Fibonacci hashing
        const unsigned long long mixed = ((static_cast<unsigned long long>(a) << 32) + b) * 0x9e3779b97f4a7c15ull;
        return static_cast<unsigned long>(mixed >> 32) & (slots_.size() - 1);
    }
    unsigned long free_slot(unsigned a, unsigned b) const {
        unsigned long i = first(a, b);
        while (slots_[i].entry != none) i = next(i);
        return i;
    }
    void grow() {
        const std::vector<slot> before = static_cast<std::vector<slot>&&>(slots_);
        slots_ = std::vector<slot>(2 * before.size());
        for (const slot& s : before)
            if (s.entry != none) slots_[free_slot(s.a, s.b)] = s;
    }

    std::vector<slot> slots_; ///< a power of two, at most half full
    std::vector<std::vector<Value>> chunks_;
    unsigned size_ = 0;
};

} // namespace uonaco::inline UONACO_ABI
