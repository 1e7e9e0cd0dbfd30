// SPDX-License-Identifier: Apache-2.0
// Gather: one walk over a survey writes the features of a candidate.
#pragma once

#include "request.hpp"

#include "../decision/features.hpp"
#include "../model/encryption_cost.hpp"
#include "../model/reliability.hpp"
#include "../model/shared_risk.hpp"
#include "../model/training_model.hpp"
#include "settle.hpp"

namespace uonaco::inline UONACO_ABI {

namespace detail {
/// One column of what is free, with what this candidate takes on a page of its own: no copy of the whole, no allocation.
template <class Value>
class overlaid {
  public:
    explicit overlaid(const std::vector<Value>& free) : free_(&free) {}

    const Value& operator[](unsigned row) const {
        for (int i = 0; i < used_; ++i)
            if (entries_[i].row == row) return entries_[i].left;
        return (*free_)[row];
    }
    Value& operator[](unsigned row) {
        for (int i = 0; i < used_; ++i)
            if (entries_[i].row == row) return entries_[i].left;
        if (used_ == capacity) {
            full_ = true;
            return beyond_;
        }
        return (::new (&entries_[used_++]) entry{row, (*free_)[row]})->left;
    }
    bool full() const { return full_; }

  private:
    struct entry {
        unsigned row = 0;
        Value left{};
    };
    static constexpr int capacity = 64;
    const std::vector<Value>* free_;
    union { // made one by one: to clear them all would cost as much as the formulas of a candidate
        entry entries_[capacity];
    };
    int used_ = 0;
    bool full_ = false;
    Value beyond_{};
};
/// What is left beside the connections of one candidate that were taken before.
struct rates_left {
    overlaid<link_rates> links;
    overlaid<units::bit_rate> circuits;
};

/// What connections take from together, as far as options tell. What each needs alone is there, or it would not be an option; only
/// what several may take from has to be counted.
class wanted_rates {
  public:
    void add(const path_option& o, units::bit_rate rate) {
        if (o.takes == 0 || !(rate <= o.rate)) contested_ = ~0ull;
        contested_ |= taken_ & o.takes;
        taken_ |= o.takes;
    }
    bool any_contested() const { return contested_ != 0; }
    bool contests(const path_option& o) const { return o.takes == 0 || (o.takes & contested_) != 0; }

