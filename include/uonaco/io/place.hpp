// SPDX-License-Identifier: Apache-2.0
// Where in a document a reader stands: frames on its own stack, spelled as a JSON pointer only when something is wrong.
#pragma once

#include "../base/config.hpp"

#include <string>
#include <string_view>

namespace uonaco::inline UONACO_ABI::io {

/// Appends one reference token, `~` and `/` escaped (RFC 6901).
inline void append_token(std::string& pointer, std::string_view token) {
    pointer += '/';
    for (const char c : token) {
        if (c == '~')
            pointer += "~0";
        else if (c == '/')
            pointer += "~1";
        else
            pointer += c;
    }
}

/// A step down from `up`: to a member or to an element. Refers to what it is made of; keep the parents alive.
class place {
  public:
    place() = default;
    place(const place& up, std::string_view key) : up_(&up), key_(key) {}
    place(const place& up, std::size_t index) : up_(&up), index_(index), element_(true) {}
    /// A record of a list of records: as much a root as one that is a document of its own.
    explicit place(std::size_t index) : index_(index), element_(true) {}
    place(const place&) = delete;
    place& operator=(const place&) = delete;

    bool root() const { return up_ == nullptr; }
    /// The place above. Precondition: not the root.
    const place& up() const { return *up_; }
    std::string_view key() const { return key_; } ///< of a member
    std::size_t index() const { return index_; }  ///< of an element
    std::string pointer() const {
        if (root() && !element_) return {};
        std::string text = root() ? std::string() : up_->pointer();
        append_token(text, element_ ? std::string_view(std::to_string(index_)) : key_);
        return text;
    }

  private:
    const place* up_ = nullptr;
    std::string_view key_{};
    std::size_t index_ = 0;
    bool element_ = false;
};

} // namespace uonaco::inline UONACO_ABI::io
