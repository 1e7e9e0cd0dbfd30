// SPDX-License-Identifier: Apache-2.0
// A survey: an estate looked up once, so that each candidate costs arithmetic only. Ids become rows, device facts are filled in
// from the accelerator table, hours become series, site pairs get their list of connections, and free capacity is kept.
#pragma once

#include "pair_table.hpp"

#include "../base/result.hpp"
#include "../decision/outcome.hpp"
#include "../model/calibration.hpp"
#include "../model/power_limit.hpp"
#include "../model/shared_risk.hpp"
#include "../model/transport_power.hpp"
#include "../network/options.hpp"
#include "../resource/accelerators.hpp"
#include "../resource/estate.hpp"
#include "../series/step_series.hpp"

namespace uonaco::inline UONACO_ABI {

/// What a pool's record and the accelerator table say together; the record wins. Per device.
struct pool_facts {
    unsigned site = ~0u;  ///< row
    unsigned model = ~0u; ///< row of the first pool of the same model
    peak_flops peak{};
    maybe<units::memory> memory{};
    maybe<units::memory_rate> memory_rate{};
    maybe<units::memory_rate> interconnect{};
    units::power idle_power{};
    units::power max_power{};
    units::power host_power{};
    bool power_known = false; ///< else max_power is the calibration's device_power
    bool idle_known = false;  ///< else idle_power is the usual share of max_power
    units::frequency failure_rate{};

    /// A device's draw at full speed, and without work: its server takes its share in both.
    units::power full_draw() const { return max_power + host_power; }
    units::power idle_draw() const { return units::min(idle_power, max_power) + host_power; }
};

/// What the grid gives one site over time.
struct site_supply {
    step_series<units::kinds::energy_price> price_hours{};
    step_series<units::kinds::carbon_intensity> carbon_hours{};
    maybe<units::energy_price> price{}; ///< where the hours say nothing
    maybe<units::carbon_intensity> carbon{};
    maybe<units::power> limit{};             ///< of the feed, the most that it ever is
    step_series<units::kinds::power> caps{}; ///< what IT may draw, where the limit of the feed changes; else empty
    units::power least_cap{};                ///< the lowest of them
    unsigned price_gaps =
        0; ///< steps of the forecast that lack it: the flat value stands there, or else nothing is known
    unsigned carbon_gaps = 0;

    /// Mean over [from, to]: the hours inside the series, the flat value outside it. Unknown where that meets a gap.
    UONACO_LAZY
    maybe<units::energy_price> price_over(units::instant from, units::instant to) const {
        return over(price_hours, price, from, to);
    }
    UONACO_LAZY
    maybe<units::carbon_intensity> carbon_over(units::instant from, units::instant to) const {
        return over(carbon_hours, carbon, from, to);
    }

  private:
    template <class K>
    static maybe<quantity<K>> over(const step_series<K>& hours, const maybe<quantity<K>>& flat, units::instant from,
                                   units::instant to) {
        if (hours.empty()) return flat;
        if (const auto inside = hours.mean(from, to)) return inside;
        if (!flat) return {};
        const auto a = from < hours.start() ? hours.start() : from;
        const auto b = hours.end() < to ? hours.end() : to;
        if (b <= a) return flat;
        const double covered = (b - a).si();
        const double whole = (to - from).si();
        return quantity<K>::from_si((hours.integral(a, b)->si() + flat->si() * (whole - covered)) / whole);
    }
};

/// Holds a reference to the estate, which must outlive it and stay as it is. A pair's options are searched when they are first
/// asked for: concurrent reads are safe once the pairs needed are connected. Building is O(records log records).
class survey {
  public:
    /// Fails with not_found where an id names nothing.
    UONACO_LAZY
    static result<survey> of(const estate& e, const calibration& c = {}, option_parameters network = {}) {
        detail::later_t<survey, UonacoLazy_> s(e, c, network);
        failure why;
        if (!s.build(why)) return why;
        return s;
    }
    /// The estate would be gone before the survey.
    UONACO_LAZY
    static result<survey> of(const estate&& e, const calibration& c = {}, option_parameters network = {}) = delete;
    survey() = default;

