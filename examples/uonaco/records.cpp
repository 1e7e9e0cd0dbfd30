// SPDX-License-Identifier: Apache-2.0
#include "records.hpp"
#include "text.hpp"

#include <uonaco/io/stream.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace program {

namespace io = uonaco::io;

namespace {

struct closer {
    void operator()(std::FILE* f) const {
        if (f != stdin) std::fclose(f);
    }
};
using open_file = std::unique_ptr<std::FILE, closer>;

/// After a call that failed.
rejected_file unreadable(const std::string& name) {
    return {name, {{io::problem_level::syntax, "", "a file that can be read", std::strerror(errno), ""}}};
}

/// One byte more than is accepted is enough to have the loader refuse the rest.
uonaco::basic_result<std::string, rejected_file> read_all(std::FILE* from, const std::string& name) {
    const std::size_t most = io::bounds{}.bytes + 1;
    std::string text;
    char part[1 << 16];
    while (text.size() < most) {
        const std::size_t n = std::fread(part, 1, sizeof part, from);
        text.append(part, n);
        if (n < sizeof part) break;
    }
    if (std::ferror(from)) return unreadable(name);
    return text;
}

std::string name_of(const std::string& file) { return file == "-" ? "stdin" : file; }
open_file opened_input(const std::string& file) {
    return open_file(file == "-" ? stdin : std::fopen(file.c_str(), "rb"));
}

} // namespace

uonaco::basic_result<std::string, rejected_file> read(const std::string& file) {
    const open_file from = opened_input(file);
    if (!from) return unreadable(file);
    return read_all(from.get(), name_of(file));
}

uonaco::basic_result<scenario_record, rejected_file> read_scenario(const std::string& file) {
    const auto text = read(file);
    if (!text) return text.error();
    return scenario_of(*text, name_of(file));
}

uonaco::basic_result<scenario_record, rejected_file> scenario_of(const std::string& text, const std::string& name) {
    auto loaded = io::load<uonaco::scenario>(text);
    if (!loaded) return rejected_file{name, loaded.error()};
    uonaco::scenario& s = *loaded;
    return scenario_record{s.name, s.meta.observed_at, std::move(s.estate), std::move(s.workloads), s.profile};
}

uonaco::basic_result<std::string, rejected_file> check(const std::string& file) {
    const auto text = read(file);
    if (!text) return text.error();
    auto problems = io::validate(*text);
    if (!problems.empty()) return rejected_file{name_of(file), std::move(problems)};
    io::document d;
    io::parse(*text, d, problems, {});
    if (d.root().is(io::json_kind::array)) return "list of " + counted(d.root().size(), "record");
    return std::string(d.root().find("kind").text());
}

checked_stream check_lines(const std::string& file, progress& meter) {
    checked_stream all;
    const std::string name = name_of(file);
    const open_file from = opened_input(file);
    if (!from) {
        all.rejected.push_back(unreadable(name));
        return all;
    }
    std::size_t listed = 0, unlisted = 0, bytes = 0, shown = 0;
    constexpr std::size_t megabyte = 1'000'000;
    const auto read_block = [&](char* to, std::size_t most) {
        const std::size_t n = std::fread(to, 1, most, from.get());
        bytes += n;
        if (bytes / megabyte > shown) meter.reach(std::to_string(shown = bytes / megabyte) + " MB");
        return n;
    };
    const auto refuse_line = [&](std::size_t line, const io::problems& found) {
        if (listed >= io::bounds{}.problems) return void(++unlisted);
        listed += found.size();
        all.rejected.push_back({name, found, line});
    };
    all.records = io::for_each_line(
                      read_block, [](std::size_t, auto&&) {}, refuse_line)
                      .records;
    if (unlisted > 0)
        all.rejected.push_back({name,
                                {{io::problem_level::schema, "", "at most " + std::to_string(listed) + " problems",
                                  "more, in " + counted(unlisted, "further line"), ""}}});
    if (std::ferror(from.get())) all.rejected.push_back(unreadable(name));
    return all;
}

answer refuse(const std::vector<rejected_file>& files, output_format format, const terminal& screen) {
    answer a{exit_status::bad_input, {}, {}};
    io::document d;
    d.open_array();
    for (const rejected_file& f : files) {
        const std::string name = f.line == 0 ? f.file : f.file + ":" + std::to_string(f.line);
        for (const io::problem& p : f.problems) {
            a.err +=
                styled("error: ", style::bad, screen.colour_on_error) + printable(name + ": " + to_string(p)) + "\n";
            d.open_object();
            d.key("file").string(f.file);
            if (f.line > 0) d.key("line").integer(static_cast<long long>(f.line));
            d.key("level").string(to_string(p.level));
            d.key("pointer").string(p.pointer);
            d.key("expected").string(p.expected);
            d.key("found").string(p.found);
            if (!p.hint.empty()) d.key("hint").string(p.hint);
            d.close();
        }
    }
    d.close();
    if (format == output_format::json) {
        a.out = text_of(d);
        a.err.clear();
    }
    return a;
}

std::string schema_of(const std::string& kind) { return io::schema_of(kind); }

const std::vector<std::string>& kinds() {
    static const std::vector<std::string> all = [] {
        const auto names = io::kind_names();
        return std::vector<std::string>(names.begin(), names.end());
    }();
    return all;
}

io::document document_of(const uonaco::decision& d) { return io::to_document(d); }
std::string text_of(const io::document& d) { return io::to_text(d); }

std::string hint(const std::string& word, const std::vector<std::string>& known) {
    std::vector<io::known_key> keys;
    for (const std::string& k : known) keys.push_back({k, {}});
    const std::string sentence = io::suggest(word, keys).sentence;
    return sentence.empty() ? "" : " (" + sentence + ")";
}

} // namespace program
