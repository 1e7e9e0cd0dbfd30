// SPDX-License-Identifier: Apache-2.0
// grooming: a demand takes what lightpaths have left, or new ones, or both, whatever weighs least. The compact auxiliary graph: sites are its
// nodes; between two there is a lightpath with enough left, or one that could be lit: over the best path that the mode reaches and that has
// slots free from end to end. Light made anew on the way is two new lightpaths in a row. One shortest path is routing, mode, spectrum and
// grooming at once (after H. Zhu et al., IEEE/ACM Trans. Networking 11(2), 2003, without a node for each wavelength).
#pragma once

#include "grooming_policy.hpp"
#include "layer_stack.hpp"

#include "../../resource/wan_link.hpp"
#include "../k_shortest.hpp"
#include "../spectrum/fit.hpp"

namespace uonaco::inline UONACO_ABI {

/// Two fibres between two sites, one for each direction. A lightpath takes the same slots on both.
struct fibre_pair {
    unsigned a = 0;
    unsigned b = 0;
    units::distance length{};
    unsigned amplifiers = 0; ///< that a wave passes on it
    fibre_type fibre = fibre_type::smf;
};

/// Light between two sites, both ways.
struct lightpath {
    unsigned a = 0; ///< a < b
    unsigned b = 0;
    unsigned mode = 0;
    std::vector<unsigned> fibres{}; ///< from a to b
    slot_run run{};
    units::distance length{};
    units::bit_rate free{}; ///< each way
    unsigned users = 0;
    unsigned cuts = 0; ///< fibres of it that are cut: above 0, it is dark
    bool lit = false;  ///< false: there is none of this number now

    friend bool operator==(const lightpath&, const lightpath&) = default;
};

struct grooming_parameters {
    unsigned slots = 384;                  ///< of 12.5 GHz: the C band, 191.3 to 196.1 THz
    unsigned paths = 8;                    ///< shortest ones looked at for each pair of sites
    unsigned most_hops = ~0u;              ///< fibres of a lightpath; 1: light ends at every site (opaque)
    spectrum_fit fit = spectrum_fit::best; ///< where on its path a lightpath goes
    bool keep_idle = false;                ///< a lightpath that nobody uses any more stays lit
    std::vector<unsigned char> ends{};     ///< by site: 0 where light only passes; empty: it may end everywhere
};

/// Why there is no way.
enum class grooming_verdict : unsigned char {
    found,
    no_such_site,
    no_rate,      ///< 0 or less, or no number
    beyond_modes, ///< more than one lightpath carries at best: to be split by whoever asks
    no_way,       ///< nothing left, and no slots free for what would be needed
};
template <>
inline constexpr names enum_names<grooming_verdict>{"found", "no such site", "no rate", "more than any mode carries",
                                                    "no way"};

/// A part of a way: a lightpath that is lit, or one to be lit.
struct grooming_section {
    static constexpr unsigned none = ~0u;

    unsigned from = 0;
    unsigned to = 0;
    unsigned lightpath = none; ///< number of the one that is lit; none: a new one
    unsigned mode = 0;
    std::vector<unsigned> fibres{}; ///< from the smaller of the two sites to the other
    slot_run run{};                 ///< of a new one
};

/// A way for a demand, that could be had as it stands.
struct grooming_plan {
    grooming_verdict verdict = grooming_verdict::no_way;
    double weight = 0.0; ///< in the measure of the policy
    std::vector<grooming_section> sections{};

    explicit operator bool() const { return verdict == grooming_verdict::found; }
};

/// A demand that is carried: keep it to give it back.
struct groomed_demand {
    grooming_verdict verdict = grooming_verdict::no_way;
    unsigned from = 0;
    unsigned to = 0;
    double weight = 0.0; ///< when it was connected
    units::bit_rate rate{};
    std::vector<unsigned> lightpaths{}; ///< in order
    unsigned lit = 0;                   ///< how many of them were new

    explicit operator bool() const { return verdict == grooming_verdict::found; }
};

/// Sites, fibres, lightpaths and what they have left. What could be lit between two sites is kept from one question to the next; after slots
/// changed on a fibre of one of its paths it is looked at again, and only once a best way would use it. Not safe for concurrent use; a copy is a what-if.
template <class Metric>
class basic_grooming {
    template <class T>
    using later = detail::later_t<T, Metric>; // compiled only where grooming is used
    template <class T>
    using list = std::vector<later<T>>;

