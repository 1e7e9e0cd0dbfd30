// SPDX-License-Identifier: Apache-2.0
// Where the output goes: how wide it is, whether it shows colour, and how far along we are.
#pragma once

#include <string>
#include <string_view>

namespace program {

/// How a piece of text is set off. Without colour every style is plain.
enum class style : unsigned char { plain, strong, good, bad, faint };

/// The two output streams. Value type; `detect` is the only place that asks the environment.
struct terminal {
    int width = 120;
    bool colour = false;          ///< on stdout
    bool colour_on_error = false; ///< on stderr
    bool live = false;            ///< stderr is a terminal: progress may be shown

    static terminal detect();
};

/// `text` in a style, or as it is where `colour` is false.
std::string styled(std::string_view text, style how, bool colour);

/// A line on stderr that is rewritten in place and leaves no trace. Silent unless the terminal is live.
class progress {
  public:
    progress(const terminal& screen, std::string what, unsigned long total);
    ~progress();
    progress(const progress&) = delete;
    progress& operator=(const progress&) = delete;
    void step(std::string_view item);
    /// How far the item of the last step has come.
    void reach(std::string_view how_far);

  private:
    void show(const std::string& end) const;

    bool live_;
    std::string what_;
    std::string item_{};
    unsigned long total_;
    unsigned long at_ = 0;
};

} // namespace program
