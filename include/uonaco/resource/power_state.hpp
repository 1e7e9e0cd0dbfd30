// SPDX-License-Identifier: Apache-2.0
// What the grid gives a site: limits, carbon, price and green share, now and over the hours to come.
#pragma once

#include "../record/envelope.hpp"

namespace uonaco::inline UONACO_ABI {

/// Average and marginal intensities answer different questions and are never mixed.
enum class carbon_signal : unsigned char { average, marginal };
template <>
inline constexpr names enum_names<carbon_signal>{"average", "marginal"};

/// What an intensity counts: the whole life of plants and fuel, or what comes out of the stack (Electricity Maps emissionFactorType).
enum class emission_factors : unsigned char { lifecycle, direct };
template <>
inline constexpr names enum_names<emission_factors>{"lifecycle", "direct"};

/// What a grid operator announces (OpenADR ALERT_* and PRICE). It has a meaning for people; what it takes is said by a limit or a price.
enum class grid_event : unsigned char { none, price, emergency, possible_outage, flex_alert };
template <>
inline constexpr names enum_names<grid_event>{"none", "price", "emergency", "possible_outage", "flex_alert"};

/// One interval of a forecast.
struct power_step {
    units::instant start{};
    units::duration duration{};
    maybe<units::carbon_intensity> carbon_intensity{};
    maybe<units::energy_price> energy_price{}; ///< may be negative
    maybe<units::ratio> renewable{};
    maybe<units::ratio> carbon_free{};  ///< renewable and nuclear
    maybe<units::power> supply_limit{}; ///< of the feed, in place of the one outside the forecast
    maybe<uonaco::grid_event> grid_event{};

    friend constexpr bool operator==(const power_step&, const power_step&) = default;
};

/// Of one site, or of every site in a grid zone that has none of its own.
struct power_state {
    power_id id{};
    envelope meta{};
    site_id site{};
    std::string grid_zone{};
    maybe<units::power> supply_limit{};                ///< of the feed, PUE included; outside the forecast
    maybe<uonaco::grid_event> grid_event{};            ///< outside the forecast
    maybe<units::carbon_intensity> carbon_intensity{}; ///< outside the forecast
    uonaco::carbon_signal carbon_signal = uonaco::carbon_signal::average;
    maybe<uonaco::emission_factors> emission_factors{};
    maybe<units::energy_price> energy_price{}; ///< outside the forecast; may be negative
    maybe<units::ratio> renewable{};
    maybe<units::ratio> carbon_free{};  ///< renewable and nuclear; carried, no term reads it
    std::vector<power_step> forecast{}; ///< in order, without gaps
    bool forecast_repeats = false;      ///< the forecast goes on from its beginning, as a typical day does

    friend bool operator==(const power_state&, const power_state&) = default;
};

} // namespace uonaco::inline UONACO_ABI
