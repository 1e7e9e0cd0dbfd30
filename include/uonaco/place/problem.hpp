// SPDX-License-Identifier: Apache-2.0
// A placement problem: one workload, the survey it is placed in, and how widely candidates are generated.
#pragma once

#include "../evaluate/assess.hpp"

namespace uonaco::inline UONACO_ABI {

/// How many candidates there are. Every heuristic searches the same space; `exhaustive` searches all of it.
struct generation {
    int sites = 3;      ///< spread over at most so many, and no more than the workload allows
    int counts = 4;     ///< device counts tried: the most there are, half of it, a quarter ..., the least
    int rates = 4;      ///< rates tried on a connection: all there is, half of it, ... in the option's steps
    int per_action = 1; ///< from three sites on: options kept for each network action of a pair
};

/// Connections a pair of sites may have: an option at a rate.
using choices = std::vector<connection>;

/// Holds references to the survey and, through the request, the workload; both must outlive it. Concurrent reads are safe.
class problem {
  public:
    /// Looks the workload up and searches the connections its candidates need. Errors: those of resolve().
    /// O(sites^2 path searches), once for all workloads placed in the survey.
    UONACO_LAZY
    static result<problem> of(survey& s, const workload& w, units::instant now = {}, units::carbon_price carbon = {},
                              generation g = {}) {
        auto r = resolve(s, w, now, carbon);
        if (!r) return r.error();
        problem p;
        p.survey_ = &s;
        p.request_ = *static_cast<result<request>&&>(r);
        p.generation_ = g;
        p.prepare(s);
        return p;
    }
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

    /// What may connect a pool's site to another's, both ways; `narrow` keeps the best of each action at full rate only.
    const choices& between(unsigned from_site, unsigned to_site, bool narrow) const {
        return pairs_[from_site * where().world().sites.size() + to_site].of(narrow);
    }
    /// What may connect users, both ways, or the place of the data, one way at least, to a site. Precondition: what().source.
    const choices& access(unsigned to_site, bool narrow) const { return access_[to_site].of(narrow); }

  private:
    UONACO_LAZY
    void prepare(survey& s) {
        const workload& w = asked();
        for (const auto p : request_.pools)
            if (s.free_devices(p) > 0) pools_.push_back(p);
        const units::count allowed = w.locality.max_sites < max_shares ? w.locality.max_sites : max_shares;
        most_sites_ = static_cast<int>(allowed < generation_.sites ? allowed : generation_.sites);
        if (!connects_sites()) most_sites_ = 1; // a service's replicas share one line of requests at one site
        const unsigned long n = s.world().sites.size();
        pairs_.resize(n * n);
        access_.resize(n);
        if (connects_sites() && most_sites_ > 1)
            for (const auto a : pools_)
                for (const auto b : pools_)
                    connect(s, s.facts(a).site, s.facts(b).site, true, pairs_[s.facts(a).site * n + s.facts(b).site]);
        if (request_.source) {
            const bool answers = request_.is_service();
            for (const auto p : pools_)
                connect(s, request_.source.value, s.facts(p).site, answers, access_[s.facts(p).site]);
            for (const auto d : request_.destinations)
                connect(s, request_.source.value, d.value, false, access_[d.value]);
        }
    }
    struct ways {
        choices wide{};
        choices narrow{};
        bool searched = false;

        const choices& of(bool narrow_ones) const { return narrow_ones ? narrow : wide; }
    };
    UONACO_LAZY
    void connect(survey& s, unsigned from, unsigned to, bool both_ways, ways& found) {
        if (from == to || found.searched) return;
        found.searched = true;
        s.connect(from, to);
        const auto& options = s.options(from, to);
        int kept[5]{};
        for (unsigned i = 0; i < options.size(); ++i) {
            const path_option& o = options[i];
            if (!o.security.covers(asked().security) || (both_ways && !o.both_ways)) continue;
            if (kept[static_cast<int>(o.action)]++ < generation_.per_action)
                found.narrow.push_back({o.action, i, o.rate});
            units::bit_rate last{};
            double part = 1.0;
            for (int level = 0; level < generation_.rates; ++level, part /= 2) {
                units::bit_rate rate = part * o.rate;
                if (o.step && o.step->si() > 0) rate = math::ceil(rate.si() / o.step->si() - 1e-9) * *o.step;
                if (rate > o.rate) rate = o.rate;
                if (rate == last || !(rate.si() > 0)) continue;
                found.wide.push_back({o.action, i, rate});
                last = rate;
            }
        }
    }

    const survey* survey_ = nullptr;
    request request_{};
    generation generation_{};
    std::vector<row<pool_tag>> pools_{};
    int most_sites_ = 1;
    std::vector<ways> pairs_{};
    std::vector<ways> access_{};
};

} // namespace uonaco::inline UONACO_ABI
