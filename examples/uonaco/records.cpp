// SPDX-License-Identifier: Apache-2.0
#include "records.hpp"
#include "text.hpp"

#include <uonaco/io/kinds.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace program {

namespace io = uonaco::io;

namespace {

struct closer {
    void operator()(std::FILE* f) const { std::fclose(f); }
};

rejected_file unreadable(const std::string& file, const std::string& expected, const std::string& found) {
    return {file, {{io::problem_level::syntax, "", expected, found, ""}}};
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
    if (std::ferror(from)) return unreadable(name, "a file that can be read", std::strerror(errno));
    return text;
}

std::string name_of(const std::string& file) { return file == "-" ? "stdin" : file; }

} // namespace

uonaco::basic_result<std::string, rejected_file> read(const std::string& file) {
    if (file == "-") return read_all(stdin, name_of(file));
    const std::unique_ptr<std::FILE, closer> opened(std::fopen(file.c_str(), "rb"));
    if (!opened) return unreadable(file, "a file that can be read", std::strerror(errno));
    return read_all(opened.get(), file);
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

answer refuse(const std::vector<rejected_file>& files, output_format format, const terminal& screen) {
    answer a{exit_status::bad_input, {}, {}};
    io::document d;
    d.open_array();
    for (const rejected_file& f : files) {
        for (const io::problem& p : f.problems) {
            a.err +=
                styled("error: ", style::bad, screen.colour_on_error) + printable(f.file + ": " + to_string(p)) + "\n";
            d.open_object();
            d.key("file").string(f.file);
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
