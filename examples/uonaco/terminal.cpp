// SPDX-License-Identifier: Apache-2.0
#include "terminal.hpp"
#include "text.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#if defined(__unix__) || defined(__APPLE__)
#include <sys/ioctl.h>
#include <unistd.h>
#endif

namespace program {

namespace {

bool is_terminal(std::FILE* stream) {
#if defined(__unix__) || defined(__APPLE__)
    return isatty(fileno(stream)) == 1;
#else
    return stream == nullptr;
#endif
}

int columns_of_stdout() {
#if defined(__unix__) || defined(__APPLE__)
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) return size.ws_col;
#endif
    return 0;
}

bool is_set(const char* variable) {
    const char* value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

bool is_dumb() {
    const char* kind = std::getenv("TERM");
    return kind != nullptr && std::string_view(kind) == "dumb";
}
bool wants_colour() { return !is_set("NO_COLOR") && !is_dumb(); }

} // namespace

terminal terminal::detect() {
    terminal t;
    t.live = is_terminal(stderr) && !is_dumb();
    t.colour = is_terminal(stdout) && wants_colour();
    t.colour_on_error = is_terminal(stderr) && wants_colour();
    const int columns = columns_of_stdout();
    if (columns >= 40) t.width = columns < 200 ? columns : 200;
    return t;
}

std::string styled(std::string_view text, style how, bool colour) {
    const char* const codes[] = {"", "\033[1m", "\033[32m", "\033[31m", "\033[2m"};
    if (!colour || how == style::plain) return std::string(text);
    return codes[static_cast<int>(how)] + std::string(text) + "\033[0m";
}

progress::progress(const terminal& screen, std::string what, unsigned long total)
    : live_(screen.live), what_(std::move(what)), total_(total) {}

progress::~progress() {
    if (live_ && at_ > 0) std::fputs("\r\033[K", stderr);
}

void progress::step(std::string_view item) {
    ++at_;
    if (!live_) return;
    item_ = printable(item);
    show("");
}

void progress::reach(std::string_view how_far) {
    if (live_) show(" " + printable(how_far));
}

void progress::show(const std::string& end) const {
    const std::string line = what_ + " " + std::to_string(at_) + "/" + std::to_string(total_) + " " + item_;
    constexpr std::size_t width = 78;
    std::fprintf(stderr, "\r\033[K%s%s", line.substr(0, width - std::min(width, end.size())).c_str(), end.c_str());
    std::fflush(stderr);
}

} // namespace program