    const estate& world() const { return *estate_; }
    const calibration& constants() const { return calibration_; }
    const topology& net() const { return topology_; }
    /// Fibre of a way over these links; unknown where that of one is. O(links).
    UONACO_LAZY
    maybe<units::distance> length_of(const std::vector<unsigned>& links) const {
        maybe<units::distance> length = units::distance{};
        for (const unsigned row : links) length = length + topology_.links[row].length;
        return length;
    }

    UONACO_LAZY
    row<site_tag> site(const site_id& id) const { return find<site_tag>(estate_->sites, id); }
    UONACO_LAZY
    row<pool_tag> pool(const pool_id& id) const { return find<pool_tag>(estate_->pools, id); }
    UONACO_LAZY
    row<dataset_tag> data(const dataset_id& id) const { return find<dataset_tag>(estate_->datasets, id); }
    UONACO_LAZY
    row<storage_tag> storage(const storage_id& id) const { return find<storage_tag>(estate_->storage, id); }

    const pool_facts& facts(row<pool_tag> p) const { return pools_[p.value]; }
    const uonaco::site& site_of(row<pool_tag> p) const { return estate_->sites[pools_[p.value].site]; }
    const site_supply& supply_at(unsigned site) const { return supplies_[site]; }
    /// Whether the limit on power changes over time anywhere.
    bool power_varies() const { return power_varies_; }

    /// Devices not promised to anybody.
    units::count free_devices(row<pool_tag> p) const { return free_[p.value]; }
    const network_rates& rates() const { return rates_; }
    /// Room that no transfer was promised.
    units::volume free_storage(row<storage_tag> p) const { return storage_[p.value]; }

    void set_free_devices(row<pool_tag> p, units::count n) { free_[p.value] = n; }
    void set_free_storage(row<storage_tag> p, units::volume room) { storage_[p.value] = room; }
    /// What is free on each link and circuit; where that is a change, connections are searched anew when asked for.
    /// Precondition: a rate for each.
    UONACO_LAZY
    void set_free_rates(network_rates free) {
        if (free == rates_) return;
        rates_ = static_cast<network_rates&&>(free);
        ++rates_known_;
    }

    /// IT power that a site may still draw, at the time when its limit is highest. Unknown: not limited. O(pools at the site).
    UONACO_LAZY
    maybe<units::power> free_power(unsigned site) const {
        const uonaco::site& at = estate_->sites[site];
        maybe<units::power> limit = at.power_limit;
        const maybe<units::power>& grid = supplies_[site].limit;
        // the grid's limit is on the facility, PUE included; where that is not known, it is at least 1
        if (grid) {
            const units::power it = *grid / at.pue.value_or(1.0);
            if (!limit || it < *limit) limit = it;
        }
        if (!limit) return {};
        return units::power(*limit - power_taken(site));
    }
    /// Whether a site has power for a run that draws `full` at full speed and `idle` without work: full where the limit does not change
    /// over time, as with the site's own. Where that of the feed does, hours slow the run, and it is enough that the best of them leaves
    /// more than idles. What cannot wait has idle = full. Necessary, not sufficient: limit_run() looks at each hour. O(pools at the site).
    UONACO_LAZY
    bool has_power(unsigned site, units::power full, units::power idle) const {
        const maybe<units::power> best = free_power(site);
        if (!best || full <= *best) return true;
        if (supplies_[site].caps.empty()) return false;
        const maybe<units::power>& own = estate_->sites[site].power_limit;
        return idle < *best && !(own && full > *own - power_taken(site));
    }
    /// IT power that is drawn at a site, and promised since the snapshot: at most so much. O(pools at the site).
    UONACO_LAZY
    units::power power_taken(unsigned site) const {
        const uonaco::site& at = estate_->sites[site];
        units::power taken = at.power_draw.value_or({});
        for (unsigned i = first_pool_[site]; i != ~0u; i = next_pool_[i]) {
            const compute_pool& p = estate_->pools[i];
            units::count busy = p.free_count - free_[i]; // promised since the snapshot
            // where nobody says what is drawn, it is what the devices in use draw at most: unknown is not zero
            if (!at.power_draw && p.total_count > p.free_count) busy += p.total_count - p.free_count;
            taken += static_cast<double>(busy) * (pools_[i].max_power + pools_[i].host_power);
        }
        return taken;
    }
    /// The power states that speak for a site: its own, and its grid zone's for what that one does not say; null if there is none.
    /// O(power states).
    struct site_power {
        const power_state* own = nullptr;
        const power_state* zone = nullptr;
    };
    UONACO_LAZY
    site_power power_of(const uonaco::site& s) const {
        site_power found;
        for (const power_state& p : estate_->power) {
            if (!found.own && p.site == s.id) found.own = &p;
            if (!found.zone && p.site.empty() && !s.grid_zone.empty() && p.grid_zone == s.grid_zone) found.zone = &p;
        }
        return found;
    }

