// SPDX-License-Identifier: Apache-2.0
// The terms that ship: each a field of the outcome over a reference of its dimension.
#pragma once

#include "term.hpp"

#include "../units/literals.hpp"

namespace uonaco::inline UONACO_ABI::terms {

/// Money, carbon and time in one currency: the default objective. Unknown prices count as the dearest known (valuation).
struct full_cost {
    static constexpr const char* name = "full cost";
    units::money reference = 1_usd;
    template <class Rep>
    constexpr scalar<Rep> cost(const outcome<Rep>& o) const {
        return scalar<Rep>(o.full_cost / reference);
    }
};

struct completion_time {
    static constexpr const char* name = "completion time";
    units::duration reference = 1_h;
    template <class Rep>
    constexpr scalar<Rep> cost(const outcome<Rep>& o) const {
        return scalar<Rep>(o.time.completion / reference);
    }
};

/// All that is paid. A candidate with an unknown price cannot be ranked by it.
struct money {
    static constexpr const char* name = "money";
    static constexpr on_unknown unknown = on_unknown::exclude;
    units::money reference = 1_usd;
    template <class Rep>
    constexpr maybe<scalar<Rep>> cost(const outcome<Rep>& o) const {
        return maybe<scalar<Rep>>::where(o.money.total.known(), scalar<Rep>(o.money.total.value_or({}) / reference));
    }
};

/// IT and transport energy.
struct energy {
    static constexpr const char* name = "energy";
    static constexpr on_unknown unknown = on_unknown::ignore;
    units::energy reference = 1_kWh;
    template <class Rep>
    constexpr maybe<scalar<Rep>> cost(const outcome<Rep>& o) const {
        return maybe<scalar<Rep>>::where(o.energy.it.known(),
                                         scalar<Rep>((o.energy.it.value_or({}) + o.energy.transport) / reference));
    }
};

struct carbon {
    static constexpr const char* name = "carbon";
    static constexpr on_unknown unknown = on_unknown::ignore;
    units::carbon_mass reference = 1_kg;
    template <class Rep>
    constexpr maybe<scalar<Rep>> cost(const outcome<Rep>& o) const {
        return maybe<scalar<Rep>>::where(o.energy.carbon.known(),
                                         scalar<Rep>(o.energy.carbon.value_or({}) / reference));
    }
};

/// Time in which not everything that is used is up. A candidate whose availability is not known cannot be ranked by it.
struct unavailability {
    static constexpr const char* name = "unavailability";
    static constexpr on_unknown unknown = on_unknown::exclude;
    units::ratio reference = 1e-3;
    template <class Rep>
    constexpr maybe<scalar<Rep>> cost(const outcome<Rep>& o) const {
        return maybe<scalar<Rep>>::where(o.reliability.joint.known(),
                                         scalar<Rep>((1.0 - o.reliability.joint.value_or({})) / reference));
    }
};

/// Time to the first token at the objective's percentile; 0 for what is no service.
struct first_token {
    static constexpr const char* name = "time to first token";
    units::latency reference = 100_ms;
    template <class Rep>
    constexpr scalar<Rep> cost(const outcome<Rep>& o) const {
        return scalar<Rep>(o.time.first_token / reference);
    }
};

/// Requests outside their objective.
struct violations {
    static constexpr const char* name = "SLO violations";
    units::ratio reference = 0.01;
    template <class Rep>
    constexpr scalar<Rep> cost(const outcome<Rep>& o) const {
        return scalar<Rep>((1.0 - o.reliability.attainment) / reference);
    }
};

} // namespace uonaco::inline UONACO_ABI::terms