  public:
    /// `weights.new_lightpath` is by mode. A fibre whose length is no number, a mode without rate, width or reach are not used.
    /// Preconditions: ends of fibres are sites; weights are 0 or more. One k-shortest search for each pair of sites.
    basic_grooming(unsigned sites, view<fibre_pair> fibres, view<transceiver_mode> modes,
                   const grooming_weights& weights, const grooming_parameters& parameters = {})
        : sites_(sites), fibres_(fibres.begin(), fibres.end()), modes_(modes.begin(), modes.end()), weights_(weights),
          parameters_(parameters), spectrum_(static_cast<unsigned>(fibres.size()), parameters.slots),
          cut_(fibres.size()), pairs_of_fibre_(fibres.size()) {
        settle_modes();
        find_ways();
        const unsigned pairs = sites < 2 ? 0 : sites * (sites - 1) / 2;
        list<edge> edges;
        for (unsigned b = 1; b < sites; ++b)
            for (unsigned a = 0; a < b; ++a) edges.push_back({a, b}), edges.push_back({b, a});
        net_ = graph(sites, edges);
        stale_.assign(pairs, 1);
        lit_.resize(pairs);
        choice_.resize(pairs);
        best_.assign(1ul * pairs * modes_.size(), no_path);
        ideal_ = best_;
        for (unsigned p = 0; p < pairs; ++p)
            find_best(p, ideal_.data() + 1ul * p * modes_.size(), [&](const light_way&) { return parameters_.slots; });
        costs_.resize(edges.size());
        row_.resize(2ul * spectrum_.words());
    }

    unsigned sites() const { return sites_; }
    view<lightpath> lightpaths() const { return lightpaths_; } ///< by number; look at `lit`
    const spectrum& free_slots() const { return spectrum_; }   ///< by fibre
    const transceiver_mode& mode(unsigned number) const { return view<transceiver_mode>(modes_)[number]; }

    /// The way of least weight for `rate` each way; nothing changes. From a site to itself: nothing to take. Two new lightpaths that want
    /// the same last slots do not weigh what they would alone: then the next way is looked for, and the least is not proven.
    /// O(sites^2 modes) and what has to be looked at again.
    later<grooming_plan> plan(unsigned from, unsigned to, units::bit_rate rate) {
        later<grooming_plan> p;
        p.verdict = check(from, to, rate);
        if (!p || from == to) return p;
        for (unsigned each = 0; each < choice_.size(); ++each) weigh(each, rate);
        for (unsigned attempt = 0; attempt <= most_attempts;) {
            search_.run(net_, costs_, from, to);
            const path way = search_.path_of(to);
            if (!way) break;
            if (!is_settled(way, rate)) continue;
            p.sections.clear();
            p.weight = 0.0;
            const unsigned conflict = lay_out(way, rate, p);
            for (const grooming_section& s : p.sections)
                if (s.lightpath == grooming_section::none) spectrum_.release(s.fibres, s.run);
            if (conflict == no_path) return p;
            costs_[2 * conflict] = costs_[2 * conflict + 1] = __builtin_huge_val();
            ++attempt;
        }
        p.verdict = grooming_verdict::no_way;
        p.sections.clear();
        p.weight = 0.0;
        return p;
    }

    /// Plans and takes it, or takes nothing and says why.
    later<groomed_demand> connect(unsigned from, unsigned to, units::bit_rate rate) {
        const later<grooming_plan> p = plan(from, to, rate);
        later<groomed_demand> d;
        d.verdict = p.verdict;
        d.from = from;
        d.to = to;
        d.weight = p.weight;
        if (!p) return d;
        d.rate = rate;
        for (const grooming_section& s : p.sections) {
            unsigned number = s.lightpath;
            if (number == grooming_section::none) number = light(s), ++d.lit;
            lightpath& l = lightpaths_[number];
            l.free -= rate;
            ++l.users;
            d.lightpaths.push_back(number);
        }
        return d;
    }