    /// The connections from one site to another, as what is free allows. Empty if there are none. The first call for a pair
    /// searches them and is not for concurrent use; the list stays where it is, and as it is until set_free_rates().
    UONACO_LAZY
    const std::vector<path_option>& options(unsigned from, unsigned to) const {
        auto& p = detail::late<UonacoLazy_>(pairs_).at(from, to);
        if (p.rates_known != rates_known_) {
            basic_option_search search(topology_, detail::late<UonacoLazy_>(*estate_), network_);
            p.options = search({from}, {to}, rates_);
            p.every = network_.every && !search.cut_short();
            p.rates_known = rates_known_;
            if (shares_risks()) note_risks_of(p);
        }
        return p.options;
    }

    /// Whether options() has every way there is: it was asked for (option_parameters::every), and they were not too many.
    UONACO_LAZY
    bool knows_every_way(unsigned from, unsigned to) const {
        options(from, to);
        return detail::late<UonacoLazy_>(pairs_).at(from, to).every;
    }

    /// Whether any shared-risk group says how often it is up: else figures of availability multiply.
    bool shares_risks() const { return !site_risks_.empty(); }
    /// Availability of a group. `row`: of estate::risks.
    units::ratio risk(unsigned row) const { return estate_->risks[row].availability.value_or(1.0); }
    /// Rows of the groups inside the stated availability of a site, and of an option. Precondition: shares_risks().
    const std::vector<unsigned>& risks_of(unsigned site) const { return site_risks_[site]; }
    UONACO_LAZY
    const std::vector<unsigned>& risks_along(unsigned from, unsigned to, unsigned option) const {
        options(from, to);
        return detail::late<UonacoLazy_>(pairs_).at(from, to).risks[option];
    }
    /// Searches them now.
    UONACO_LAZY
    void connect(unsigned from, unsigned to) const { options(from, to); }

  private:
    struct pair_options {
        std::vector<path_option> options;
        std::vector<std::vector<unsigned>> risks; ///< by option; where there are any
        unsigned rates_known = 0;                 ///< when they were searched
        bool every = false;                       ///< they are all there are
    };
    UONACO_LAZY
    survey(const estate& e, const calibration& c, option_parameters network)
        : estate_(&e), calibration_(c), network_(network) {}

    template <class Tag, class Records, class Id>
    row<Tag> find(const Records& records, const Id& id) const {
        // Estates hold tens to thousands of sites; lookups happen once a workload, not once a candidate.
        for (unsigned i = 0; i < records.size(); ++i)
            if (records[i].id == id) return {i};
        return {};
    }

