// SPDX-License-Identifier: Apache-2.0
// The estate: one snapshot of everything that exists, compute, network and power side by side.
#pragma once

#include "compute_pool.hpp"
#include "power_state.hpp"
#include "risk_group.hpp"
#include "site.hpp"
#include "storage_pool.hpp"
#include "wan_link.hpp"

namespace uonaco::inline UONACO_ABI {

/// Plain tables; ids tie them together. Value type; concurrent reads are safe.
struct estate {
    std::string currency = "USD"; ///< ISO 4217; what `usd` in keys stands for
    std::vector<site> sites{};
    std::vector<network_node> nodes{};
    std::vector<compute_pool> pools{};
    std::vector<storage_pool> storage{};
    std::vector<dataset> datasets{};
    std::vector<fibre_span> spans{};
    std::vector<wan_link> links{};
    std::vector<tariff> tariffs{};
    std::vector<circuit> circuits{};
    std::vector<power_state> power{};
    std::vector<risk_group> risks{};

    friend bool operator==(const estate&, const estate&) = default;
};

} // namespace uonaco::inline UONACO_ABI
