// SPDX-License-Identifier: Apache-2.0
// Moving data between sites, as asked.
#pragma once

#include "../base/id.hpp"
#include "../record/recovery.hpp"
#include "../units/kinds.hpp"
#include "../units/maybe.hpp"

#include <string>

namespace uonaco::inline UONACO_ABI {

/// A volume from one site to another, and into storage that has room for it; to the best allowed one if no destination is named. Of
/// a destination that is named and lists no storage, the room is not asked.
struct transfer {
    dataset_id data{};             ///< what is moved; or
    maybe<units::volume> volume{}; ///< so much
    site_id from{};                ///< needed without a dataset
    site_id to{};
    uonaco::recovery recovery = uonaco::recovery::selective_repeat;
    maybe<units::volume> window{}; ///< of the sender; unknown: as much as the path holds

    friend bool operator==(const transfer&, const transfer&) = default;
};

} // namespace uonaco::inline UONACO_ABI
