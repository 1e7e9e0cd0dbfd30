// SPDX-License-Identifier: Apache-2.0
// What the program can do. Each verb is one file.
#pragma once

#include "answer.hpp"
#include "arguments.hpp"
#include "terminal.hpp"

namespace program {

struct desk;

answer validate(const arguments& args, const terminal& screen);
answer schema(const arguments& args, const terminal& screen);
answer convert(const arguments& args, const terminal& screen);
answer evaluate(desk& d);
answer place(desk& d);
answer compare(desk& d);
answer explain(desk& d);
answer paths(desk& d);
/// The part of it that is asked with constraints, from node to node.
answer ask_for_paths(desk& d, unsigned from, unsigned to);
answer flows(desk& d);
answer options(desk& d);
answer plan(const arguments& args, const terminal& screen);

} // namespace program
