// SPDX-License-Identifier: Apache-2.0
#include "desk.hpp"
#include "text.hpp"
#include "verbs.hpp"

namespace program {

answer schema(const arguments& args, const terminal& screen) {
    if (args.kind.empty()) {
        if (args.format != output_format::json) return {exit_status::done, joined(kinds(), "\n") + "\n", ""};
        uonaco::io::document d;
        d.open_array();
        for (const std::string& kind : kinds()) d.string(kind);
        d.close();
        return {exit_status::done, text_of(d), ""};
    }
    std::string text = schema_of(args.kind);
    if (text.empty())
        return no("there is no kind of record '" + args.kind + "'" + hint(args.kind, kinds()) + "; known are " +
                      joined(kinds()),
                  screen);
    return {exit_status::done, std::move(text), ""};
}

} // namespace program