    /// The same without any of these fibres: those of a working path, and what shares a duct with them, so that this one is its backup.
    later<groomed_demand> connect_apart(unsigned from, unsigned to, units::bit_rate rate, view<unsigned> fibres) {
        list<unsigned> here;
        for (const unsigned f : fibres) {
            UONACO_ASSERT(f < cut_.size());
            if (cut_[f]) continue;
            cut(f);
            here.push_back(f);
        }
        const later<groomed_demand> d = connect(from, to, rate);
        for (const unsigned f : here) repair(f);
        return d;
    }
    /// The fibres that a demand runs over, in order; one that several of its lightpaths take is there several times.
    list<unsigned> fibres_of(const groomed_demand& d) const {
        list<unsigned> all;
        for (const unsigned number : d.lightpaths) {
            const list<unsigned>& on = lightpaths_[number].fibres;
            all.insert(all.end(), on.begin(), on.end());
        }
        return all;
    }

    /// Gives back what connect() took; lightpaths without users go dark unless kept. Precondition: taken, and not yet given back.
    void disconnect(const groomed_demand& d) {
        for (const unsigned number : d.lightpaths) {
            UONACO_ASSERT(number < lightpaths_.size() && lightpaths_[number].users > 0);
            lightpath& l = lightpaths_[number];
            l.free += d.rate;
            if (--l.users > 0) continue;
            l.free = modes_[l.mode].rate;
            if (!parameters_.keep_idle) darken(number);
        }
    }

    /// Moves demands off lightpaths that others have room for, the emptiest first, so that they go dark: for each, all of its demands find
    /// another way over what is lit, or none moves. The new way is taken before the old is given back, so that traffic goes on. Returns how
    /// many went dark. `demands`: all that are carried; those that move are changed.
    /// Precondition: idle lightpaths are not kept. O(lightpaths demands) plans for each that goes dark.
    unsigned consolidate(list<groomed_demand>& demands) {
        UONACO_ASSERT(!parameters_.keep_idle);
        unsigned dark = 0;
        list<unsigned> order;
        for (bool again = true; again;) {
            again = false;
            order.clear();
            for (unsigned n = 0; n < lightpaths_.size(); ++n)
                if (lightpaths_[n].lit && lightpaths_[n].cuts == 0) order.push_back(n);
            detail::sort(order.data(), order.size(), [&](unsigned a, unsigned b) {
                const double used_a = (modes_[lightpaths_[a].mode].rate - lightpaths_[a].free).si();
                const double used_b = (modes_[lightpaths_[b].mode].rate - lightpaths_[b].free).si();
                return used_a != used_b ? used_a < used_b : a < b;
            });
            for (const unsigned number : order)
                if (lightpaths_[number].lit && empty(number, demands)) again = true, ++dark;
        }
        return dark;
    }

    /// A fibre that is cut carries nothing: what ran over it is dark and keeps its slots until given back. Precondition: the fibre exists.
    void cut(unsigned fibre) { set_cut(fibre, 1); }
    void repair(unsigned fibre) { set_cut(fibre, 0); }
    /// True if all that carries the demand is there.
    bool works(const groomed_demand& d) const {
        for (const unsigned number : d.lightpaths)
            if (lightpaths_[number].cuts > 0) return false;
        return static_cast<bool>(d);
    }

    /// The most that lightpaths that are lit could carry more between two sites, on one way: what is free at once, without a hit. 0 if nothing.
    units::bit_rate free_between(unsigned from, unsigned to) {
        if (from >= sites_ || to >= sites_ || from == to) return {};
        for (unsigned p = 0; p < lit_.size(); ++p) {
            double most = 0.0;
            for (const unsigned number : lit_[p]) {
                const lightpath& l = lightpaths_[number];
                if (l.cuts == 0 && l.free.si() > most) most = l.free.si();
            }
            costs_[2 * p] = costs_[2 * p + 1] = most;
        }
        widest_.run(net_, costs_, from, to);
        return widest_.reached(to) ? units::bit_rate::from_si(widest_.cost(to)) : units::bit_rate{};
    }
    /// The most that one new lightpath between two sites could carry now. 0 if there is no path with a mode that reaches and slots for it.
    units::bit_rate creatable(unsigned from, unsigned to) {
        units::bit_rate most{};
        if (from >= sites_ || to >= sites_ || from == to) return most;
        const unsigned p = pair(from, to);
        refresh(p);
        for (unsigned m = 0; m < modes_.size(); ++m)
            if (best_[1ul * p * modes_.size() + m] != no_path && most < modes_[m].rate) most = modes_[m].rate;
        return most;
    }

