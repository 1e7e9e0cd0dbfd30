// SPDX-License-Identifier: Apache-2.0
// A placement problem: one workload, the survey it is placed in, and how widely candidates are generated.
#pragma once

#include "../evaluate/assess.hpp"

namespace uonaco::inline UONACO_ABI {

/// How many candidates there are. Every heuristic searches the same space; `exhaustive` searches all of it.
struct generation {
    int sites = 3; ///< spread over at most so many, and no more than the workload allows
    /// Where all candidates there are, every division of devices at every way, rate and order, are no more than this, they are all
    /// looked at, and what follows does not count.
    int whole = 500;
    /// Device counts looked at, of which those are tried that are free and have power: the most asked for, half of it, a quarter ...,
    /// and the least, all of them; then parts between these, up to so many: at one site four times as many.
    int counts = 4;
    int rates = 4; ///< rates tried on a connection: all there is, and what is next below of 100 Gb/s halved or doubled, in its steps
    /// Options kept for each network action of a pair where there are several connections to choose: those over which what is sent
    /// at a time, gradients or data, arrives first. Their rate is all there is, or where together that is too much, half of it, ...
    /// for all alike. Kept beside them, for all connections alike: what costs least, and what costs least with the time it takes.
    int per_action = 1;
    int refined = 8; ///< sets of pools of which the best candidate is improved step by step (see refine)
};

/// Connections a pair of sites may have: an option at a rate.
using choices = std::vector<connection>;

/// Holds references to the survey and, through the request, the workload; both must outlive it. Connections are searched when
/// they are first asked for: concurrent reads are safe after connect_all() and one candidate_stream.
class problem {
  public:
    /// Looks the workload up. Errors: those of resolve(). O(pools x sites of a candidate).
    UONACO_LAZY
    static result<problem> of(survey& s, const workload& w, units::instant now = {}, units::carbon_price carbon = {},
                              generation g = {}) {
        auto r = resolve(s, w, now, carbon);
        if (!r) return r.error();
        problem p;
        p.survey_ = &s;
        p.request_ = *static_cast<result<request>&&>(r);
        p.generation_ = g;
        p.prepare();
        return p;
    }
    /// The workload would be gone before the problem.
    UONACO_LAZY
    static result<problem> of(survey& s, const workload&& w, units::instant now = {}, units::carbon_price carbon = {},
                              generation g = {}) = delete;
    problem() = default;

    const survey& where() const { return *survey_; }
    const request& what() const { return request_; }
    const workload& asked() const { return *request_.asked; }
    const generation& space() const { return generation_; }
    /// Pools with at least one free device, in the estate's order.
    const std::vector<row<pool_tag>>& pools() const { return pools_; }
    /// Sites a candidate may spread over.
    int most_sites() const { return most_sites_; }
    bool connects_sites() const { return std::holds_alternative<training>(asked().task); }

