// SPDX-License-Identifier: Apache-2.0
// A JSON document as one flat tape: what is read has passed the syntax checks, what is written cannot be malformed.
// Nothing here recurses, so hostile nesting exhausts no stack, and a value costs 32 bytes plus its text.
#pragma once

#include "../base/assert.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace uonaco::inline UONACO_ABI::io {

enum class json_kind : unsigned char {
    null,
    boolean,
    integer, ///< written without fraction or exponent; its 64 bits are kept
    real,
    string,
    array,
    object,
    unreadable, ///< a problem with it is already on record: readers pass over it in silence
};

class value;

/// Built front to back by the calls below, then read through root(). Thread-safe to read; owns its text.
/// Keys and texts together are limited to 4 GiB, values to 2^32 - 1.
class document {
  public:
    /// Names the member added next: `name`, or `name_suffix`.
    document& key(std::string_view name, std::string_view suffix = {}) {
        next_key_ = static_cast<std::uint32_t>(text_.size());
        text_ += name;
        if (!suffix.empty()) (text_ += '_') += suffix;
        next_key_size_ = static_cast<std::uint32_t>(text_.size()) - next_key_;
        return *this;
    }
    void null() { append(json_kind::null); }
    void unreadable() { append(json_kind::unreadable); }
    void boolean(bool b) { append(json_kind::boolean).bits = b; }
    void integer(std::int64_t n) {
        node& made = append(json_kind::integer);
        made.negative = n < 0;
        made.bits = n < 0 ? 0 - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n);
    }
    void natural(std::uint64_t n) { append(json_kind::integer).bits = n; }
    /// Precondition: x is finite. JSON has no other numbers, and neither has a record.
    void real(double x) {
        UONACO_ASSERT(x - x == 0);
        append(json_kind::real).bits = __builtin_bit_cast(std::uint64_t, x);
    }
    void string(std::string_view s) {
        const std::uint64_t at = text_.size();
        text_ += s;
        append(json_kind::string).bits = at << 32 | s.size();
    }
    void open_array() { open(json_kind::array); }
    void open_object() { open(json_kind::object); }
    void close() {
        UONACO_ASSERT(!open_.empty());
        nodes_[open_.back()].end = static_cast<std::uint32_t>(nodes_.size());
        open_.pop_back();
    }
    /// Adds a copy of a whole value of another document, under the key named last.
    void copy(value from);

    /// Precondition: one value has been built and every array and object is closed.
    value root() const;
    bool empty() const { return nodes_.empty(); }
    std::size_t size() const { return nodes_.size(); }
    std::size_t depth() const { return open_.size(); }

  private:
    friend class value;
    struct node {
        json_kind kind{};
        bool negative = false;
        std::uint32_t key = 0;
        std::uint32_t key_size = 0;
        std::uint32_t end = 0;  // the node after the last one inside this
        std::uint64_t bits = 0; // magnitude, double, or text position and size; for containers the number of children
    };

    node& append(json_kind kind) {
        if (!open_.empty()) ++nodes_[open_.back()].bits;
        const auto end = static_cast<std::uint32_t>(nodes_.size() + 1);
        nodes_.push_back({kind, false, next_key_, next_key_size_, end, 0});
        next_key_size_ = 0;
        return nodes_.back();
    }
    void open(json_kind kind) {
        append(kind);
        open_.push_back(static_cast<std::uint32_t>(nodes_.size() - 1));
    }

    std::vector<node> nodes_{};
    std::vector<std::uint32_t> open_{};
    std::string text_{};
    std::uint32_t next_key_ = 0;
    std::uint32_t next_key_size_ = 0;
};

/// One value inside a document, which must outlive it. Cheap to copy.
class value {
  public:
    json_kind kind() const { return node().kind; }
    bool is(json_kind k) const { return node().kind == k; }
    bool is_number() const { return is(json_kind::integer) || is(json_kind::real); }

    std::string_view key() const { return {document_->text_.data() + node().key, node().key_size}; }
    /// Precondition of each: the kind fits its name.
    bool boolean() const { return UONACO_ASSERT(is(json_kind::boolean)), node().bits != 0; }
    bool negative() const { return node().negative; }
    std::uint64_t magnitude() const { return UONACO_ASSERT(is(json_kind::integer)), node().bits; }
    double number() const {
        UONACO_ASSERT(is_number());
        if (is(json_kind::real)) return __builtin_bit_cast(double, node().bits);
        const auto x = static_cast<double>(node().bits);
        return node().negative ? -x : x;
    }
    std::string_view text() const {
        UONACO_ASSERT(is(json_kind::string));
        return {document_->text_.data() + (node().bits >> 32), static_cast<std::uint32_t>(node().bits)};
    }
    /// Number of elements or members.
    std::size_t size() const {
        return is(json_kind::array) || is(json_kind::object) ? static_cast<std::size_t>(node().bits) : 0;
    }

    class iterator {
      public:
        value operator*() const { return {*document_, at_}; }
        iterator& operator++() {
            at_ = document_->nodes_[at_].end;
            return *this;
        }
        friend bool operator!=(iterator a, iterator b) { return a.at_ != b.at_; }

      private:
        friend class value;
        iterator(const document* d, std::uint32_t at) : document_(d), at_(at) {}
        const document* document_;
        std::uint32_t at_;
    };
    iterator begin() const { return {document_, size() == 0 ? node().end : at_ + 1}; }
    iterator end() const { return {document_, node().end}; }

    /// The first member of that name, or nothing (an empty value). Linear.
    value find(std::string_view name) const {
        for (const value v : *this)
            if (v.key() == name) return v;
        return {};
    }
    /// The element at `index`, or nothing. Linear.
    value element(std::size_t index) const {
        for (const value v : *this)
            if (index-- == 0) return v;
        return {};
    }
    explicit operator bool() const { return document_ != nullptr; }

    value() = default;
    value(const document& d, std::uint32_t at) : document_(&d), at_(at) {}

  private:
    friend class document;
    const document::node& node() const { return document_->nodes_[at_]; }
    const document* document_ = nullptr;
    std::uint32_t at_ = 0;
};

inline value document::root() const {
    UONACO_ASSERT(!nodes_.empty() && open_.empty());
    return {*this, 0};
}

inline void document::copy(value from) {
    UONACO_ASSERT(from.document_ != this);
    const auto first = static_cast<std::uint32_t>(nodes_.size());
    append(from.kind()); // takes the key; the node itself is filled below
    const document& other = *from.document_;
    for (std::uint32_t i = from.at_; i < from.node().end; ++i) {
        node n = other.nodes_[i];
        n.end = n.end - from.at_ + first;
        if (i == from.at_) {
            n.key = nodes_[first].key;
            n.key_size = nodes_[first].key_size;
        } else {
            const std::string_view name = value(other, i).key();
            n.key = static_cast<std::uint32_t>(text_.size());
            text_ += name;
        }
        if (n.kind == json_kind::string) {
            const std::string_view s = value(other, i).text();
            n.bits = std::uint64_t{text_.size()} << 32 | s.size();
            text_ += s;
        }
        if (i == from.at_)
            nodes_[first] = n;
        else
            nodes_.push_back(n);
    }
}

} // namespace uonaco::inline UONACO_ABI::io