    UONACO_LAZY
    bool build(failure& why) {
        auto& self = detail::late<UonacoLazy_>(*this);
        auto t = make_topology(self.world());
        if (!t) {
            why = t.error();
            return false;
        }
        self.topology_ = *static_cast<decltype(t)&&>(t);
        self.estimate_transport();
        self.note_risks();
        self.rates_ = rates_of(self.world());
        self.first_pool_.resize(self.world().sites.size(), ~0u);
        for (const auto& p : self.world().pools) {
            const auto s = self.site(p.site);
            if (!s) {
                why = {errc::not_found, p.id.text, 0.0,
                       "pool " + p.id.text + " is at an unknown site '" + p.site.text + "'"};
                return false;
            }
            self.pools_.push_back(self.facts_of(p, s.value));
            self.free_.push_back(p.free_count);
        }
        for (const auto& p : self.world().storage)
            self.storage_.push_back(units::min(p.free.value_or(p.capacity), p.capacity));
        self.next_pool_.resize(self.pools_.size());
        for (unsigned i = static_cast<unsigned>(self.pools_.size()); i-- > 0;) {
            self.next_pool_[i] = self.first_pool_[self.pools_[i].site];
            self.first_pool_[self.pools_[i].site] = i;
        }
        self.number_models();
        for (unsigned i = 0; i < self.pools_.size(); ++i)
            if (!self.pools_[i].power_known) self.pools_[i].max_power = self.calibration_.device_power;
        for (pool_facts& f : self.pools_)
            if (!f.idle_known) f.idle_power = self.calibration_.idle_share * f.max_power;
        for (const auto& s : self.world().sites) self.supplies_.push_back(self.supply_of(s));
        for (const site_supply& g : self.supplies_) self.power_varies_ = self.power_varies_ || !g.caps.empty();
        return true;
    }

    // E4 where nobody states what a bit takes, but what ends the waves: over fibre of unknown length, as far as that reaches. A circuit
    // that light passes from end to end is ended once, whatever its links would need by themselves.
    UONACO_LAZY
    void estimate_transport() {
        const auto estimate = [](maybe<units::transport_energy>& energy, const maybe<termination>& ends,
                                 const maybe<units::distance>& length) {
            if (!energy && ends)
                energy = transport_power::per_bit(*ends, length.value_or(transport_power::reach(*ends)));
        };
        for (unsigned i = 0; i < topology_.links.size(); ++i)
            estimate(topology_.links[i].transport_energy, estate_->links[i].termination, topology_.links[i].length);
        for (unsigned i = 0; i < topology_.circuits.size(); ++i) {
            circuit_route& c = topology_.circuits[i];
            estimate(c.transport_energy, estate_->circuits[i].termination, length_of(c.links));
        }
        // A link that says nothing takes no less than any termination over the same fibre.
        for (link_facts& f : topology_.links)
            if (!f.transport_energy)
                f.transport_energy = f.length ? transport_power::unstated(*f.length) : transport_power::unstated();
    }

    // Adds the rows of the groups of these numbers that say how often they are up.
    UONACO_LAZY
    void add_risks(const std::vector<units::count>& srlgs, std::vector<unsigned>& rows) const {
        for (const units::count srlg : srlgs)
            for (unsigned g = 0; g < estate_->risks.size(); ++g) {
                const risk_group& group = estate_->risks[g];
                if (group.srlg != srlg || !group.availability) continue;
                if (*group.availability > 0.0 && *group.availability < 1.0) detail::note_once(rows, g);
                break;
            }
    }
    // What has no availability of its own has none of its groups' inside: it takes no part. Links: see topology::risks_in().
    UONACO_LAZY
    void note_risks() {
        bool any = false;
        for (const risk_group& g : estate_->risks) any = any || g.availability.known();
        if (!any) return;
        site_risks_.resize(estate_->sites.size());
        for (unsigned i = 0; i < site_risks_.size(); ++i)
            if (estate_->sites[i].availability) add_risks(estate_->sites[i].srlgs, site_risks_[i]);
    }
    // Groups only: what else the links of a way share is inside of its availability, and of no other way's or site's.
    UONACO_LAZY
    void note_risks_of(pair_options& p) const {
        p.risks.clear();
        p.risks.resize(p.options.size());
        for (unsigned i = 0; i < p.options.size(); ++i)
            for (const unsigned link : p.options[i].links)
                for (const unsigned row : topology_.risks_in(link))
                    if (row < estate_->risks.size()) detail::note_once(p.risks[i], row);
    }

