// SPDX-License-Identifier: Apache-2.0
// Every declaration names every member of its record, and models boost::hana::Struct.
#include <uonaco/io/kinds.hpp>

#include <boost/hana/concept/struct.hpp>

namespace {

using namespace uonaco;

template <class... Records>
constexpr bool declared() {
    return ((reflect::complete<Records> && boost::hana::Struct<Records>::value) && ...);
}

static_assert(declared<envelope, accuracy, security>());
static_assert(
    declared<location, site, network_node, peak_flops, compute_pool, storage_pool, dataset, fibre_span, provisioning,
             wan_link, wan_path, tariff, circuit, power_step, power_state, risk_group, estate>());
static_assert(declared<device_need, locality, limits, training, language_model, service_objective, inference, session,
                       transfer, workload, profile_term, scoring_profile>());
static_assert(declared<time_outcome<double>, money_outcome<double>, energy_outcome<double>, reliability_outcome<double>,
                       outcome<double>, assignment, network_step, contribution, constraint_check, alternative, decision,
                       reservation, cats_metric>());
static_assert(declared<scenario>());

static_assert(reflect::name_of<compute_pool> == "compute_pool");
static_assert(reflect::name_of<outcome<double>> == "outcome");
static_assert(!reflect::reflected<int> && !reflect::reflected<candidate>);
static_assert(io::record_kind<site> && io::record_kind<const site> == io::record_kind<const site>);
static_assert(!io::record_kind<location>, "a record without an envelope is never a document");
static_assert(io::exchanged<maybe<units::bit_rate>> && io::exchanged<std::vector<site_id>> && io::exchanged<location>);
static_assert(!io::exchanged<candidate>, "rows of an estate are not exchanged: decisions are");

} // namespace