    /// Layer 0 of a layer_stack: fibre k is its links 2k (from a to b) and 2k + 1. Precondition: as many sets of risks as fibres.
    layer_stack fibre_layer(view<risk::risks> risks) const {
        UONACO_ASSERT(risks.size() == fibres_.size());
        list<edge> edges;
        list<units::latency> latency;
        list<risk::risks> by_edge;
        for (unsigned f = 0; f < fibres_.size(); ++f)
            for (unsigned way = 0; way < 2; ++way) {
                edges.push_back(way == 0 ? edge{fibres_[f].a, fibres_[f].b} : edge{fibres_[f].b, fibres_[f].a});
                latency.push_back(propagation(fibres_[f].length, fibres_[f].fibre));
                by_edge.push_back(risks[f]);
            }
        return {sites_, edges, latency, by_edge};
    }
    /// Layer 1, of lightpaths that are lit: the k-th of `numbers` is its links 2k (from a to b) and 2k + 1. `adaptation`: what both
    /// transponders add.
    list<supported_link> wave_layer(view<unsigned> numbers, units::latency adaptation) const {
        list<supported_link> links;
        for (const unsigned number : numbers) {
            const lightpath& l = view<lightpath>(lightpaths_)[number];
            supported_link there{l.a, l.b, {}, adaptation, {}};
            supported_link back{l.b, l.a, {}, adaptation, {}};
            unsigned at = l.a;
            for (const unsigned f : l.fibres) {
                const unsigned way = fibres_[f].a == at ? 0 : 1;
                there.path.push_back(2 * f + way);
                back.path.insert(back.path.begin(), 2 * f + 1 - way);
                at = way == 0 ? fibres_[f].b : fibres_[f].a;
            }
            links.push_back(there);
            links.push_back(back);
        }
        return links;
    }

  private:
    static constexpr unsigned no_path = ~0u;
    static constexpr unsigned most_attempts = 16;

    /// A path that light could take between two sites.
    struct light_way {
        unsigned first_fibre = 0; ///< in way_fibres_
        unsigned hops = 0;
        units::distance length{};
        double weight = 0.0; ///< without transceivers
    };
    /// The cheapest that a pair offers for the rate at hand.
    struct option {
        unsigned lightpath = grooming_section::none;
        unsigned mode = no_path;
    };

    static unsigned pair(unsigned a, unsigned b) { return a < b ? b * (b - 1) / 2 + a : a * (a - 1) / 2 + b; }
    bool may_end(unsigned site) const { return site >= parameters_.ends.size() || parameters_.ends[site] != 0; }
    view<unsigned> fibres_along(const light_way& w) const { return {way_fibres_.data() + w.first_fibre, w.hops}; }

    void settle_modes() {
        UONACO_ASSERT(weights_.lightpath >= 0 && weights_.switching >= 0 && weights_.roadm >= 0 &&
                      weights_.amplifier >= 0 && weights_.km >= 0);
        weights_.new_lightpath.resize(modes_.size(), __builtin_huge_val());
        for (unsigned m = 0; m < modes_.size(); ++m) {
            const transceiver_mode& t = modes_[m];
            const bool sound = t.rate.si() > 0 && t.rate.si() < 1e18 && t.width_hz > 0 && t.width_hz < 1e14 &&
                               t.reach.si() >= 0 && weights_.new_lightpath[m] >= 0 &&
                               weights_.new_lightpath[m] < __builtin_huge_val();
            mode_slots_.push_back(sound ? slots_of(t) : 0);
            if (!sound) continue;
            if (most_rate_ < t.rate) most_rate_ = t.rate;
            if (longest_reach_ < t.reach) longest_reach_ = t.reach;
        }
    }

