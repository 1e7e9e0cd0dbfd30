// SPDX-License-Identifier: Apache-2.0
// Records one by one from newline-delimited JSON: as many as there are, in the memory that the longest line takes.
#pragma once

#include "kinds.hpp"

namespace uonaco::inline UONACO_ABI::io {

/// The bounds of one line, where a stream is read: no record of an estate comes near a mebibyte, and in a scenario it stands two levels
/// deeper.
inline constexpr load_options line_options{.bounds = {.bytes = 1u << 20, .depth = bounds{}.depth - 2}};

struct stream_count {
    std::size_t lines = 0;   ///< empty ones included
    std::size_t records = 0; ///< taken
    std::size_t refused = 0; ///< lines with problems

    friend bool operator==(const stream_count&, const stream_count&) = default;
};

namespace detail {

/// Lines of a source that is read in blocks. What is longer than `most` is passed over, and said to be.
template <class Read>
class line_source {
  public:
    line_source(Read& read, std::size_t most) : read_(read), most_(most) {}

    /// False at the end. The line is without its end.
    bool next() {
        line_.clear();
        too_long_ = false;
        for (;;) {
            if (at_ == filled_) {
                filled_ = read_(block_, sizeof block_);
                at_ = 0;
                if (filled_ == 0) return !line_.empty() || too_long_;
            }
            const std::string_view rest(block_ + at_, filled_ - at_);
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            if (too_long_ || line_.size() + end > most_)
                too_long_ = true, line_.clear();
            else
                line_ += rest.substr(0, end);
            at_ += end;
            if (end == rest.size()) continue;
            ++at_;
            return true;
        }
    }
    std::string_view line() const { return line_; }
    bool too_long() const { return too_long_; }

  private:
    Read& read_;
    std::size_t most_;
    char block_[1 << 14];
    std::size_t at_ = 0;
    std::size_t filled_ = 0;
    std::string line_{};
    bool too_long_ = false;
};

/// Reads one record of whatever kind of the list it says it is; take(record) if it is whole.
template <class List, class Take>
problems take_line(std::string_view line, const load_options& options, Take& take) {
    document d;
    problems syntax;
    parse(line, d, syntax, options.bounds);
    if (d.empty()) return syntax;
    reader r(options.bounds.problems, options.ignore_unknown_keys);
    r.inheritable = inheritable(options.bounds);
    for (problem& p : syntax) r.report(std::move(p));
    read_any<List>(r, place(), d.root(), [&](auto&& record) {
        if (r.count() == 0) take(std::move(record));
    });
    return r.take();
}

} // namespace detail

/// Calls take(line number, record&&) for each record of a kind of the list, in order, and refuse(line number, problems) for each line
/// that is none; lines count from 1, blank ones are passed over. `read(char* to, std::size_t most)` gives how many bytes it wrote, 0 at
/// the end. A record whose line has a problem is not handed on; the stream goes on after it. Linear; memory does not grow with the
/// number of lines.
template <class List = kinds, class Read, class Take, class Refuse>
stream_count for_each_line(Read&& read, Take&& take, Refuse&& refuse, const load_options& options = line_options) {
    stream_count count;
    detail::line_source<Read> source(read, options.bounds.bytes);
    const auto taken = [&](auto&& record) {
        ++count.records;
        take(count.lines, std::move(record));
    };
    while (source.next()) {
        ++count.lines;
        problems found;
        if (source.too_long())
            found.push_back({problem_level::syntax, "",
                             "a line of at most " + std::to_string(options.bounds.bytes) + " bytes", "a longer one",
                             ""});
        else if (source.line().find_first_not_of(" \t\r") != std::string_view::npos)
            found = detail::take_line<List>(source.line(), options, taken);
        if (found.empty()) continue;
        ++count.refused;
        refuse(count.lines, found);
    }
    return count;
}

} // namespace uonaco::inline UONACO_ABI::io
