// SPDX-License-Identifier: Apache-2.0
// How placement is done by those who see one side only: what a joint decision is compared with. Each obeys the hard limits, takes
// its own key and nothing else, and of equals the first; of the batch or the layers divided the faster.
#pragma once

#include "by_key.hpp"

namespace uonaco::inline UONACO_ABI {

namespace detail {
/// Compared from left to right; lower is better.
struct silo_key {
    double first = 0.0;
    double second = 0.0;
    double third = 0.0;
    double cut = 0.0; ///< time of a step where batch or layers may be divided: whoever trains takes the faster
    friend bool operator<(const silo_key& a, const silo_key& b) {
        if (a.first != b.first) return a.first < b.first;
        if (a.second != b.second) return a.second < b.second;
        if (a.third != b.third) return a.third < b.third;
        return a.cut < b.cut;
    }
};

UONACO_LAZY
double cut_time(const ranked& r) { return r.choice.cut ? r.outcome.time.step.si() : 0.0; }
UONACO_LAZY
units::latency delay(const problem& p, const connection& c, unsigned from, unsigned to) {
    if (c.action == network_action::none) return {};
    return p.where().options(from, to)[c.option].latency;
}
/// The connection over which data or users' requests come to the first share that is elsewhere, and its delay.
struct approach {
    connection way{};
    units::latency delay{};
};
UONACO_LAZY
approach approach_of(const problem& p, const candidate& c) {
    const auto target = access_target(p.where(), p.what(), c);
    if (!target) return {};
    const int pair = pair_of_access(p.where(), p.what(), c, target);
    for (int j = 1; j < c.size; ++j)
        for (int i = 0; i < j; ++i)
            if (pair_index(i, j) == pair)
                return {c.pairs[pair], delay(p, c.pairs[pair], p.where().facts(c.shares[i].pool).site,
                                             p.where().facts(c.shares[j].pool).site)};
    return {c.access, delay(p, c.access, p.what().source.value, target.value)};
}
UONACO_LAZY
double access_delay(const problem& p, const candidate& c) { return approach_of(p, c).delay.si(); }
UONACO_LAZY
double spread_delay(const problem& p, const candidate& c) {
    double sum = 0;
    for (int j = 1; j < c.size; ++j)
        for (int i = 0; i < j; ++i)
            sum += delay(p, c.pairs[pair_index(i, j)], p.where().facts(c.shares[i].pool).site,
                         p.where().facts(c.shares[j].pool).site)
                       .si();
    return sum;
}
/// Rental of the devices for one unit of work; a transfer's money. Unknown prices rank last.
UONACO_LAZY
double rental(const problem& p, const ranked& r) {
    const candidate& c = r.choice;
    if (c.size == 0) return r.outcome.money.total ? r.outcome.money.total->si() : 1e300;
    double per_second = 0, first = 0;
    bool alike = p.connects_sites(); // then no rounding tells apart what costs the same for the work
    for (int i = 0; i < c.size; ++i) {
        const row<pool_tag> pool = c.shares[i].pool;
        const auto& price = p.where().world().pools[pool.value].price;
        if (!price) return 1e300;
        per_second += static_cast<double>(c.shares[i].devices) * price->si();
        const double peak = p.where().facts(pool).peak.at(p.what().precision).value_or({}).si();
        const double one = peak > 0 ? price->si() / peak : 1e300;
        if (i == 0) first = one;
        alike = alike && one == first;
    }
    return alike ? first : p.connects_sites() ? per_second / speed(p, c) : per_second;
}
/// In service and creatable, of the links at a site, each once. O(links at the site).
UONACO_LAZY
double attached_rate(const survey& s, unsigned site) {
    double sum = 0;
    const auto& link_of = s.net().edge_link;
    const auto out = s.net().net.out(site);
    const auto in = s.net().net.in(site);
    for (unsigned long i = 0, j = 0; i < out.size() || j < in.size();) { // both are sorted by the row of the link
        const unsigned next_out = i < out.size() ? link_of[out[i].edge] : ~0u;
        const unsigned next_in = j < in.size() ? link_of[in[j].edge] : ~0u;
        const unsigned link = next_out < next_in ? next_out : next_in;
        sum += s.rates().links[link].in_service.si() + s.rates().links[link].creatable.si();
        while (i < out.size() && link_of[out[i].edge] == link) ++i;
        while (j < in.size() && link_of[in[j].edge] == link) ++j;
    }
    return sum;
}
} // namespace detail

/// A compute scheduler: most floating-point operations a second, then the lower rental; whatever network there is.
struct compute_first {
    static constexpr const char* name = "compute_first";
    static constexpr bool existing_only = true;
    UONACO_LAZY
    static detail::silo_key key(const problem& p, const ranked& r) {
        return detail::silo_key{-detail::speed(p, r.choice), detail::rental(p, r), 0.0, detail::cut_time(r)};
    }
    template <class Evaluator>
    result<placement> operator()(const problem& p, const Evaluator& e) const {
        return detail::choose_by_key<compute_first>(p, e);
    }
};

/// A network controller: the best connected place, new circuits included, then the least delay; whatever devices are there.
struct network_first {
    static constexpr const char* name = "network_first";
    static constexpr bool existing_only = false;
    UONACO_LAZY
    static detail::silo_key key(const problem& p, const ranked& r) {
        const candidate& c = r.choice;
        const connection way = detail::approach_of(p, c).way;
        double least = way.action == network_action::none ? 1e300 : way.rate.si();
        for (int i = 0; i < c.size && !p.what().source; ++i) {
            const double rate = detail::attached_rate(p.where(), p.where().facts(c.shares[i].pool).site);
            if (rate < least) least = rate;
        }
        return detail::silo_key{-least, detail::access_delay(p, c) + detail::spread_delay(p, c), -detail::speed(p, c),
                                detail::cut_time(r)};
    }
    template <class Evaluator>
    result<placement> operator()(const problem& p, const Evaluator& e) const {
        return detail::choose_by_key<network_first>(p, e);
    }
};

/// Close to users or data, then close to each other, then the most devices.
struct nearest {
    static constexpr const char* name = "nearest";
    static constexpr bool existing_only = true;
    UONACO_LAZY
    static detail::silo_key key(const problem& p, const ranked& r) {
        return detail::silo_key{detail::access_delay(p, r.choice), detail::spread_delay(p, r.choice),
                                -detail::speed(p, r.choice), detail::cut_time(r)};
    }
    template <class Evaluator>
    result<placement> operator()(const problem& p, const Evaluator& e) const {
        return detail::choose_by_key<nearest>(p, e);
    }
};

/// The lowest rental for the work, then the fewest sites.
struct cheapest {
    static constexpr const char* name = "cheapest";
    static constexpr bool existing_only = true;
    UONACO_LAZY
    static detail::silo_key key(const problem& p, const ranked& r) {
        return detail::silo_key{detail::rental(p, r), static_cast<double>(r.choice.size), -detail::speed(p, r.choice),
                                detail::cut_time(r)};
    }
    template <class Evaluator>
    result<placement> operator()(const problem& p, const Evaluator& e) const {
        return detail::choose_by_key<cheapest>(p, e);
    }
};

} // namespace uonaco::inline UONACO_ABI