    void find_ways() {
        list<edge> edges;
        list<double> km;
        for (const fibre_pair& f : fibres_) {
            UONACO_ASSERT(f.a < sites_ && f.b < sites_);
            const bool sound = f.length.si() >= 0 && f.length.si() < 1e12;
            edges.push_back({f.a, f.b});
            edges.push_back({f.b, f.a});
            km.insert(km.end(), 2, sound ? f.length.si() / 1e3 : __builtin_huge_val());
        }
        const graph net(sites_, edges);
        basic_k_shortest<Metric> shortest;
        for (unsigned b = 0; b < sites_; ++b)
            for (unsigned a = 0; a < b; ++a) {
                first_way_.push_back(static_cast<unsigned>(ways_.size()));
                if (!may_end(a) || !may_end(b)) continue;
                for (const path& p : shortest(net, km, a, b, parameters_.paths)) add_way(p, pair(a, b));
            }
        first_way_.push_back(static_cast<unsigned>(ways_.size()));
    }

    void add_way(const path& p, unsigned number) {
        light_way w{static_cast<unsigned>(way_fibres_.size()), static_cast<unsigned>(p.edges.size()), {}, 0.0};
        double amplifiers = 0.0;
        for (const unsigned e : p.edges) {
            w.length += fibres_[e / 2].length;
            amplifiers += fibres_[e / 2].amplifiers;
        }
        if (w.hops > parameters_.most_hops || longest_reach_ < w.length) return;
        w.weight =
            weights_.roadm * (w.hops + 1.0) + weights_.amplifier * amplifiers + weights_.km * (w.length.si() / 1e3);
        ways_.push_back(w);
        for (const unsigned e : p.edges) {
            way_fibres_.push_back(e / 2);
            list<unsigned>& pairs = pairs_of_fibre_[e / 2];
            if (pairs.empty() || pairs.back() != number) pairs.push_back(number); // pairs come in order
        }
    }

    grooming_verdict check(unsigned from, unsigned to, units::bit_rate rate) const {
        if (from >= sites_ || to >= sites_) return grooming_verdict::no_such_site;
        if (!(rate.si() > 0 && rate.si() < __builtin_huge_val())) return grooming_verdict::no_rate;
        if (from != to && most_rate_ < rate) return grooming_verdict::beyond_modes;
        return grooming_verdict::found;
    }

    /// The most slots in one piece that are free from end to end.
    unsigned longest_run(const light_way& w) {
        for (const unsigned f : fibres_along(w))
            if (cut_[f]) return 0;
        spectrum_.free_along(fibres_along(w), row_.data());
        unsigned most = 0;
        slots::each_run(row_.data(), spectrum_.words(), [&](slot_run r) { most = r.count > most ? r.count : most; });
        return most;
    }

    /// Of a pair and each mode the way of least weight that it reaches, among those with room for it.
    template <class Room>
    void find_best(unsigned p, unsigned* best, const Room& room_of) {
        for (unsigned m = 0; m < modes_.size(); ++m) best[m] = no_path;
        for (unsigned w = first_way_[p]; w < first_way_[p + 1]; ++w) {
            const unsigned room = room_of(ways_[w]);
            for (unsigned m = 0; m < modes_.size(); ++m) {
                if (mode_slots_[m] == 0 || mode_slots_[m] > room || modes_[m].reach < ways_[w].length) continue;
                if (best[m] == no_path || ways_[w].weight < ways_[best[m]].weight) best[m] = w;
            }
        }
    }
    void refresh(unsigned p) {
        if (!stale_[p]) return;
        stale_[p] = 0;
        find_best(p, best_.data() + 1ul * p * modes_.size(), [&](const light_way& w) { return longest_run(w); });
    }