    UONACO_LAZY
    void number_models() {
        detail::later_t<std::vector<unsigned>, UonacoLazy_> known; // few, in estates of any size
        for (unsigned i = 0; i < pools_.size(); ++i) {
            for (const unsigned k : known)
                if (pools_[i].model == ~0u && estate_->pools[k].model == estate_->pools[i].model) pools_[i].model = k;
            if (pools_[i].model != ~0u) continue;
            pools_[i].model = i;
            known.push_back(i);
        }
    }

    template <class T>
    static maybe<T> first_known(const maybe<T>& a, const maybe<T>& b) {
        return a ? a : b;
    }
    UONACO_LAZY
    pool_facts facts_of(const compute_pool& p, unsigned site) const {
        const accelerator* known = find_accelerator(p.model.c_str(), p.model.size());
        const accelerator none{};
        const accelerator& a = known ? *known : none;
        pool_facts f;
        f.site = site;
        f.peak = p.peak;
        f.peak.fp64 = first_known(p.peak.fp64, a.peak.fp64);
        f.peak.fp32 = first_known(p.peak.fp32, a.peak.fp32);
        f.peak.tf32 = first_known(p.peak.tf32, a.peak.tf32);
        f.peak.bf16 = first_known(p.peak.bf16, a.peak.bf16);
        f.peak.fp16 = first_known(p.peak.fp16, a.peak.fp16);
        f.peak.fp8 = first_known(p.peak.fp8, a.peak.fp8);
        f.peak.fp4 = first_known(p.peak.fp4, a.peak.fp4);
        f.peak.int8 = first_known(p.peak.int8, a.peak.int8);
        f.memory = first_known(p.memory, a.memory);
        f.memory_rate = first_known(p.memory_rate, a.memory_rate);
        f.interconnect = first_known(p.interconnect_rate, a.interconnect_rate);
        const auto max_power = first_known(p.max_power, a.max_power);
        f.power_known = max_power.known();
        f.max_power = max_power.value_or({});
        const auto idle_power = first_known(p.idle_power, a.idle_power);
        f.idle_known = idle_power.known();
        f.idle_power = idle_power.value_or({});
        f.host_power =
            p.host_power.value_or(p.device_type == device_type::cpu ? units::power{} : calibration_.host_power);
        if (p.mtbf)
            f.failure_rate = 1.0 / *p.mtbf;
        else if (!(p.availability && *p.availability >= 1.0))
            f.failure_rate = 1.0 / calibration_.device_mtbf;
        return f;
    }

