// SPDX-License-Identifier: Apache-2.0
// Routing and spectrum assignment of one demand after the other: which candidate path, and which slots on all of its fibres.
#pragma once

#include "candidate_paths.hpp"
#include "fit.hpp"

namespace uonaco::inline UONACO_ABI {

/// A demand's place: which candidate of its pair, and which slots there, guard slot included. False if blocked.
struct spectrum_place {
    unsigned candidate = 0;
    slot_run run{};

    constexpr explicit operator bool() const { return static_cast<bool>(run); }
    friend constexpr bool operator==(spectrum_place, spectrum_place) = default;
};

/// The policies look for a place and change nothing: `spectrum::take(paths.edges(...), place.run)` takes it. Workspaces:
/// repeated calls allocate nothing; not safe for concurrent use.

/// KSP-FF: the first candidate on which the demand fits. O(candidates (hops + log slots) words).
class first_path_that_fits {
  public:
    explicit first_path_that_fits(spectrum_fit fit = spectrum_fit::first, unsigned guard = 1)
        : fit_(fit), guard_(guard) {}

    UONACO_LAZY
    spectrum_place operator()(const spectrum& s, const candidate_paths& paths, unsigned source, unsigned target,
                              units::bit_rate rate) {
        row_.resize(2ul * s.words());
        const view<candidate_path> all = paths.of(source, target);
        for (unsigned i = 0; i < all.size(); ++i) {
            const candidate_path& c = all.data()[i];
            s.free_along(paths.edges(c), row_.data());
            const unsigned n = slots_needed(rate, bits_per_symbol(c.format), guard_);
            if (const slot_run run = fit_run(row_.data(), s.words(), n, fit_, row_.data() + s.words()))
                return {i, run};
        }
        return {};
    }

  private:
    spectrum_fit fit_;
    unsigned guard_;
    std::vector<slot_word> row_;
};

/// FF-KSP: of all candidates the one on which the demand starts lowest; of equal ones the first. Same cost.
class lowest_slot_over_paths {
  public:
    explicit lowest_slot_over_paths(unsigned guard = 1) : guard_(guard) {}

    UONACO_LAZY
    spectrum_place operator()(const spectrum& s, const candidate_paths& paths, unsigned source, unsigned target,
                              units::bit_rate rate) {
        row_.resize(2ul * s.words());
        spectrum_place best;
        const view<candidate_path> all = paths.of(source, target);
        for (unsigned i = 0; i < all.size(); ++i) {
            const candidate_path& c = all.data()[i];
            s.free_along(paths.edges(c), row_.data());
            const unsigned n = slots_needed(rate, bits_per_symbol(c.format), guard_);
            const slot_run run = fit_run(row_.data(), s.words(), n, spectrum_fit::first, row_.data() + s.words());
            if (run && (!best || run.first < best.run.first)) best = {i, run};
        }
        return best;
    }

  private:
    unsigned guard_;
    std::vector<slot_word> row_;
};

} // namespace uonaco::inline UONACO_ABI