    /// What a pair of sites weighs for a rate, and by what. As long as a pair is not looked at again, what it would weigh if all slots were
    /// free stands in: never more than what it will turn out to be.
    void weigh(unsigned p, units::bit_rate rate) {
        const double taken = weights_.lightpath + weights_.switching * (rate.si() / 1e9);
        const unsigned* const best = (stale_[p] ? ideal_ : best_).data() + 1ul * p * modes_.size();
        option o;
        double least = __builtin_huge_val();
        // Of lightpaths with enough left the fullest, so that large gaps stay for large demands.
        for (const unsigned number : lit_[p]) {
            const lightpath& l = lightpaths_[number];
            if (l.cuts > 0 || l.free < rate) continue;
            if (o.lightpath == grooming_section::none || l.free < lightpaths_[o.lightpath].free ||
                (l.free == lightpaths_[o.lightpath].free && number < o.lightpath))
                o.lightpath = number;
        }
        if (o.lightpath != grooming_section::none) least = taken + weight_of(lightpaths_[o.lightpath]);
        for (unsigned m = 0; m < modes_.size(); ++m) {
            if (best[m] == no_path || modes_[m].rate < rate) continue;
            const double weight = taken + weights_.new_lightpath[m] + ways_[best[m]].weight;
            if (!(weight < least) && !(weight == least && o.mode != no_path && prefers(m, o.mode))) continue;
            least = weight;
            o = {grooming_section::none, m};
        }
        choice_[p] = o;
        costs_[2 * p] = costs_[2 * p + 1] = least;
    }
    /// Looks again at what a path would light. False if that made it weigh more: then another may be better. As all others weigh at least what
    /// stands for them, a path that is settled is the best of all, tie rule included.
    bool is_settled(const path& found, units::bit_rate rate) {
        bool settled = true;
        for (const unsigned e : found.edges) {
            const unsigned p = e / 2;
            if (!stale_[p] || choice_[p].lightpath != grooming_section::none) continue;
            const double before = costs_[e];
            refresh(p);
            weigh(p, rate);
            settled = settled && costs_[e] == before;
        }
        return settled;
    }
    double weight_of(const lightpath& l) const { return weights_.km * (l.length.si() / 1e3); }
    /// Of two modes of one weight the faster, then the narrower.
    bool prefers(unsigned a, unsigned b) const {
        if (modes_[a].rate != modes_[b].rate) return modes_[b].rate < modes_[a].rate;
        return mode_slots_[a] < mode_slots_[b];
    }

    /// Puts the sections of a way into the plan and takes the slots of new ones; the pair that finds none any more, or no_path.
    unsigned lay_out(const path& found, units::bit_rate rate, later<grooming_plan>& p) {
        const double taken = weights_.lightpath + weights_.switching * (rate.si() / 1e9);
        for (const unsigned e : found.edges) {
            const unsigned number = e / 2;
            const option& o = choice_[number];
            later<grooming_section> s{net_.from(e), net_.to(e), o.lightpath, o.mode, {}, {}};
            if (o.lightpath != grooming_section::none) {
                const lightpath& l = lightpaths_[o.lightpath];
                s.mode = l.mode;
                s.fibres = l.fibres;
                s.run = l.run;
                p.weight += taken + weight_of(l);
            } else {
                const unsigned w = place(number, s);
                if (w == no_path) return number;
                p.weight += taken + weights_.new_lightpath[s.mode] + ways_[w].weight;
            }
            p.sections.push_back(s);
        }
        return no_path;
    }
    /// The way of least weight that still has room, with its slots taken.
    unsigned place(unsigned number, grooming_section& s) {
        unsigned best = best_[1ul * number * modes_.size() + s.mode];
        const unsigned count = mode_slots_[s.mode];
        if (!(s.run = room_on(best, count))) {
            best = no_path;
            for (unsigned w = first_way_[number]; w < first_way_[number + 1]; ++w) {
                if (modes_[s.mode].reach < ways_[w].length ||
                    (best != no_path && !(ways_[w].weight < ways_[best].weight)))
                    continue;
                if (const slot_run run = room_on(w, count)) best = w, s.run = run;
            }
            if (best == no_path) return no_path;
        }
        const view<unsigned> fibres = fibres_along(ways_[best]);
        s.fibres.assign(fibres.begin(), fibres.end());
        spectrum_.take(fibres, s.run);
        return best;
    }
    slot_run room_on(unsigned w, unsigned count) {
        for (const unsigned f : fibres_along(ways_[w]))
            if (cut_[f]) return {};
        spectrum_.free_along(fibres_along(ways_[w]), row_.data());
        return fit_run(row_.data(), spectrum_.words(), count, parameters_.fit, row_.data() + spectrum_.words());
    }