    // Each figure is the site's own or, where its own state says nothing of it, that of its grid zone.
    UONACO_LAZY
    site_supply supply_of(const uonaco::site& s) const {
        const auto [own, zone] = power_of(s);
        const power_state nothing{};
        const power_state& first = own ? *own : nothing;
        const power_state& second = zone ? *zone : nothing;
        site_supply out;
        step_series<units::kinds::power> feed;
        unsigned not_limited = 0;
        merge(first, second, &power_state::supply_limit, &power_step::supply_limit, out.limit, feed, not_limited);
        if (!feed.empty()) limit_over_time(s, feed, out);
        merge(first, second, &power_state::energy_price, &power_step::energy_price, out.price, out.price_hours,
              out.price_gaps);
        merge(first, second, &power_state::carbon_intensity, &power_step::carbon_intensity, out.carbon,
              out.carbon_hours, out.carbon_gaps);
        return out;
    }
    // Hours that state no limit have none but the site's own. Before and after a forecast that does not repeat, the flat limit holds.
    UONACO_LAZY
    static void limit_over_time(const uonaco::site& s, const step_series<units::kinds::power>& feed, site_supply& out) {
        const units::power own = s.power_limit.value_or(power_limit::unlimited);
        const auto cap = [&](const maybe<units::power>& grid) {
            return grid ? units::min(own, units::power(*grid / s.pue.value_or(1.0))) : own;
        };
        const bool repeats = feed.outside() == beyond::repeat;
        const units::duration moment = units::duration::from_si(1.0); // which `hold` draws out
        const units::power flat = cap(out.limit);
        step_series<units::kinds::power> caps(repeats ? beyond::repeat : beyond::hold);
        if (!repeats) caps.append(feed.start() - moment, moment, flat);
        maybe<units::power> most = repeats ? feed.step(0) : out.limit;
        units::duration length{};
        for (unsigned long i = 0; i < feed.size(); ++i) {
            const maybe<units::power> here = feed.step(i);
            most = most && here ? maybe<units::power>(units::max(*most, *here)) : maybe<units::power>{};
            length += feed.step_length(i);
            if (i + 1 < feed.size() && cap(feed.step(i + 1)) == cap(here)) continue; // as one
            caps.append(caps.empty() ? feed.start() : caps.end(), length, cap(here));
            length = {};
        }
        if (!repeats) caps.append(caps.end(), moment, flat);
        out.least_cap = *caps.step(0);
        for (unsigned long i = 1; i < caps.size(); ++i) out.least_cap = units::min(out.least_cap, *caps.step(i));
        out.caps = caps;
        out.limit = most;
    }
    template <class K>
    static void merge(const power_state& first, const power_state& second, maybe<quantity<K>> power_state::*flat,
                      maybe<quantity<K>> power_step::*field, maybe<quantity<K>>& value, step_series<K>& hours,
                      unsigned& gaps) {
        value = first_known(first.*flat, second.*flat);
        hours = hours_of(first, field, value, gaps);
        if (hours.empty() && !(first.*flat)) hours = hours_of(second, field, value, gaps);
    }
    // Steps in order. Where one lacks the field, or none is stated, the flat value holds; without one there is a gap.
    template <class K>
    static step_series<K> hours_of(const power_state& p, maybe<quantity<K>> power_step::*field,
                                   const maybe<quantity<K>>& flat, unsigned& gaps) {
        step_series<K> hours(p.forecast_repeats ? beyond::repeat : beyond::unknown);
        const auto add = [&](units::instant from, units::duration length, const maybe<quantity<K>>& x) {
            if (x)
                hours.append(from, length, *x);
            else
                hours.append_gap(from, length);
        };
        gaps = 0;
        bool any = false;
        for (const power_step& s : p.forecast) any = any || (s.*field).known();
        if (!any) return hours;
        for (const power_step& s : p.forecast) {
            if (!(s.duration.si() > 0) || (!hours.empty() && s.start < hours.end())) continue;
            if (!hours.empty() && hours.end() < s.start) {
                ++gaps;
                add(hours.end(), s.start - hours.end(), flat);
            }
            gaps += !(s.*field).known();
            add(s.start, s.duration, first_known(s.*field, flat));
        }
        return hours;
    }

    const estate* estate_ = nullptr;
    calibration calibration_{};
    option_parameters network_{};
    topology topology_;
    std::vector<pool_facts> pools_;
    std::vector<site_supply> supplies_;
    std::vector<units::count> free_;
    std::vector<units::volume> storage_;
    network_rates rates_;
    std::vector<unsigned> first_pool_; ///< by site: a row of a pool there, and by pool the next one at its site
    std::vector<unsigned> next_pool_;
    std::vector<std::vector<unsigned>>
        site_risks_; ///< by site: rows of groups; empty: no group says how often it is up
    bool power_varies_ = false;
    unsigned rates_known_ = 1; ///< counts the changes of what is free
    mutable pair_table<pair_options> pairs_;
};

} // namespace uonaco::inline UONACO_ABI
