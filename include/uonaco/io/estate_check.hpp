// SPDX-License-Identifier: Apache-2.0
// Whether records that no scenario holds agree with an estate: paths on offer, decisions, reservations.
#pragma once

#include "scenario.hpp"

#include "../reflect/decision.hpp"

#include <algorithm>

namespace uonaco::inline UONACO_ABI::io {

namespace detail {

/// The records of one table by their ids.
template <class Record>
class by_id {
  public:
    by_id(const std::vector<Record>& table, const char* what) : what_(what) {
        for (const Record& x : table) rows_.emplace(x.id.text, &x);
    }
    const Record* find(const std::string& id) const {
        const auto found = rows_.find(id);
        return found == rows_.end() ? nullptr : found->second;
    }
    /// The same, and on record where there is none; an empty id refers to nothing.
    const Record* want(reader& r, const place& at, const std::string& id) const {
        const Record* found = find(id);
        if (found == nullptr && !id.empty()) report_dangling(r, at, what_, "the estate", id, rows_);
        return found;
    }
    const std::map<std::string, const Record*>& rows() const { return rows_; }

  private:
    std::map<std::string, const Record*> rows_{};
    const char* what_;
};

/// True while a reservation keeps others from what it names.
constexpr bool holds(reservation_state s) {
    using enum reservation_state;
    return s != requested && s != released && s != failed && s != expired && s != cancelled;
}

/// Which element of which record takes something.
struct taker {
    std::size_t record = 0, part = 0, inner = 0;
};

/// How much of one resource is taken when, and from when on that is more than there is.
template <class Lazy>
class takings {
  public:
    void take(taker who, instant from, double amount) { changes_.push_back({from, amount, who}); }
    void release(taker who, instant at, double amount) { changes_.push_back({at, -amount, who}); }
    /// Calls f(taker, instant) wherever the level rises above the limit. O(n log n).
    template <class F>
    void each_excess(double limit, F f) {
        std::stable_sort(changes_.begin(), changes_.end(), [](const change& a, const change& b) {
            return a.at < b.at || (a.at == b.at && a.amount < 0 && b.amount >= 0); // what ends makes room first
        });
        double level = 0;
        for (const change& c : changes_) {
            const bool fitted = level <= limit;
            level += c.amount;
            if (fitted && level > limit) f(c.who, c.at);
        }
    }

  private:
    struct change {
        instant at;
        double amount;
        taker who;
    };
    uonaco::detail::later_t<std::vector<change>, Lazy> changes_{};
};

} // namespace detail

/// Checks records against one estate, which must outlive it. For concurrent use.
template <class Lazy = void>
class basic_estate_check {
    template <class T>
    using later = uonaco::detail::later_t<T, Lazy>;

  public:
    /// O(n log n) over the records there are.
    explicit basic_estate_check(const estate& e)
        : sites_(e.sites, "site"), pools_(e.pools, "pool"), storage_(e.storage, "storage pool"),
          links_(e.links, "link"), circuits_(e.circuits, "circuit"), first_link_(e.links.data()) {
        const detail::by_id<later<fibre_span>> spans(e.spans, "span");
        for (const wan_link& l : e.links) lengths_.push_back(length_of(l, spans));
    }

    /// What in a path does not agree: sites, links and circuits that are not there; links that do not lead from its one end to
    /// the other; a link of a layer that is neither the path's own nor adapted; less delay than light needs for the
    /// length of its links, as far as that is known. O(links log n).
    problems operator()(const wan_path& p) const {
        reader r(bounds{}.problems);
        check(r, place(), p);
        return r.take();
    }
    /// What in a decision and its alternatives does not agree: pools, sites and links that are not there; pools that are at another
    /// site; links of a connection that do not lead from its one end to the other. O(n log n).
    problems operator()(const decision& d) const {
        reader r(bounds{}.problems);
        check(r, place(), d);
        return r.take();
    }
    /// What in reservations does not agree, of those that hold something: the same as in decisions; storage that is not there; an id a second time;
    /// and where all of them take, at any instant, more devices of a pool than there are, more rate of a link than it has and its
    /// operator can make, or more data than storage holds. Pointers begin with the place in the list. O(n log n).
    problems operator()(const std::vector<reservation>& all) const {
        reader r(bounds{}.problems);
        std::vector<located> rows;
        for (std::size_t i = 0; i < all.size(); ++i) rows.push_back({i, &all[i]});
        check(r, rows);
        return r.take();
    }

