// SPDX-License-Identifier: Apache-2.0
// Storage at a site, and the data that lies in it.
#pragma once

#include "../record/envelope.hpp"

namespace uonaco::inline UONACO_ABI {

struct storage_pool {
    storage_id id{};
    envelope meta{};
    site_id site{};
    units::volume capacity{};
    maybe<units::volume> free{};               ///< at most the capacity
    maybe<units::memory_rate> read_rate{};     ///< of the whole pool
    maybe<units::volume_price> egress_price{}; ///< for each byte that leaves the site

    friend bool operator==(const storage_pool&, const storage_pool&) = default;
};

/// Data with a place and a volume.
struct dataset {
    dataset_id id{};
    envelope meta{};
    site_id site{};
    storage_id storage{}; ///< empty: some storage of the site whose read rate is not known
    units::volume volume{};

    friend bool operator==(const dataset&, const dataset&) = default;
};

} // namespace uonaco::inline UONACO_ABI
