// SPDX-License-Identifier: Apache-2.0
#include "formats.hpp"
#include "records.hpp"
#include "table.hpp"
#include "text.hpp"
#include "verbs.hpp"

namespace program {

namespace {

answer list_of_formats(const arguments& args, const terminal& screen) {
    table t{{words_column("format"), words_column("reads"), words_column("writes"), words_column("what")}, {}};
    for (const format_row& f : formats())
        t.rows.push_back({{shown(f.name), shown(f.reads), shown(f.writes), shown(f.what)}});
    if (args.format == output_format::csv) return {exit_status::done, as_csv(t), ""};
    if (args.format != output_format::json) return {exit_status::done, as_text(t, screen), ""};
    uonaco::io::document d;
    d.open_array();
    add_rows(d, t);
    d.close();
    return {exit_status::done, text_of(d), ""};
}

} // namespace

answer convert(const arguments& args, const terminal& screen) {
    if (args.list) return list_of_formats(args, screen);
    const std::string& file = args.files.front();
    const auto text = read(file);
    if (!text) return refuse({text.error()}, args.format, screen);
    const conversion c = converted(*text, args.from, args.to, args.foreign);
    if (!c.problems.empty()) return refuse({{file == "-" ? "stdin" : file, c.problems}}, args.format, screen);
    answer a{exit_status::done, c.text, ""};
    for (const lost& l : c.losses)
        a.err += styled("lost ", style::bad, screen.colour_on_error) +
                 printable((l.pointer.empty() ? "(document)" : l.pointer) + ": " + l.what) + "\n";
    if (args.strict && !c.losses.empty()) a.status = exit_status::negative;
    return a;
}

} // namespace program