    /// A reservation, and its place in a list.
    struct located {
        std::size_t index;
        const reservation* record;
    };

    /// The same, where a reader stands.
    void check(reader& r, const place& at, const wan_path& p) const {
        sites_.want(r, place(at, "src_site"), p.src_site.text);
        sites_.want(r, place(at, "dst_site"), p.dst_site.text);
        circuits_.want(r, place(at, "circuit"), p.circuit.text);
        const place list(at, "links");
        unsigned layers = bit_of(p.layer); // a hostile path states a million adapted ones
        for (const network_layer adapted : p.adapted_layers) layers |= bit_of(adapted);
        double length = 0;
        for (std::size_t i = 0; i < p.links.size(); ++i) {
            const wan_link* l = links_.want(r, place(list, i), p.links[i].text);
            if (l == nullptr) continue;
            length += lengths_[static_cast<std::size_t>(l - first_link_)];
            if ((layers & bit_of(l->layer)) == 0)
                r.report(problem_level::semantic, place(list, i),
                         std::string("a link of layer ") + to_string(p.layer) + ", or of one under adapted_layers",
                         "\"" + l->id.text + "\", of layer " + to_string(l->layer));
        }
        check_ends(r, list, p.links, p.src_site, p.dst_site, "path", !p.circuit.empty());
        const double least = length / 299792458.0;   // m/s: nothing is faster, whatever the fibre
        if (p.latency.si() >= 0.999 * least) return; // 0.1 % for rounded figures, as of links
        std::string expected = "at least ", stated;
        append_number(expected, -math::floor(-least / units::kinds::latency::exchange)); // rounded up
        append_number(expected += ": what light needs for ", exchange_number(length, units::kinds::distance::exchange));
        append_number(stated, exchange_number(p.latency.si(), units::kinds::latency::exchange));
        r.report(problem_level::semantic, place(at, "latency_us"), expected + " km of links", stated);
    }
    void check(reader& r, const place& at, const decision& d) const {
        check_assignments(r, at, d.assignments);
        check_network(r, at, d.network);
        const place others(at, "alternatives");
        for (std::size_t i = 0; i < d.alternatives.size(); ++i) {
            const place other(others, i);
            check_assignments(r, other, d.alternatives[i].assignments);
            check_network(r, other, d.alternatives[i].network);
        }
    }
    void check(reader& r, const std::vector<located>& all) const {
        later<std::map<std::string, std::size_t>> seen;
        taken devices, rates, data;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const reservation& x = *all[i].record;
            const place at(all[i].index);
            const auto [entry, fresh] = seen.emplace(x.id.text, all[i].index);
            if (!fresh) {
                r.report(problem_level::semantic, place(at, "id"), "an id that no other reservation of the list has",
                         "\"" + x.id.text + "\", as in " + place(entry->second).pointer());
                continue;
            }
            if (!detail::holds(x.state)) continue;
            check_assignments(r, at, x.assignments);
            check_network(r, at, x.network);
            storage_.want(r, place(at, "storage"), x.storage.text);
            const auto take = [&](auto& of, detail::taker who, double amount) {
                of.take(who, x.start, amount);
                of.release(who, x.end, amount);
            };
            for (std::size_t j = 0; j < x.assignments.size(); ++j)
                take(devices[x.assignments[j].pool.text], {i, j}, static_cast<double>(x.assignments[j].devices));
            for (std::size_t j = 0; j < x.network.size(); ++j)
                for (std::size_t k = 0; k < x.network[j].links.size(); ++k)
                    if (x.network[j].action != network_action::teardown)
                        take(rates[x.network[j].links[k].text], {i, j, k}, x.network[j].rate.si());
            data[x.storage.text].take({i}, x.start, x.stored.si()); // stays after the end
        }
        const auto at_record = [&](detail::taker who) { return all[who.record].index; };
        excess(
            r, devices, pools_, [](const compute_pool& p) { return static_cast<double>(p.total_count); },
            "a pool with devices for all reservations",
            [&](detail::taker who, const auto& say) {
                const place record(at_record(who)), list(record, "assignments"), element(list, who.part);
                say(place(element, "pool"));
            });
        excess(r, rates, links_, rate_of, "a link with rate for all reservations",
               [&](detail::taker who, const auto& say) {
                   const place record(at_record(who)), list(record, "network"), step(list, who.part);
                   const place links(step, "links");
                   say(place(links, who.inner));
               });
        excess(
            r, data, storage_, [](const storage_pool& p) { return p.capacity.si(); },
            "storage that holds what all reservations store",
            [&](detail::taker who, const auto& say) {
                const place record(at_record(who));
                say(place(record, "storage"));
            });
    }

