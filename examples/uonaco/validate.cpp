// SPDX-License-Identifier: Apache-2.0
#include "records.hpp"
#include "text.hpp"
#include "verbs.hpp"

#include "table.hpp"

namespace program {

namespace {

uonaco::basic_result<std::string, rejected_file> check_as(const std::string& format, const std::string& file,
                                                          const format_options& options) {
    const auto text = read(file);
    if (!text) return text.error();
    auto problems = problems_of(*text, format, options);
    if (!problems.empty()) return rejected_file{file == "-" ? "stdin" : file, std::move(problems)};
    return format + " document";
}

bool ends_in(const std::string& text, std::string_view end) {
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}
/// Whether a file is read as a record a line.
bool is_stream(const arguments& args, const std::string& file) {
    return args.lines || (args.as.empty() && (ends_in(file, ".ndjson") || ends_in(file, ".jsonl")));
}

} // namespace

answer validate(const arguments& args, const terminal& screen) {
    std::vector<rejected_file> rejected;
    table accepted{{words_column("file"), words_column("kind")}, {}};
    progress meter(screen, "validate", args.files.size());
    for (const std::string& file : args.files) {
        meter.step(file);
        if (is_stream(args, file)) {
            const checked_stream s = check_lines(file, meter);
            rejected.insert(rejected.end(), s.rejected.begin(), s.rejected.end());
            if (s.rejected.empty())
                accepted.rows.push_back({{shown(file), shown("stream of " + counted(s.records, "record"))}});
            continue;
        }
        const auto kind = args.as.empty() ? check(file) : check_as(args.as, file, args.foreign);
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
