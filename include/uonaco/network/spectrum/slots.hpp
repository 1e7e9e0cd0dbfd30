// SPDX-License-Identifier: Apache-2.0
// Spectrum as bits: which slots of the flexible grid are free on every fibre, 64 to a word. A path may use what all of its
// fibres have free at once (continuity), in one piece (contiguity).
#pragma once

#include "../view.hpp"

#include <vector>

namespace uonaco::inline UONACO_ABI {

using slot_word = unsigned long long;

/// Neighbouring slots; none if count is 0.
struct slot_run {
    unsigned first = 0;
    unsigned count = 0;

    constexpr explicit operator bool() const { return count != 0; }
    constexpr unsigned end() const { return first + count; }
    friend constexpr bool operator==(slot_run, slot_run) = default;
};

namespace slots {

inline constexpr unsigned bits = 64; ///< of a word

constexpr unsigned words(unsigned slots) { return slots / bits + (slots % bits != 0); }
constexpr unsigned lowest(slot_word w) { return static_cast<unsigned>(__builtin_ctzll(w)); }
constexpr unsigned highest(slot_word w) { return bits - 1 - static_cast<unsigned>(__builtin_clzll(w)); }
/// The slots of a run that lie in one word.
constexpr slot_word mask(slot_run run, unsigned word) {
    const unsigned begin = word * bits;
    const unsigned low = run.first > begin ? run.first - begin : 0;
    const unsigned high = run.end() > begin ? run.end() - begin : 0;
    if (low >= bits || high <= low) return 0;
    return (high >= bits ? ~0ull : (1ull << high) - 1) & (~0ull << low);
}

/// True if every slot of the run is set. Precondition: the run ends within the words.
constexpr bool all(const slot_word* row, slot_run run) {
    if (!run) return true;
    for (unsigned w = run.first / bits; w <= (run.end() - 1) / bits; ++w)
        if (const slot_word m = mask(run, w); (row[w] & m) != m) return false;
    return true;
}

/// Leaves a 1 where a run of `count` free slots begins. Erosion by doubling: O(words log count). `count` 0 leaves nothing.
constexpr void to_starts(slot_word* row, unsigned words, unsigned count) {
    if (count == 0 || count > words * bits) {
        for (unsigned w = 0; w < words; ++w) row[w] = 0;
        return;
    }
    for (unsigned done = 1; done < count;) {
        const unsigned by = done <= count - done ? done : count - done;
        const unsigned skip = by / bits;
        const unsigned shift = by % bits;
        for (unsigned w = 0; w < words; ++w) {
            slot_word next = w + skip < words ? row[w + skip] >> shift : 0;
            if (shift != 0 && w + skip + 1 < words) next |= row[w + skip + 1] << (bits - shift);
            row[w] &= next;
        }
        done += by;
    }
}

/// The first set slot from `from` on, or words * bits. The same for the first clear one.
constexpr unsigned next_set(const slot_word* row, unsigned words, unsigned from) {
    if (from >= words * bits) return words * bits;
    unsigned w = from / bits;
    slot_word x = row[w] & (~0ull << from % bits);
    while (x == 0 && ++w < words) x = row[w];
    return x == 0 ? words * bits : w * bits + lowest(x);
}
constexpr unsigned next_clear(const slot_word* row, unsigned words, unsigned from) {
    if (from >= words * bits) return words * bits;
    unsigned w = from / bits;
    slot_word x = ~row[w] & (~0ull << from % bits);
    while (x == 0 && ++w < words) x = ~row[w];
    return x == 0 ? words * bits : w * bits + lowest(x);
}

/// The maximal run of set slots around a set one. O(words).
constexpr slot_run around(const slot_word* row, unsigned words, unsigned slot) {
    const unsigned end = next_clear(row, words, slot);
    unsigned w = slot / bits;
    slot_word x = ~row[w] & ~(~1ull << slot % bits);
    while (x == 0 && w > 0) x = ~row[--w];
    const unsigned first = x == 0 ? 0 : w * bits + highest(x) + 1;
    return {first, end - first};
}

/// Calls `f` with each maximal run of set slots, lowest first. O(runs + words).
template <class F>
constexpr void each_run(const slot_word* row, unsigned words, F&& f) {
    for (unsigned first = next_set(row, words, 0); first < words * bits;) {
        const unsigned end = next_clear(row, words, first);
        f(slot_run{first, end - first});
        first = next_set(row, words, end);
    }
}

} // namespace slots

/// The free slots of a number of edges, one row of bits each; a fibre pair is two edges. Value type; concurrent reads are
/// safe. A run that ends beyond the grid is never free.
class spectrum {
  public:
    spectrum() = default;
    /// All free.
    UONACO_LAZY
    spectrum(unsigned edges, unsigned slots)
        : edges_(edges), slots_(slots), words_(slots::words(slots)),
          rows_(1ul * detail::late<UonacoLazy_>(edges) * words_) {
        detail::late<UonacoLazy_>(*this).clear();
    }

    unsigned edges() const { return edges_; }
    unsigned slots() const { return slots_; }
    unsigned words() const { return words_; }
    /// Precondition: the edge exists. words() words; bits beyond slots() are 0.
    const slot_word* row(unsigned edge) const {
        UONACO_ASSERT(edge < edges_);
        return rows_.data() + 1ul * edge * words_;
    }

    /// Everything free again.
    void clear() {
        for (unsigned e = 0; e < edges_; ++e)
            for (unsigned w = 0; w < words_; ++w) rows_[1ul * e * words_ + w] = slots::mask({0, slots_}, w);
    }

    bool within(slot_run run) const { return run.first <= slots_ && run.count <= slots_ - run.first; }
    bool is_free(unsigned edge, slot_run run) const { return within(run) && slots::all(row(edge), run); }
    bool is_free(view<unsigned> edges, slot_run run) const {
        for (const unsigned e : edges)
            if (!is_free(e, run)) return false;
        return within(run);
    }

    /// Precondition: free on all of the edges, none of them twice. O(hops).
    void take(view<unsigned> edges, slot_run run) {
        for (const unsigned e : edges) UONACO_ASSERT(is_free(e, run)), flip(e, run);
    }
    /// Precondition: taken on all of the edges. O(hops).
    void release(view<unsigned> edges, slot_run run) {
        for (const unsigned e : edges) flip(e, run);
    }

    /// Writes words() words: the slots that are free on all of the edges; all of the grid if there are none. O(hops words).
    void free_along(view<unsigned> edges, slot_word* out) const {
        for (unsigned w = 0; w < words_; ++w) out[w] = slots::mask({0, slots_}, w);
        for (const unsigned e : edges) {
            const slot_word* r = row(e);
            for (unsigned w = 0; w < words_; ++w) out[w] &= r[w];
        }
    }

    unsigned free_slots(unsigned edge) const {
        unsigned n = 0;
        for (unsigned w = 0; w < words_; ++w) n += static_cast<unsigned>(__builtin_popcountll(row(edge)[w]));
        return n;
    }

    friend bool operator==(const spectrum&, const spectrum&) = default;

  private:
    void flip(unsigned edge, slot_run run) {
        UONACO_ASSERT(edge < edges_ && within(run));
        if (!run) return;
        slot_word* r = rows_.data() + 1ul * edge * words_;
        for (unsigned w = run.first / slots::bits; w <= (run.end() - 1) / slots::bits; ++w) r[w] ^= slots::mask(run, w);
    }

    unsigned edges_ = 0;
    unsigned slots_ = 0;
    unsigned words_ = 0;
    std::vector<slot_word> rows_;
};

} // namespace uonaco::inline UONACO_ABI