  private:
    unsigned long long taken_ = 0;
    unsigned long long contested_ = 0; ///< by more than one
};

/// What encryption takes on a way where it is asked; nothing where it is not.
UONACO_LAZY
encryption_cost::overhead encryption_on(const path_option& o, encryption asked, const calibration& c) {
    return asked == encryption::none ? encryption_cost::overhead{} : encryption_cost::along(o.encrypted, c.packet);
}

UONACO_LAZY
void fill(pair_features<double>& f, const path_option& o, units::bit_rate rate, encryption asked,
          const calibration& c) {
    const auto encrypted = encryption_on(o, asked, c);
    f.rate = rate * encryption_cost::rate_factor<double>(c.packet, encrypted);
    f.headers = rate - f.rate;
    f.delay = o.latency + encrypted.delay;
    f.jitter = o.jitter;
    f.loss = o.loss;
    f.availability = o.availability;
    f.jitter_known = o.jitter_known;
    f.loss_known = o.loss_known;
    f.availability_known = o.availability_known;
    f.failure_rate = reliability::failure_rate<double>(o.availability, c.repair_time);
    f.lead_time = o.lead_time;
    if (o.lease) f.lease = units::price_rate(*o.lease * rate);
    if (o.set_up_fee) f.set_up_fee = *o.set_up_fee;
    if (o.egress) f.egress = *o.egress;
    f.least_lease = o.least_lease;
    f.lease_step = o.lease_step;
    f.power = rate * o.transport_energy; // the survey has a figure for each link
}

UONACO_LAZY
errc fill_connection(const survey& s, const request& r, const connection& c, unsigned from, unsigned to, bool both_ways,
                     pair_features<double>& f, wanted_rates& wanted) {
    const auto& options = s.options(from, to);
    if (c.option >= options.size()) return errc::unreachable;
    const path_option& o = options[c.option];
    if (!(c.rate.si() > 0) || c.rate.si() > o.rate.si() * (1 + 1e-12) || c.action != o.action)
        return errc::over_capacity;
    if (c.rate < o.rate && in_steps(c.rate, o.step) < (1 - 1e-9) * c.rate) return errc::over_capacity;
    if (both_ways && !o.both_ways) return errc::unreachable;
    if (!o.security.covers(r.asked->security)) return errc::isolation;
    wanted.add(o, c.rate);
    fill(f, o, c.rate, r.asked->security.encryption, s.constants());
    return errc::none;
}

/// Rental of a device where so many more are taken: of a pool with a price for when it is full, by the share taken then. What
/// others of a placement were promised counts as taken. Precondition: the price is known.
UONACO_LAZY
units::price_rate rental(const survey& s, share part) {
    const compute_pool& p = s.world().pools[part.pool.value];
    if (!p.full_price || p.total_count < 1) return *p.price;
    const auto taken = p.total_count - s.free_devices(part.pool) + part.devices;
    const double used = static_cast<double>(taken) / static_cast<double>(p.total_count);
    return bill::at_utilisation(*p.price, *p.full_price, units::ratio(uonaco::min(uonaco::max(used, 0.0), 1.0)), 1.0);
}

UONACO_LAZY
void fill_share(site_features<double>& f, const survey& s, const request& r, share part) {
    const compute_pool& p = s.world().pools[part.pool.value];
    const pool_facts& k = s.facts(part.pool);
    const uonaco::site& at = s.site_of(part.pool);
    f.devices = static_cast<double>(part.devices);
    f.peak = k.peak.at(r.precision).value_or({});
    const auto* t = std::get_if<training>(&r.asked->task);
    const units::ratio usual = p.mfu.value_or(s.constants().mfu(p.device_type, r.precision));
    f.mfu = t ? t->mfu.value_or(usual) : usual; // fill_plans() may know better
    f.memory = k.memory.value_or({});
    f.memory_rate = k.memory_rate.value_or({});
    f.interconnect = k.interconnect.value_or({});
    f.idle_power = k.idle_power;
    f.max_power = k.max_power;
    f.host_power = k.host_power;
    if (at.pue) f.pue = *at.pue;
    if (p.price) f.price = rental(s, part);
    f.energy_included = p.price_includes_energy ? 1.0 : 0.0;
    f.queue_wait = p.queue_wait.value_or({});
    f.failure_rate = k.failure_rate;
    f.availability = p.availability.value_or(1.0) * at.availability.value_or(1.0);
    f.queue_wait_known = p.queue_wait.known();
    f.power_known = k.power_known;
    f.availability_known = at.availability.known(); // it covers a pool that states none
}

/// Whether the formulas have what they cannot do without.
UONACO_LAZY
bool computable(const site_features<double>& f, const request& r) {
    return f.peak.si() > 0 && f.memory.si() > 0 && (r.is_service() ? f.memory_rate.si() > 0 : f.mfu > 0.0);
}

/// Whether a share's part of the training can be planned.
UONACO_LAZY
bool plannable(const request& r, const share& part) {
    if (r.plannable.empty() || part.devices < 1) return false;
    const transformer& m = *std::get_if<training>(&r.asked->task)->shape;
    return m.layers > 0 && m.hidden > 0 && m.heads > 0 && m.sequence > 0 &&
           r.plannable[part.pool.value].device.peak.si() > 0;
}

UONACO_LAZY
bool mfu_stated(const survey& s, const training& t, const share& part) {
    return t.mfu || s.world().pools[part.pool.value].mfu;
}
/// Which dimension crosses the network in a training: what the workload says, else the candidate, else the batch.
UONACO_LAZY
wan_cut cut_of(const training& t, const candidate& c) { return t.cut.value_or(c.cut.value_or(wan_cut::data)); }

/// What plans inside the shares give, where the shape is known: MFU where neither the workload nor the pool states it, memory, and for
/// several shares what each would do with its layers alone, planned from the last to the first: the memory of each depends on the stages
/// behind it. The batch is shared by peak, and so are the layers. Once fill_share()
/// has been at all of them. Error: no_candidate where a stated plan takes more devices than a share has. O(sites) where the plans are recent ones.
UONACO_LAZY
errc fill_plans(const survey& s, const request& r, const candidate& c, features<double>& f,
                plan_search::recent_plans& recent) {
    auto& plans = late<UonacoLazy_>(recent);
    const auto* t = std::get_if<training>(&r.asked->task);
    if (!t || !t->shape) return errc::none;
    double peak = 0;
    for (int i = 0; i < c.size; ++i) {
        if (!plannable(r, c.shares[i])) return errc::none;
        if (t->plan && !plan_search::has_room(*t->shape, *t->plan, c.shares[i].devices)) return errc::no_candidate;
        peak += f.site[i].devices * f.site[i].peak.si();
    }
    const transformer& m = *t->shape;
    plans.use(m, t->plan, r.stack, s.constants().step);
    const double trained = transformer_work::trained_parameters(*t);
    const auto work =
        units::work::from_si(s.constants().flops_per_parameter * trained * static_cast<double>(t->tokens_per_step));
    const double scale = transformer_work::work_over_shape(*t); // of what plans of the shape take
    const double batch = static_cast<double>(t->tokens_per_step) / static_cast<double>(m.sequence);
    const bool staged = c.size > 1 && t->sync_every <= 1 && m.layers >= c.size && cut_of(*t, c) == wan_cut::pipeline;
    f.pipelined = staged;
    double before = 0; // of the peak
    units::count placed = 0;
    units::count layers[max_shares]{}; // in proportion to the peak, and at least one for each share
    for (int i = 0; i < c.size; ++i) {
        auto& at = f.site[i];
        const auto speed = at.devices * at.peak;
        const double part = speed.si() / peak;
        const auto whole =
            plans.find(m.layers, true, {}, part * batch, c.shares[i].devices, r.plannable[c.shares[i].pool.value]);
        at.planned_memory = whole.memory / plan_search::usable;
        if (whole.fits && !mfu_stated(s, *t, c.shares[i]))
            at.mfu = units::min(units::ratio(part * work / (speed * (scale * whole.step))), units::ratio(1.0));

        before += part;
        const units::count left = c.size - 1 - i;
        auto upto = static_cast<units::count>(before * static_cast<double>(m.layers) + 0.5);
        if (upto > m.layers - left || left == 0) upto = m.layers - left;
        if (upto <= placed) upto = placed + 1;
        layers[i] = upto - placed;
        placed = upto;
    }
    if (!staged) return errc::none;
    double behind = 0; // stages; each has a micro-batch under way, which the shares before it keep, too
    for (int i = c.size - 1; i >= 0; --i) {
        const auto& at = f.site[i];
        const bool last = i + 1 == c.size;
        const double early = last ? 0.0 : static_cast<double>(t->early_micro_batches);
        const auto own = plans.find(layers[i], i == 0 || last, {static_cast<double>(c.size - 1), behind + early}, batch,
                                    c.shares[i].devices, r.plannable[c.shares[i].pool.value]);
        auto& stage = f.stage[i];
        stage.chunks = own.chunks;
        stage.interleaved_memory = (own.memory + behind / own.chunks * own.of_one) / plan_search::usable; // MEM2
        behind += own.stages;
        stage.stages = own.stages;
        stage.micro_batches = own.micro_batches;
        stage.memory = own.memory / plan_search::usable;
        if (!own.fits) continue;
        stage.step = scale * own.step;
        if (mfu_stated(s, *t, c.shares[i]))
            stage.step =
                static_cast<double>(layers[i]) / static_cast<double>(m.layers) * work / (at.devices * at.peak * at.mfu);
        const auto as_stated = stage.step / own.step;
        stage.interval = as_stated * own.interval;
        stage.passage = as_stated * own.passage;
    }
    return errc::none;
}

UONACO_LAZY
errc fill_plans_anew(const survey& s, const request& r, const candidate& c, features<double>& f) {
    plan_search::recent_plans plans;
    return fill_plans(s, r, c, f, plans);
}

/// Devices and power that the first n shares take where the last of them is: together, in case they are at one pool or one site.
struct taken_together {
    units::count devices = 0;
    units::power full{}; ///< drawn at full speed
    units::power idle{}; ///< drawn at the least: by a service, which cannot wait, the same
};
UONACO_LAZY
taken_together taken_with(const survey& s, const request& r, const features<double>& f, const candidate& c, int n) {
    taken_together t;
    const share& last = c.shares[n - 1];
    for (int i = 0; i < n; ++i) {
        if (c.shares[i].pool == last.pool) t.devices += c.shares[i].devices;
        if (s.facts(c.shares[i].pool).site != s.facts(last.pool).site) continue;
        const pool_facts& k = s.facts(c.shares[i].pool);
        t.full += f.site[i].devices * k.full_draw();
        t.idle += f.site[i].devices * (r.is_service() ? k.full_draw() : k.idle_draw());
    }
    return t;
}
/// Of a pipeline over the sites the shape must be known, and each share connected to the next.
UONACO_LAZY
errc pipeline_cut(const request& r, const candidate& c, const features<double>& f) {
    const auto* t = std::get_if<training>(&r.asked->task);
    if (!t) return c.cut ? errc::no_candidate : errc::none;
    if (c.cut && t->cut && *c.cut != *t->cut) return errc::no_candidate;
    if (f.sites < 2 || cut_of(*t, c) != wan_cut::pipeline) return errc::none;
    if (!t->shape) return errc::unknown_value;
    for (int i = 1; i < f.sites; ++i)
        if (!(f.pair[pair_index(i - 1, i)].rate.si() > 0)) return errc::unreachable;
    return errc::none;
}
/// Whether the pairs that are connected join all shares.
constexpr bool joined(const features<double>& f) {
    unsigned reached = 1;
    for (unsigned before = 0; before != reached;) {
        before = reached;
        for (int j = 1; j < f.sites; ++j)
            for (int i = 0; i < j; ++i)
                if (f.pair[pair_index(i, j)].rate.si() > 0 && (reached & (1u << i | 1u << j)))
                    reached |= 1u << i | 1u << j;
    }
    return reached == (1u << f.sites) - 1;
}
} // namespace detail

/// Where the access connection of a candidate ends: the first share that is not at the source, or a transfer's destination.
/// No row if nothing has to come over it.
UONACO_LAZY
row<site_tag> access_target(const survey& s, const request& r, const candidate& c) {
    if (!r.source) return {};
    if (r.is_transfer()) return c.destination == r.source ? row<site_tag>{} : c.destination;
    for (int i = 0; i < c.size; ++i)
        if (s.facts(c.shares[i].pool).site != r.source.value) return {s.facts(c.shares[i].pool).site};
    return {};
}

/// The pair whose connection brings the data as well, before it is needed for the exchange: that of the place of the data and
/// `target`, in a candidate that has no access connection of its own. -1 if there is none. Data that is streamed comes while the
/// exchange goes on and needs a connection of its own. Precondition: target = access_target().
UONACO_LAZY
int pair_of_access(const survey& s, const request& r, const candidate& c, row<site_tag> target) {
    if (c.access.action != network_action::none || !r.copies_first()) return -1;
    int to = -1, from = -1;
    for (int i = c.size; i-- > 0;) {
        if (s.facts(c.shares[i].pool).site == target.value) to = i;
        if (s.facts(c.shares[i].pool).site == r.source.value) from = i;
    }
    if (from < 0 || to < 0) return -1;
    const int pair = pair_index(from, to);
    return c.pairs[pair].action == network_action::none ? -1 : pair;
}

/// Calls take(connection, from, to) with rows of sites for each connection of a candidate, until it says false. What is in service
/// comes before what is resized or created, so that the order of sites does not decide what fits. True if all were taken.
template <class Take>
bool each_connection(const survey& s, const request& r, const candidate& c, Take take) {
    const auto target = access_target(s, r, c);
    for (const network_action action : {network_action::use, network_action::resize, network_action::create}) {
        for (int j = 1; j < c.size; ++j)
            for (int i = 0; i < j; ++i)
                if (const connection& k = c.pairs[pair_index(i, j)];
                    k.action == action && !take(k, s.facts(c.shares[i].pool).site, s.facts(c.shares[j].pool).site))
                    return false;
        if (target && c.access.action == action && !take(c.access, r.source.value, target.value)) return false;
    }
    return true;
}

namespace detail {
/// Whether links and circuits have what all connections of a candidate take together. Each has to be an option of its sites, and
/// counted in `wanted` at this rate or a higher one. Allocates only where they run over more links than the page holds.
UONACO_LAZY
bool connections_fit(const survey& s, const request& r, const candidate& c, const wanted_rates& wanted) {
    if (!wanted.any_contested()) return true;
    const auto fit = [&](auto& left) {
        return each_connection(s, r, c, [&](const connection& k, unsigned from, unsigned to) {
            const path_option& o = s.options(from, to)[k.option];
            return !wanted.contests(o) || take(left, s.net(), s.world(), o, k.rate);
        });
    };
    later_t<rates_left, UonacoLazy_> page{overlaid(s.rates().links), overlaid(s.rates().circuits)};
    const bool fits = fit(page);
    if (!page.links.full() && !page.circuits.full()) return fits;
    later_t<network_rates, UonacoLazy_> all = s.rates();
    return fit(all);
}

/// R2: shared-risk groups that were counted already. The page holds so many: further ones count each time, as if nothing shared them.
class counted_risks {
  public:
    /// Availability of what is in these groups, given that those are up that were counted already; the others are from now on.
    UONACO_LAZY
    units::ratio beside(const survey& s, units::ratio availability, const std::vector<unsigned>& groups) {
        const int before = size_;
        for (const unsigned row : groups) {
            bool known = false;
            for (int i = 0; i < before; ++i) known = known || rows_[i] == row;
            if (known)
                availability = shared_risk::given<double>(availability, s.risk(row));
            else if (size_ < capacity)
                rows_[size_++] = row;
        }
        return availability;
    }