    /// Devices that only make sense together: those of a replica.
    UONACO_LAZY
    units::count unit() const {
        const language_model* m = nullptr;
        if (const auto* i = std::get_if<inference>(&asked().task)) m = &i->model;
        if (const auto* x = std::get_if<session>(&asked().task)) m = &x->model;
        return m && m->devices_per_replica > 1 ? m->devices_per_replica : 1;
    }
    /// The fewest devices, in whole replicas, that are enough.
    UONACO_LAZY
    units::count least_devices() const {
        const units::count least = asked().devices.least() > 1 ? asked().devices.least() : 1;
        const units::count rest = least % unit();
        return rest == 0 ? least : least + (unit() - rest);
    }
    /// Devices of a pool, in whole replicas, that are free, have power at their site, and are not more than was asked for.
    units::count room(row<pool_tag> p) const { return rooms_[p.value]; }
    /// Devices of a pool that its site has power for, free or not, no more than were asked for.
    UONACO_LAZY
    units::count powered(row<pool_tag> p) const { return with_power(p, asked().devices.count); }
    /// Of so many devices at one site those that training would use: a plan that is searched may leave some idle, and nobody need rent
    /// them. No fewer than are asked for at least. One plan search where the shape is known.
    UONACO_LAZY
    units::count used(row<pool_tag> p, units::count devices) const {
        const auto* t = std::get_if<training>(&asked().task);
        if (!t || !t->shape || t->plan || t->mfu || where().world().pools[p.value].mfu) return devices;
        if (!detail::plannable(request_, share{p, devices})) return devices;
        const double batch = static_cast<double>(t->tokens_per_step) / static_cast<double>(t->shape->sequence);
        const auto found =
            plan_search::search<UonacoLazy_>(*t->shape, batch, devices, request_.plannable[p.value], request_.stack);
        const parallel_plan& plan = found.plan;
        const units::count n = plan.tensor * plan.context * plan.pipeline * plan.data;
        if (!found.fits || n > devices) return devices;
        return n < least_devices() ? least_devices() : n;
    }
    /// The most devices that a candidate with this pool can have. O(sites of a candidate).
    UONACO_LAZY
    units::count most_devices(row<pool_tag> p) const {
        units::count sum = room(p);
        int sites = 1;
        for (const roomiest& best : roomiest_) {
            if (asked().devices.one_model && best.model != where().facts(p).model) continue;
            for (int i = 0; i < best.size && sites < most_sites_; ++i) {
                if (where().facts(best.pools[i]).site == where().facts(p).site) continue;
                sum += room(best.pools[i]);
                ++sites;
            }
        }
        return sum;
    }
    /// The most devices that any candidate can have. O(pools).
    UONACO_LAZY
    units::count most_devices() const {
        units::count most = 0;
        for (const auto p : pools_) most = most_devices(p) > most ? most_devices(p) : most;
        return most;
    }

    /// What may connect a pool's site to another's, both ways; `narrow` keeps the best of each action at full rate only. Stays
    /// where it is for as long as the problem does.
    UONACO_LAZY
    const choices& between(unsigned from_site, unsigned to_site, bool narrow) const {
        return searched(from_site, to_site, false).of(narrow);
    }
    /// What may connect users, both ways, or the place of the data, one way at least, to a site. Precondition: what().source.
    UONACO_LAZY
    const choices& access(unsigned to_site, bool narrow) const {
        return searched(request_.source.value, to_site, true).of(narrow);
    }
    /// The same at all rates that are tried where the space is searched whole.
    UONACO_LAZY
    const choices& all_ways(unsigned from, unsigned to, bool access) const { return searched(from, to, access).all; }
    /// Searches all connections that candidates may use. O(pools^2) path searches.
    UONACO_LAZY
    void connect_all() const {
        if (most_sites_ > 1)
            for (const auto a : pools_)
                for (const auto b : pools_) between(where().facts(a).site, where().facts(b).site, false);
        if (!request_.source) return;
        for (const auto p : pools_) access(where().facts(p).site, false);
        for (const auto d : request_.destinations) access(d.value, false);
    }

    /// What is kept of the ways between two sites beside the first to arrive of each action, at all they have. Null: there is none.
    UONACO_LAZY
    const connection* least_money(unsigned from, unsigned to, bool access) const {
        const ways& found = searched(from, to, access);
        return found.narrow.empty() ? nullptr : &found.least_money;
    }
    /// The same with the time that it takes, at what that is worth.
    UONACO_LAZY
    const connection* least_cost(unsigned from, unsigned to, bool access) const {
        const ways& found = searched(from, to, access);
        return found.narrow.empty() ? nullptr : &found.least_cost;
    }
    /// The time in which what is exchanged arrives over the fastest way between two sites.
    UONACO_LAZY
    double arrival(unsigned from, unsigned to) const { return searched(from, to, false).arrival; }

    /// An option's rate halved so many times, up to its next whole step. Level 0: all there is. Halves are those of 100 Gb/s, or
    /// doubles of it, so that an option with more has the rates of one with less.
    static units::bit_rate rate_at(const path_option& o, int level) {
        if (level < 1) return o.rate;
        auto rate = units::bit_rate::from_si(1e11);
        while (rate < o.rate) rate = 2.0 * rate;
        while (rate >= o.rate && rate.si() > 0) rate = 0.5 * rate;
        for (; level > 1; --level) rate = 0.5 * rate;
        return in_steps(o, rate);
    }
    /// Up to the option's next whole step.
    static units::bit_rate in_steps(const path_option& o, units::bit_rate rate) {
        if (o.step && o.step->si() > 0) rate = math::ceil(rate.si() / o.step->si() - 1e-9) * *o.step;
        return units::min(rate, o.rate);
    }