    unsigned light(const grooming_section& s) {
        later<lightpath> l;
        l.a = s.from < s.to ? s.from : s.to;
        l.b = s.from < s.to ? s.to : s.from;
        l.mode = s.mode;
        l.fibres = s.fibres;
        l.run = s.run;
        l.free = modes_[s.mode].rate;
        l.lit = true;
        for (const unsigned f : s.fibres) l.length += fibres_[f].length;
        spectrum_.take(s.fibres, s.run);
        touch(s.fibres);
        unsigned number = static_cast<unsigned>(lightpaths_.size());
        if (dark_.empty()) {
            lightpaths_.push_back(l);
        } else {
            number = dark_.back();
            dark_.pop_back();
            lightpaths_[number] = l;
        }
        lit_[pair(l.a, l.b)].push_back(number);
        return number;
    }
    void darken(unsigned number) {
        const lightpath l = lightpaths_[number];
        spectrum_.release(l.fibres, l.run);
        touch(l.fibres);
        list<unsigned>& of_pair = lit_[pair(l.a, l.b)];
        unsigned long kept = 0;
        for (const unsigned other : of_pair)
            if (other != number) of_pair[kept++] = other;
        of_pair.resize(kept);
        lightpaths_[number] = {};
        dark_.push_back(number);
    }
    /// Carries all demands of a lightpath elsewhere, or leaves everything as it is.
    bool empty(unsigned number, list<groomed_demand>& demands) {
        list<unsigned> users;
        list<groomed_demand> moved;
        for (unsigned i = 0; i < demands.size(); ++i)
            for (const unsigned on : demands[i].lightpaths)
                if (on == number) users.push_back(i);
        ++lightpaths_[number].cuts; // nothing new goes on it
        bool all = users.size() == lightpaths_[number].users;
        for (unsigned i = 0; all && i < users.size(); ++i) {
            const later<groomed_demand>& old = demands[users[i]];
            const later<groomed_demand> d = connect(old.from, old.to, old.rate);
            all = d && d.lit == 0;
            if (d) moved.push_back(d);
        }
        --lightpaths_[number].cuts;
        for (unsigned i = 0; i < moved.size(); ++i) {
            disconnect(all ? demands[users[i]] : moved[i]);
            if (all) demands[users[i]] = moved[i];
        }
        return all;
    }
    void touch(view<unsigned> fibres) {
        for (const unsigned f : fibres)
            for (const unsigned p : pairs_of_fibre_[f]) stale_[p] = 1;
    }
    void set_cut(unsigned fibre, unsigned char to) {
        UONACO_ASSERT(fibre < cut_.size());
        if (cut_[fibre] == to) return;
        cut_[fibre] = to;
        touch(view<unsigned>(&fibre, 1));
        for (lightpath& l : lightpaths_)
            for (const unsigned f : l.fibres)
                if (f == fibre) to ? ++l.cuts : --l.cuts;
    }

    unsigned sites_;
    list<fibre_pair> fibres_;
    list<transceiver_mode> modes_;
    later<grooming_weights> weights_;
    later<grooming_parameters> parameters_;
    later<spectrum> spectrum_;
    list<unsigned char> cut_;                    ///< by fibre
    list<std::vector<unsigned>> pairs_of_fibre_; ///< whose ways it is part of
    list<unsigned> mode_slots_{};                ///< by mode; 0: not used
    units::bit_rate most_rate_{};
    units::distance longest_reach_{};
    std::vector<light_way> ways_{};
    list<unsigned> way_fibres_{};
    list<unsigned> first_way_{};        ///< by pair, and the end
    later<graph> net_{};                ///< sites; pair p is its edges 2p and 2p + 1
    list<unsigned char> stale_{};       ///< by pair
    list<unsigned> best_{};             ///< by pair, then mode: its way
    list<unsigned> ideal_{};            ///< the same if all slots were free
    list<std::vector<unsigned>> lit_{}; ///< by pair
    std::vector<option> choice_{};      ///< by pair, for the rate at hand
    list<double> costs_{};              ///< by edge of net_, for the question at hand
    list<lightpath> lightpaths_{};
    list<unsigned> dark_{}; ///< numbers to be used again
    list<slot_word> row_{};
    basic_dijkstra<Metric> search_{};
    basic_dijkstra<later<most_width>> widest_{};
};

using grooming = basic_grooming<least_sum>;

} // namespace uonaco::inline UONACO_ABI