  private:
    static constexpr int capacity = 64;
    unsigned rows_[capacity];
    int size_ = 0;
};
/// Each group counts once in a candidate, whatever is in it: in the first of its connections, else in the first of its sites. So the
/// product of availabilities is that of shared_risk::all_up, and nothing stops a job twice.
UONACO_LAZY
void share_risks(const survey& s, const request& r, const candidate& c, features<double>& f) {
    counted_risks counted;
    const auto connect = [&](const connection& k, unsigned from, unsigned to, pair_features<double>& p) {
        p.availability = counted.beside(s, p.availability, s.risks_along(from, to, k.option));
        p.failure_rate = reliability::failure_rate<double>(p.availability, s.constants().repair_time);
    };
    for (int j = 1; j < c.size; ++j)
        for (int i = 0; i < j; ++i)
            if (const connection& k = c.pairs[pair_index(i, j)]; k.action != network_action::none)
                connect(k, s.facts(c.shares[i].pool).site, s.facts(c.shares[j].pool).site, f.pair[pair_index(i, j)]);
    if (const auto target = access_target(s, r, c); target && f.own_access >= 1.0)
        connect(c.access, r.source.value, target.value, f.access);
    for (int i = 0; i < c.size; ++i) {
        const auto& at = s.site_of(c.shares[i].pool);
        if (!at.availability) continue;
        const compute_pool& p = s.world().pools[c.shares[i].pool.value];
        f.site[i].availability = p.availability.value_or(1.0) *
                                 counted.beside(s, *at.availability, s.risks_of(s.facts(c.shares[i].pool).site));
    }
}

/// Whether the workload allows such a candidate, whatever is free.
UONACO_LAZY
errc admits(const survey& s, const request& r, const candidate& c) {
    const workload& w = *r.asked;
    if (r.is_transfer()) {
        if (c.size != 0 || !c.destination) return errc::no_candidate;
        return c.destination.value < r.refusals.size() ? r.refusals[c.destination.value] : errc::not_found;
    }
    // replicas of a service share one line of requests at one site
    if (c.size < 1 || c.size > max_shares || (c.size > 1 && r.is_service())) return errc::no_candidate;
    units::count sites = 0;
    units::count devices = 0;
    for (int i = 0; i < c.size; ++i) {
        const auto pool = c.shares[i].pool;
        if (!(pool.value < r.refusals.size())) return errc::not_found;
        if (r.refusals[pool.value] != errc::none) return r.refusals[pool.value];
        // more than any pool has: nor do the sums overflow
        if (c.shares[i].devices < 1 || c.shares[i].devices > s.free_devices(pool)) return errc::over_capacity;
        if (w.devices.one_model && s.facts(pool).model != s.facts(c.shares[0].pool).model) return errc::no_candidate;
        bool new_site = true;
        for (int j = 0; j < i; ++j) new_site = new_site && s.facts(c.shares[j].pool).site != s.facts(pool).site;
        sites += new_site;
        if (devices > w.devices.count - c.shares[i].devices) return errc::no_candidate;
        devices += c.shares[i].devices;
    }
    if (sites > w.locality.max_sites) return errc::locality;
    return devices < w.devices.least() ? errc::no_candidate : errc::none;
}
} // namespace detail

/// Writes the features of a candidate. Errors: over_capacity, over_power, unreachable, isolation, locality, no_candidate,
/// not_found, unknown_value; then `f` is not to be used. O(sites^2 + links of their paths), and a search for each pair that was
/// not yet connected in the survey; no allocation besides.
/// `plans`: scratch that makes further candidates of a training of known shape cheap; without it each is planned anew.
UONACO_LAZY
errc gather(const survey& s, const request& r, const candidate& c, features<double>& f,
            plan_search::recent_plans* plans = nullptr) {
    const bool transfers = r.is_transfer();
    if (const errc e = detail::admits(s, r, c); e != errc::none) return e;
    f.clear(c.size);

    double elsewhere = 0;
    detail::wanted_rates wanted;
    for (int i = 0; i < c.size; ++i) {
        const share& part = c.shares[i];
        detail::fill_share(f.site[i], s, r, part);
        if (!r.replicas.empty()) f.replica[i] = r.replicas[part.pool.value];
        const auto taken = detail::taken_with(s, r, f, c, i + 1);
        if (taken.devices > s.free_devices(part.pool)) return errc::over_capacity;
        if (!s.has_power(s.facts(part.pool).site, taken.full, taken.idle)) return errc::over_power;
        if (!detail::computable(f.site[i], r)) return errc::unknown_value;
        if (!r.source || s.facts(part.pool).site != r.source.value) elsewhere += static_cast<double>(part.devices);
        for (int j = 0; j < i; ++j) {
            const connection& between = c.pairs[pair_index(j, i)];
            if (between.action == network_action::none) continue;
            if (const errc e = detail::fill_connection(s, r, between, s.facts(c.shares[j].pool).site,
                                                       s.facts(part.pool).site, true, f.pair[pair_index(j, i)], wanted);
                e != errc::none)
                return e;
        }
    }
    if (c.size > 1 && !detail::joined(f)) return errc::unreachable;
    if (c.size > 3) f.group_egress = detail::group_egress(f);
    if (const errc e = detail::pipeline_cut(r, c, f); e != errc::none) return e;
    if (!r.plannable.empty()) {
        if (const errc e = plans ? detail::fill_plans(s, r, c, f, *plans) : detail::fill_plans_anew(s, r, c, f);
            e != errc::none)
            return e;
    }

    if (const auto target = access_target(s, r, c)) {
        if (r.source_refusal != errc::none) return r.source_refusal;
        if (const int pair = pair_of_access(s, r, c, target); pair >= 0) {
            f.access = f.pair[pair]; // paid for, and counted for what it is worth, as the pair's
            f.access.lease = units::price_rate{};
            f.access.set_up_fee = units::money{};
            f.access.power = {};
            f.access.availability = 1.0;
            f.own_access = 0.0;
        } else if (const errc e = detail::fill_connection(s, r, c.access, r.source.value, target.value, r.is_service(),
                                                          f.access, wanted);
                   e != errc::none) {
            return e;
        }
        f.access.egress = r.egress + f.access.egress;
        f.staging = transfers ? r.data : r.data * (elsewhere / static_cast<double>(c.devices()));
        f.read_rate = r.read_rate.value_or({});
    }
    if ((c.size > 1 || r.source) && !detail::connections_fit(s, r, c, wanted)) return errc::over_capacity;
    if (s.shares_risks()) detail::share_risks(s, r, c, f);
    units::instant start = r.now;
    if (r.asked->limits.earliest_start && start < *r.asked->limits.earliest_start)
        start = *r.asked->limits.earliest_start;
    if (c.start && start < *c.start) start = *c.start;
    f.start_delay = start - r.now;
    return errc::none;
}

/// Means of what the grid gives each share from the start of the run to its end. O(sites log hours).
UONACO_LAZY
supply<double> supply_over_run(const survey& s, const request& r, const candidate& c, const performance<double>& p) {
    supply<double> g;
    const auto from = r.now + p.queue + p.provisioning + p.staging;
    const auto to = from + p.run();
    if (r.is_transfer()) {
        g.price[0] = s.supply_at(c.destination.value).price_over(from, to);
        g.carbon[0] = s.supply_at(c.destination.value).carbon_over(from, to);
    }
    for (int i = 0; i < c.size; ++i) {
        const site_supply& at = s.supply_at(s.facts(c.shares[i].pool).site);
        g.price[i] = at.price_over(from, to);
        g.carbon[i] = at.carbon_over(from, to);
    }
    return g;
}

} // namespace uonaco::inline UONACO_ABI
