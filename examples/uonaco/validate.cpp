// SPDX-License-Identifier: Apache-2.0
#include "records.hpp"
#include "text.hpp"
#include "verbs.hpp"

#include "table.hpp"

namespace program {

answer validate(const arguments& args, const terminal& screen) {
    std::vector<rejected_file> rejected;
    table accepted{{words_column("file"), words_column("kind")}, {}};
    progress meter(screen, "validate", args.files.size());
    for (const std::string& file : args.files) {
        meter.step(file);
        const auto kind = check(file);
        if (kind)
            accepted.rows.push_back({{shown(file), shown(*kind)}});
        else
            rejected.push_back(kind.error());
    }
    if (!rejected.empty()) return refuse(rejected, args.format, screen);
    if (args.format == output_format::json) return {exit_status::done, "[]\n", ""}; // a list of problems, as ever
    if (args.format == output_format::csv) return {exit_status::done, as_csv(accepted), ""};
    std::string out;
    for (const row& r : accepted.rows)
        out += printable(r.figures[0].text) + ": " + styled("a valid ", style::good, screen.colour) +
               r.figures[1].text + "\n";
    return {exit_status::done, out, ""};
}

} // namespace program