    /// Whether there are no more than generation::whole candidates, once `count` has said so.
    template <class Count>
    bool whole(Count count) const {
        if (whole_ < 0) whole_ = count() ? 1 : 0;
        return whole_ == 1;
    }

  private:
    // Formulas count less than 1 bit/s as that: it is not offered.
    static constexpr auto least_rate = units::bit_rate::from_si(1.0);
    // Half, a quarter ... of an option is tried down to this; where all there is is less, that is tried and no part of it.
    static constexpr auto least_part = units::bit_rate::from_si(1e6);
    // The same where all candidates are looked at; it must not depend on the option.
    static constexpr auto least_whole_part = units::bit_rate::from_si(1e10);

    /// Pools with most room, at different sites.
    struct roomiest {
        unsigned model = ~0u; ///< all of this one, if the workload wants one model
        int size = 0;
        row<pool_tag> pools[max_shares]{};
    };
    struct ways {
        choices wide{};
        choices narrow{};
        choices all{}; ///< at the rates of a space that is searched whole
        connection least_money{};
        connection least_cost{};
        double arrival = 1e9;
        bool searched = false;

        const choices& of(bool narrow_ones) const { return narrow_ones ? narrow : wide; }
    };

    UONACO_LAZY
    void prepare() {
        const survey& s = where();
        const workload& w = asked();
        const units::count allowed = w.locality.max_sites < max_shares ? w.locality.max_sites : max_shares;
        most_sites_ = static_cast<int>(allowed < generation_.sites ? allowed : generation_.sites);
        // a service's replicas share one line of requests at one site
        if (!connects_sites() && most_sites_ > 1) most_sites_ = 1;
        rooms_.resize(s.world().pools.size());
        for (const auto p : request_.pools) {
            if (s.free_devices(p) <= 0) continue;
            pools_.push_back(p);
            const units::count free = s.free_devices(p);
            const units::count n = with_power(p, free < w.devices.count ? free : w.devices.count);
            rooms_[p.value] = n / unit() * unit();
            add_roomiest(p);
        }
    }
    /// Of so many devices those that the site has power for: what gather() would not refuse.
    UONACO_LAZY
    units::count with_power(row<pool_tag> p, units::count devices) const {
        const pool_facts& k = survey_->facts(p);
        const units::power least = request_.is_service() ? k.full_draw() : k.idle_draw();
        const auto powered = [&](units::count n) {
            const auto some = static_cast<double>(n);
            return survey_->has_power(k.site, some * k.full_draw(), some * least);
        };
        if (powered(devices)) return devices;
        units::count enough = 0, too_many = devices;
        while (too_many - enough > 1) {
            const units::count n = enough + (too_many - enough) / 2;
            (powered(n) ? enough : too_many) = n;
        }
        return enough;
    }
    UONACO_LAZY
    void add_roomiest(row<pool_tag> p) {
        const unsigned model = asked().devices.one_model ? where().facts(p).model : ~0u;
        roomiest* best = nullptr;
        for (roomiest& known : roomiest_)
            if (known.model == model) best = &known;
        if (!best) {
            roomiest_.resize(roomiest_.size() + 1);
            best = &roomiest_.back();
            best->model = model;
        }
        for (int i = 0; i < best->size; ++i) { // one pool a site
            if (where().facts(best->pools[i]).site != where().facts(p).site) continue;
            if (room(p) <= room(best->pools[i])) return;
            for (--best->size; i < best->size; ++i) best->pools[i] = best->pools[i + 1];
        }
        if (best->size == max_shares) {
            if (room(p) <= room(best->pools[max_shares - 1])) return;
            --best->size;
        }
        int at = best->size++;
        for (; at > 0 && room(best->pools[at - 1]) < room(p); --at) best->pools[at] = best->pools[at - 1];
        best->pools[at] = p;
    }
    UONACO_LAZY
    units::volume exchanged() const {
        const auto* t = std::get_if<training>(&asked().task);
        return t ? units::volume(static_cast<double>(t->parameters) * size_of(t->gradient_precision)) : units::volume{};
    }
    UONACO_LAZY
    const ways& searched(unsigned from, unsigned to, bool access) const {
        if (access)
            return connect(detail::late<UonacoLazy_>(access_).at(from, to), from, to, request_.is_service(),
                           request_.data, 1.0);
        const auto* t = std::get_if<training>(&asked().task);
        const double exchanges =
            t ? static_cast<double>(t->steps) / static_cast<double>(t->sync_every > 1 ? t->sync_every : 1) : 1.0;
        return connect(detail::late<UonacoLazy_>(pairs_).at(from, to), from, to, true, exchanged(), exchanges);
    }
    UONACO_LAZY
    const ways& connect(ways& found, unsigned from, unsigned to, bool both_ways, units::volume sent,
                        double times) const {
        if (from == to || found.searched) return found;
        found.searched = true;
        const auto& options = where().options(from, to);
        const auto arrives = [&](const connection& c) {
            return options[c.option].latency.si() + units::duration(sent / c.rate).si();
        };
        // What nobody states is dear.
        const auto money = [&](const connection& c) {
            const path_option& o = options[c.option];
            const double lease = o.lease ? o.lease->si() * c.rate.si() : 1e100;
            return (o.set_up_fee ? o.set_up_fee->si() : 1e100) +
                   times * ((o.egress ? o.egress->si() : 1e100) * sent.si() + lease * arrives(c));
        };
        const auto cost = [&](const connection& c) {
            const double hours = options[c.option].lead_time.si() + times * arrives(c);
            return money(c) + request_.value.value_of_time.si() * hours;
        };
        int kept[5]{};
        double least_money = 0, least_cost = 0;
        for (unsigned i = 0; i < options.size(); ++i) {
            const path_option& o = options[i];
            if (!o.security.covers(asked().security) || (both_ways && !o.both_ways) || o.rate < least_rate) continue;
            const connection full{o.action, i, o.rate};
            const bool first = found.narrow.empty();
            add_first(found.narrow, full, kept[static_cast<int>(o.action)], arrives);
            if (const double m = money(full); first || m < least_money) found.least_money = full, least_money = m;
            if (const double m = cost(full); first || m < least_cost) found.least_cost = full, least_cost = m;
            if (const double m = arrives(full); first || m < found.arrival) found.arrival = m;
            add_rates(found.wide, full, o, generation_.rates, least_part);
            add_rates(found.all, full, o, 64, least_whole_part);
        }
        return found;
    }
    static void add_rates(choices& to, connection c, const path_option& o, int levels, units::bit_rate least) {
        units::bit_rate last{};
        for (int level = 0; level < levels; ++level) {
            c.rate = rate_at(o, level);
            if (level > 0 && c.rate < least) break;
            if (c.rate != last) to.push_back(c);
            last = c.rate;
        }
    }

    // Of each action those that come first by `key`, of equals the earlier one; actions together, in their order.
    template <class Key>
    void add_first(choices& list, const connection& c, int& kept, Key key) const {
        unsigned long at = list.size();
        const unsigned long begin = at - static_cast<unsigned long>(kept);
        while (at > begin && key(c) < key(list[at - 1])) --at;
        list.insert(list.begin() + static_cast<long>(at), c);
        if (++kept > generation_.per_action) {
            list.pop_back();
            --kept;
        }
    }

    const survey* survey_ = nullptr;
    request request_{};
    generation generation_{};
    std::vector<row<pool_tag>> pools_{};
    std::vector<units::count> rooms_{}; ///< by row of pools
    std::vector<roomiest> roomiest_{};
    int most_sites_ = 1;
    mutable int whole_ = -1; ///< not asked yet
    mutable pair_table<ways> pairs_{};
    mutable pair_table<ways> access_{};
};

} // namespace uonaco::inline UONACO_ABI
