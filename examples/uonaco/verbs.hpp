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
answer evaluate(desk& d);
answer place(desk& d);
answer compare(desk& d);
answer explain(desk& d);
answer paths(desk& d);
answer plan(const arguments& args, const terminal& screen);

} // namespace program
