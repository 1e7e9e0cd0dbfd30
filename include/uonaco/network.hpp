// SPDX-License-Identifier: Apache-2.0
// The network floor by itself: graphs, paths, and what connects two sites.
#pragma once

#include "network/dijkstra.hpp"
#include "network/fwd.hpp"
#include "network/geodesy.hpp"
#include "network/graph.hpp"
#include "network/k_shortest.hpp"
#include "network/options.hpp"
#include "network/path.hpp"
#include "network/path_option.hpp"
#include "network/rates.hpp"
#include "network/topology.hpp"
