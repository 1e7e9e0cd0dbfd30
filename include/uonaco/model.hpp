// SPDX-License-Identifier: Apache-2.0
// All models: what the core evaluates with, and the detailed ones of training plans, serving stacks, collectives and fitting.
#pragma once

#include "core.hpp"
#include "model/batch_server.hpp"
#include "model/collective_machine.hpp"
#include "model/disaggregation.hpp"
#include "model/fabric.hpp"
#include "model/fit.hpp"
#include "model/local_sgd.hpp"
#include "model/multi_slice.hpp"
#include "model/pipeline.hpp"
#include "model/plan_search.hpp"
#include "model/serving_stack.hpp"
#include "model/sharded_step.hpp"
#include "model/sustained.hpp"
#include "model/training_stack.hpp"
#include "model/training_step.hpp"
#include "model/transformer_work.hpp"
