// SPDX-License-Identifier: Apache-2.0
// The names of network/, for headers that only mention them.
#pragma once

#include "../base/config.hpp"

namespace uonaco::inline UONACO_ABI {

template <class T>
class view;
struct edge;
struct arc;
class graph;
struct path;
struct least_sum;
struct most_width;
template <class Metric>
class basic_dijkstra;
template <class Metric>
class basic_k_shortest;
class row_index;
struct topology_parameters;
struct omission;
struct circuit_route;
struct link_facts;
struct topology;
struct path_option;
struct link_rates;
struct network_rates;
struct option_parameters;

} // namespace uonaco::inline UONACO_ABI
