// SPDX-License-Identifier: Apache-2.0
// A placement problem: one workload, the survey it is placed in, and how widely candidates are generated.
#pragma once

#include "../evaluate/assess.hpp"

namespace uonaco::inline UONACO_ABI {

/// How many candidates there are. Every heuristic searches the same space; `exhaustive` searches all of it.
struct generation {
    int sites = 3; ///< spread over at most so many, and no more than the workload allows
    /// Device counts looked at, of which those are tried that are free and have power: the most asked for, half of it, a quarter ...,
    /// and the least, all of them; then parts between these, up to so many: at two sites twice as many, at one four times.
    int counts = 8;
    int rates = 4; ///< rates tried on a connection: all there is, half of it, ... in the option's steps
    /// Options kept for each network action of a pair where there are several connections to choose: those over which what is sent
    /// at a time, gradients or data, arrives first. Their rate is all there is, or where together that is too much, half of it, ...
    /// for all alike.
    int per_action = 1;
};

namespace detail {
/// The next permutation in the order of the alphabet; false if this was the last. O(size).
UONACO_LAZY
bool next_order(int* order, int size) {
    int at = size - 2;
    while (at >= 0 && order[at] > order[at + 1]) --at;
    if (at < 0) return false;
    int with = size - 1;
    while (order[with] < order[at]) --with;
    exchange(order[at], order[with]);
    for (int i = at + 1, j = size - 1; i < j; ++i, --j) exchange(order[i], order[j]);
    return true;
}
} // namespace detail

/// Connections a pair of sites may have: an option at a rate.
using choices = std::vector<connection>;

/// Holds references to the survey and, through the request, the workload; both must outlive it. Connections are searched when
/// they are first asked for: concurrent reads are safe after connect_all().
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

    /// What a training over so many sites may divide: the batch, the layers. `said`: whether the candidate says which.
    struct divisions {
        bool batch = true;
        bool layers = false;
        bool said = false;
    };
    /// `only`: what a candidate says already.
    UONACO_LAZY
    divisions divisible(int sites, const maybe<wan_cut>& only = {}) const {
        const auto* t = std::get_if<training>(&asked().task);
        if (!t || sites < 2) return {};
        if (t->cut) return {*t->cut == wan_cut::data, *t->cut == wan_cut::pipeline, false};
        const bool both = t->shape && t->sync_every <= 1 && t->shape->layers >= sites;
        return {!only || *only == wan_cut::data, both && (!only || *only == wan_cut::pipeline), both || only};
    }
    /// Where data or users come to from what().source, and the two shares whose connection may bring the data as well; -1: none may.
    struct approach {
        row<site_tag> target{};
        int shares[2] = {-1, -1};
    };
    UONACO_LAZY
    approach approach_of(const candidate& c) const {
        approach a{access_target(where(), request_, c), {-1, -1}};
        if (!a.target || !request_.copies_first()) return a;
        int to = -1, from = -1;
        for (int i = c.size; i-- > 0;) {
            if (where().facts(c.shares[i].pool).site == a.target.value) to = i;
            if (where().facts(c.shares[i].pool).site == request_.source.value) from = i;
        }
        if (from >= 0 && to >= 0) a.shares[0] = from < to ? from : to, a.shares[1] = from < to ? to : from;
        return a;
    }

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
        return connect(detail::late<UonacoLazy_>(pairs_).at(from_site, to_site), from_site, to_site, true, exchanged())
            .of(narrow);
    }
    /// What may connect users, both ways, or the place of the data, one way at least, to a site. Precondition: what().source.
    UONACO_LAZY
    const choices& access(unsigned to_site, bool narrow) const {
        const unsigned from = request_.source.value;
        return connect(detail::late<UonacoLazy_>(access_).at(from, to_site), from, to_site, request_.is_service(),
                       request_.data)
            .of(narrow);
    }
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

    /// Whether a candidate may use an option: it is as safe as was asked, and wide enough to count.
    bool allows(const path_option& o, bool both_ways) const {
        return o.security.covers(asked().security) && (o.both_ways || !both_ways) && o.rate >= least_rate;
    }

    /// An option's rate halved so many times, up to its next whole step. Level 0: all there is.
    static units::bit_rate rate_at(const path_option& o, int level) {
        units::bit_rate rate = o.rate;
        for (; level > 0; --level) rate = 0.5 * rate;
        return in_steps(o, rate);
    }
    /// Up to the option's next whole step, or all there is.
    static units::bit_rate in_steps(const path_option& o, units::bit_rate rate) {
        if (o.step && o.step->si() > 0) rate = math::ceil(rate.si() / o.step->si() - 1e-9) * *o.step;
        return units::min(rate, o.rate);
    }

  private:
    // Formulas count less than 1 bit/s as that: it is not offered.
    static constexpr auto least_rate = units::bit_rate::from_si(1.0);
    // Half, a quarter ... of an option is tried down to this; where all there is is less, that is tried and no part of it.
    static constexpr auto least_part = units::bit_rate::from_si(1e6);

    /// Pools with most room, at different sites.
    struct roomiest {
        unsigned model = ~0u; ///< all of this one, if the workload wants one model
        int size = 0;
        row<pool_tag> pools[max_shares]{};
    };
    struct ways {
        choices wide{};
        choices narrow{};
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
    const ways& connect(ways& found, unsigned from, unsigned to, bool both_ways, units::volume sent) const {
        if (from == to || found.searched) return found;
        found.searched = true;
        const auto& options = where().options(from, to);
        const auto arrives = [&](const connection& c) {
            return options[c.option].latency.si() + units::duration(sent / c.rate).si();
        };
        int kept[5]{};
        for (unsigned i = 0; i < options.size(); ++i) {
            const path_option& o = options[i];
            if (!allows(o, both_ways)) continue;
            add_first(found.narrow, {o.action, i, o.rate}, kept[static_cast<int>(o.action)], arrives);
            units::bit_rate last{};
            for (int level = 0; level < generation_.rates; ++level) {
                const units::bit_rate rate = rate_at(o, level);
                if (rate == last || (level > 0 && rate < least_part)) continue;
                found.wide.push_back({o.action, i, rate});
                last = rate;
            }
        }
        return found;
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
    mutable pair_table<ways> pairs_{};
    mutable pair_table<ways> access_{};
};

} // namespace uonaco::inline UONACO_ABI