  private:
    using taken = std::map<later<std::string>, detail::takings<Lazy>>;

    static constexpr unsigned bit_of(network_layer layer) { return 1u << static_cast<unsigned>(layer); }
    /// Stated, else of the fibre; 0 where neither is known.
    static double length_of(const wan_link& l, const detail::by_id<later<fibre_span>>& spans) {
        if (l.distance) return l.distance->si();
        double sum = 0;
        for (const span_id& s : l.spans)
            if (const fibre_span* found = spans.find(s.text)) sum += found->distance.si();
        return sum;
    }
    /// In service, and what can be made: a reservation may be of what is not there yet.
    static double rate_of(const wan_link& l) {
        return l.capacity.si() + (l.create ? l.create->rate.si() : 0) + (l.resize ? l.resize->rate.si() : 0);
    }
    void check_assignments(reader& r, const place& record, const std::vector<assignment>& all) const {
        const place list(record, "assignments");
        for (std::size_t i = 0; i < all.size(); ++i) {
            const place at(list, i);
            const compute_pool* pool = pools_.want(r, place(at, "pool"), all[i].pool.text);
            if (pool != nullptr && pool->site != all[i].site)
                r.report(problem_level::semantic, place(at, "site"), "the pool's site, \"" + pool->site.text + "\"",
                         "\"" + all[i].site.text + "\"");
        }
    }
    void check_network(reader& r, const place& record, const std::vector<network_step>& all) const {
        const place list(record, "network");
        for (std::size_t i = 0; i < all.size(); ++i) {
            const place at(list, i), links(at, "links");
            sites_.want(r, place(at, "src_site"), all[i].src_site.text);
            sites_.want(r, place(at, "dst_site"), all[i].dst_site.text);
            for (std::size_t j = 0; j < all[i].links.size(); ++j) links_.want(r, place(links, j), all[i].links[j].text);
            check_ends(r, links, all[i].links, all[i].src_site, all[i].dst_site, "connection",
                       true); // steps do not say whether they use one
        }
    }
    /// Where an end is not known, whether links lead there is not asked. A circuit is used from either end, whose links may lead one way.
    void check_ends(reader& r, const place& list, const std::vector<link_id>& links, const site_id& from,
                    const site_id& to, const char* what, bool circuit) const {
        if (sites_.find(from.text) == nullptr || sites_.find(to.text) == nullptr) return;
        const auto follow = [&](reader& into, const std::vector<link_id>& all, const site_id& one,
                                const site_id& other) {
            detail::follow(into, list, links_.rows(), all, one.text, other.text, what,
                           [](std::size_t, const wan_link&) {});
        };
        if (circuit) {
            reader back(0);
            follow(back, {links.rbegin(), links.rend()}, to, from);
            if (back.count() == 0) return;
        }
        follow(r, links, from, to);
    }
    /// Names who begins when what is taken of one of the table's rises above what there is; `spot` has it said where that one takes
    /// it. What is not there is on record already.
    template <class Record, class Limit, class Spot>
    static void excess(reader& r, taken& all, const detail::by_id<Record>& table, Limit limit,
                       const std::string& expected, Spot spot) {
        constexpr double rounding = 1 + 1e-9;
        for (auto& [id, takings] : all) {
            const Record* row = table.find(id);
            if (row == nullptr) continue;
            takings.each_excess(limit(*row) * rounding, [&, &name = id](detail::taker who, instant when) {
                spot(who, [&](const place& at) {
                    r.report(problem_level::semantic, at, expected,
                             "\"" + name + "\", which is exceeded from " + units::to_text(when).c_str() + " on");
                });
            });
        }
    }

    detail::by_id<later<site>> sites_;
    detail::by_id<later<compute_pool>> pools_;
    detail::by_id<later<storage_pool>> storage_;
    detail::by_id<later<wan_link>> links_;
    detail::by_id<later<circuit>> circuits_;
    const wan_link* first_link_;
    later<std::vector<double>> lengths_{}; // of fibre, by row of links: a link of many spans may be on many paths
};
using estate_check = basic_estate_check<>;

} // namespace uonaco::inline UONACO_ABI::io
