// SPDX-License-Identifier: Apache-2.0
// The ledger: who has which devices, which rate of which link and which room of which storage, from when to when. All of a
// candidate is taken, or nothing.
#pragma once

#include "../base/result.hpp"
#include "../decision/reservation.hpp"
#include "../evaluate/actions.hpp"
#include "../network/rate_calendar.hpp"
#include "../series/calendar.hpp"

namespace uonaco::inline UONACO_ABI {

/// Time-indexed commitments over what a survey had free when the ledger was made. Holds no clock: every call says when.
/// Value type; not for concurrent writes.
class ledger {
  public:
    ledger() = default;
    UONACO_LAZY
    explicit ledger(const survey& s) : rates_(s.rates()) {
        for (unsigned i = 0; i < s.world().pools.size(); ++i) pools_.push_back({s.free_devices({i}), {}});
        for (unsigned i = 0; i < s.world().storage.size(); ++i) storage_.push_back({s.free_storage({i}), {}});
    }

    /// Leaves in the survey what is free at every instant from `from` on.
    UONACO_LAZY
    void restrict(survey& s, units::instant from) const {
        const units::instant end = from + forever;
        for (unsigned i = 0; i < pools_.size(); ++i) s.set_free_devices({i}, pools_[i].free(from, end));
        for (unsigned i = 0; i < storage_.size(); ++i) s.set_free_storage({i}, storage_[i].free(from, end));
        s.set_free_rates(rates_.free(from, end));
    }

    /// Takes all that the candidate names over [start, end), if it is free throughout beside what is committed already;
    /// otherwise nothing, and over_capacity names what is short. Preconditions: start < end; `s` still holds the connections that the
    /// candidate was made from. O((shares + links) x breakpoints).
    UONACO_LAZY
    result<reservation> commit(const survey& s, const request& r, const candidate& c, units::instant start,
                               units::instant end) {
        UONACO_ASSERT(start < end);
        for (int i = 0; i < c.size; ++i) {
            units::count asked = 0; // several shares may be at one pool
            for (int j = 0; j <= i; ++j) asked += c.shares[j].pool == c.shares[i].pool ? c.shares[j].devices : 0;
            if (pools_[c.shares[i].pool.value].free(start, end) < asked)
                return short_of(s.world().pools[c.shares[i].pool.value].id.text);
        }
        const network_rates before = rates_.free(start, end);
        network_rates after = before;
        std::string lacking, why;
        const bool connected = each_connection(s, r, c, [&](const connection& k, unsigned from, unsigned to) {
            if (take(after, s.net(), s.world(), s.options(from, to)[k.option], k.rate)) return true;
            lacking = s.world().sites[from].id.text + " to " + s.world().sites[to].id.text;
            why = describe(shortage_of(after, s.net(), s.world(), s.options(from, to)[k.option], k.rate), s.world());
            return false;
        });
        if (!connected) return short_of(lacking, why);
        const bool stores = r.is_transfer() && c.destination && !(c.destination == r.source);
        const auto has_room = [&](row<storage_tag> p) {
            return storage_[p.value].free(start, start + forever) >= r.data;
        };
        const auto into = stores ? detail::storage_at(s, c.destination, has_room) : row<storage_tag>{};
        if (stores && !into && detail::has_storage(s, c.destination))
            return short_of(s.world().sites[c.destination.value].id.text + " storage");

        // From here on nothing can fail.
        for (int i = 0; i < c.size; ++i) pools_[c.shares[i].pool.value].taken.add(start, end, c.shares[i].devices);
        rates_.book(before, after, start, end);
        detail::later_t<reservation, UonacoLazy_> made;
        if (into) {
            storage_[into.value].taken.add(start, start + forever, r.data);
            made.storage = s.world().storage[into.value].id;
            made.stored = r.data;
        }
        made.id = reservation_id(r.asked->id.text + "/" + std::to_string(entries_.size() + 1));
        made.workload = r.asked->id;
        made.state = reservation_state::committed;
        made.start = start;
        made.end = end;
        made.assignments = assignments_of(s, r, c);
        made.network = network_of(s, r, c);
        entries_.push_back(made);
        return made;
    }

    const std::vector<reservation>& entries() const { return entries_; }
    /// What is free on the network when: options for a window are those of rates().free(from, to).
    const rate_calendar& rates() const { return rates_; }

  private:
    static constexpr units::duration forever = units::duration::from_si(1e12);
    template <class Amount>
    struct account {
        Amount capacity{};
        calendar<Amount> taken{};

        Amount free(units::instant from, units::instant to) const { return capacity - taken.peak(from, to); }
    };
    UONACO_LAZY
    static failure short_of(const std::string& what, const std::string& why = {}) {
        return {errc::over_capacity, what, 0.0,
                "not enough of '" + what + "' is free throughout the window" + (why.empty() ? "" : ": " + why)};
    }
    std::vector<account<units::count>> pools_{};
    std::vector<account<units::volume>> storage_{};
    rate_calendar rates_{};
    std::vector<reservation> entries_{};
};

} // namespace uonaco::inline UONACO_ABI
