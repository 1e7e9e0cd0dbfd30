// SPDX-License-Identifier: Apache-2.0
// Records as JSON and JSON Schema, reflection, printing. Needs Boost.Hana and nlohmann/json. Includes the record types only.
#pragma once

#include "io/dump.hpp"
#include "io/kinds.hpp"
#include "io/load.hpp"
#include "io/scenario.hpp"
#include "io/schema.hpp"
#include "reflect/decision.hpp"
#include "reflect/diff.hpp"
#include "reflect/hana.hpp"
#include "reflect/print.hpp"
#include "reflect/resource.hpp"
#include "reflect/workload.hpp"
