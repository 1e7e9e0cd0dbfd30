// SPDX-License-Identifier: Apache-2.0
// The ledger: who has which devices, which rate of which link and which room of which storage, from when to when. All of a
// candidate is taken, or nothing.
#pragma once

#include "../base/result.hpp"
#include "../decision/reservation.hpp"
#include "../evaluate/actions.hpp"
#include "../series/calendar.hpp"

namespace uonaco::inline UONACO_ABI {

/// One workload's part of the estate over [start, end), by the estate's ids; what a transfer stored stays.
struct reservation {
    reservation_id id{};
    workload_id workload{};
    reservation_state state = reservation_state::requested;
    units::instant start{};
    units::instant end{};
    std::vector<assignment> assignments{};
    std::vector<network_step> network{};
    storage_id storage{}; ///< that a transfer fills; empty: none, or one that the estate does not list
    units::volume stored{};

    friend bool operator==(const reservation&, const reservation&) = default;
};

/// Time-indexed commitments over what a survey had free when the ledger was made. Holds no clock: every call says when.
/// Value type; not for concurrent writes.
class ledger {
  public:
    ledger() = default;
    UONACO_LAZY
    explicit ledger(const survey& s)
        : free_(s.rates()), taken_links_(free_.links.size()), taken_circuits_(free_.circuits.size()) {
        for (unsigned i = 0; i < s.world().pools.size(); ++i) pools_.push_back({s.free_devices({i}), {}});
        for (unsigned i = 0; i < s.world().storage.size(); ++i) storage_.push_back({s.free_storage({i}), {}});
    }

    /// Leaves in the survey what is free at every instant from `from` on.
    UONACO_LAZY
    void restrict(survey& s, units::instant from) const {
        const units::instant end = from + forever;
        for (unsigned i = 0; i < pools_.size(); ++i) s.set_free_devices({i}, pools_[i].free(from, end));
        for (unsigned i = 0; i < storage_.size(); ++i) s.set_free_storage({i}, storage_[i].free(from, end));
        s.set_free_rates(free_rates(from, end));
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
        const network_rates before = free_rates(start, end);
        network_rates after = before;
        std::string lacking;
        const bool connected = each_connection(s, r, c, [&](const connection& k, unsigned from, unsigned to) {
            if (take(after, s.net(), s.world(), s.options(from, to)[k.option], k.rate)) return true;
            lacking = s.world().sites[from].id.text + " to " + s.world().sites[to].id.text;
            return false;
        });
        if (!connected) return short_of(lacking);
        const bool stores = r.is_transfer() && c.destination && !(c.destination == r.source);
        const auto has_room = [&](row<storage_tag> p) {
            return storage_[p.value].free(start, start + forever) >= r.data;
        };
        const auto into = stores ? detail::storage_at(s, c.destination, has_room) : row<storage_tag>{};
        if (stores && !into && detail::has_storage(s, c.destination))
            return short_of(s.world().sites[c.destination.value].id.text + " storage");

        // From here on nothing can fail.
        for (int i = 0; i < c.size; ++i) pools_[c.shares[i].pool.value].taken.add(start, end, c.shares[i].devices);
        book(before, after, start, end);
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

  private:
    static constexpr units::duration forever = units::duration::from_si(1e12);
    template <class Amount>
    struct account {
        Amount capacity{};
        calendar<Amount> taken{};

        Amount free(units::instant from, units::instant to) const { return capacity - taken.peak(from, to); }
    };
    struct link_account {
        calendar<units::bit_rate> in_service{};
        calendar<units::bit_rate> creatable{};
        calendar<units::bit_rate> resizable{};
    };
    UONACO_LAZY
    static failure short_of(const std::string& what) {
        return {errc::over_capacity, what, 0.0, "not enough of '" + what + "' is free throughout the window"};
    }
    // Less a bit a second at most: sums of parts leave crumbs that nobody could use.
    static units::bit_rate left(units::bit_rate capacity, const calendar<units::bit_rate>& taken, units::instant from,
                                units::instant to) {
        const auto rate = capacity - taken.peak(from, to);
        return units::bit_rate::from_si(rate.si() < 1.0 ? 0.0 : math::floor(rate.si()));
    }
    UONACO_LAZY
    network_rates free_rates(units::instant from, units::instant to) const {
        network_rates out = free_;
        for (unsigned long i = 0; i < out.links.size(); ++i) {
            const link_account& t = taken_links_[i];
            if (!t.in_service.empty())
                out.links[i].in_service = left(free_.links[i].in_service, t.in_service, from, to);
            if (!t.creatable.empty()) out.links[i].creatable = left(free_.links[i].creatable, t.creatable, from, to);
            if (!t.resizable.empty()) out.links[i].resizable = left(free_.links[i].resizable, t.resizable, from, to);
        }
        for (unsigned long i = 0; i < out.circuits.size(); ++i)
            if (!taken_circuits_[i].empty()) out.circuits[i] = left(free_.circuits[i], taken_circuits_[i], from, to);
        return out;
    }
    static void book(calendar<units::bit_rate>& c, units::bit_rate before, units::bit_rate after, units::instant from,
                     units::instant to) {
        if (after < before) c.add(from, to, before - after);
    }
    UONACO_LAZY
    void book(const network_rates& before, const network_rates& after, units::instant from, units::instant to) {
        for (unsigned long i = 0; i < before.links.size(); ++i) {
            book(taken_links_[i].in_service, before.links[i].in_service, after.links[i].in_service, from, to);
            book(taken_links_[i].creatable, before.links[i].creatable, after.links[i].creatable, from, to);
            book(taken_links_[i].resizable, before.links[i].resizable, after.links[i].resizable, from, to);
        }
        for (unsigned long i = 0; i < before.circuits.size(); ++i)
            book(taken_circuits_[i], before.circuits[i], after.circuits[i], from, to);
    }

    std::vector<account<units::count>> pools_{};
    std::vector<account<units::volume>> storage_{};
    network_rates free_{};
    std::vector<link_account> taken_links_{};
    std::vector<calendar<units::bit_rate>> taken_circuits_{};
    std::vector<reservation> entries_{};
};

} // namespace uonaco::inline UONACO_ABI
