// SPDX-License-Identifier: Apache-2.0
// uonaco: the library as a program. Built on its public interface only.
#include "desk.hpp"
#include "verbs.hpp"

#include <cstdio>
#include <exception>

namespace program {

namespace {

answer run(const arguments& args, const terminal& screen) {
    if (args.what == verb::validate) return validate(args, screen);
    if (args.what == verb::schema) return schema(args, screen);
    if (args.what == verb::convert) return convert(args, screen);
    if (args.what == verb::plan) return plan(args, screen);
    const auto opened = open_desk(args, screen);
    if (const auto* refused = std::get_if<answer>(&opened)) return *refused;
    desk& d = *std::get<std::unique_ptr<desk>>(opened);
    if (args.what == verb::paths) return paths(d);
    if (args.what == verb::flows) return flows(d);
    if (args.what == verb::options) return options(d);
    answer a = args.what == verb::evaluate  ? evaluate(d)
               : args.what == verb::place   ? place(d)
               : args.what == verb::explain ? explain(d)
                                            : compare(d);
    if (d.workloads.empty()) {
        a.status = d.nothing_asked.status;
        a.err = d.nothing_asked.err;
    }
    return a;
}

bool write(const std::string& text, std::FILE* to) {
    return std::fwrite(text.data(), 1, text.size(), to) == text.size() && std::fflush(to) == 0;
}

int deliver(const answer& a) {
    write(a.err, stderr);
    if (write(a.out, stdout)) return static_cast<int>(a.status);
    std::perror("uonaco: cannot write the answer");
    return static_cast<int>(exit_status::internal);
}

} // namespace

} // namespace program

int main(int argc, char** argv) {
    try {
        const auto parsed = program::parse_arguments(argc, argv);
        if (const auto* due = std::get_if<program::answer>(&parsed)) return program::deliver(*due);
        return program::deliver(program::run(std::get<program::arguments>(parsed), program::terminal::detect()));
    } catch (const std::exception& e) {
        std::fprintf(stderr, "uonaco: internal error: %s\n", e.what());
        return static_cast<int>(program::exit_status::internal);
    }
}
