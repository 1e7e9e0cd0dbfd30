// SPDX-License-Identifier: Apache-2.0
// Candidates, heuristics, the ledger, explanations. Includes core.hpp.
#pragma once

#include "core.hpp"
#include "place/candidates.hpp"
#include "place/describe.hpp"
#include "place/explain.hpp"
#include "place/heuristic.hpp"
#include "place/heuristics/exhaustive.hpp"
#include "place/heuristics/greedy.hpp"
#include "place/heuristics/optimum.hpp"
#include "place/heuristics/silos.hpp"
#include "place/place.hpp"
#include "place/placement.hpp"
#include "place/problem.hpp"
#include "place/search.hpp"
#include "place/whole_space.hpp"
#include "reserve/ledger.hpp"
