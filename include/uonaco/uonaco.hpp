// SPDX-License-Identifier: Apache-2.0
// Everything. Costs the compiler about two seconds a file: prefer the narrow headers, json.hpp in as few files as possible.
#pragma once

#include "core.hpp"
#include "json.hpp"
#include "model.hpp"
#include "network.hpp"
#include "place.hpp"
#include "place/ranges.hpp"
