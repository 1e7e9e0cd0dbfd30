// SPDX-License-Identifier: Apache-2.0
// How far two places are apart: the last resort for a link whose length nobody stated.
#pragma once

#include "../base/math.hpp"
#include "../resource/site.hpp"

namespace uonaco::inline UONACO_ABI {

/// Along the great circle on a sphere of the Earth's mean radius, 6371.0088 km (IUGG R1; the ellipsoid differs by up to
/// 0.6 %), by the haversine, which is exact for near points too (R. W. Sinnott, Sky and Telescope 68(2), 1984).
UONACO_LAZY
units::distance great_circle(location a, location b) {
    constexpr double radian = math::pi / 180.0;
    const double north = math::sin((b.lat - a.lat) * radian / 2);
    const double east = math::sin((b.lon - a.lon) * radian / 2);
    const double h = north * north + math::cos(a.lat * radian) * math::cos(b.lat * radian) * east * east;
    return units::distance::from_si(2 * 6371008.8 * math::asin(h < 1 ? math::sqrt(h) : 1.0));
}

} // namespace uonaco::inline UONACO_ABI
