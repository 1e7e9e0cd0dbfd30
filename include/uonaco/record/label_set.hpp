// SPDX-License-Identifier: Apache-2.0
// Free words on a record, by key.
#pragma once

#include "../base/config.hpp"

#include <string>
#include <vector>

namespace uonaco::inline UONACO_ABI {

struct label {
    std::string key{};
    std::string value{};

    friend bool operator==(const label&, const label&) = default;
};

/// One value a key, in the order of keys. A vector, since records carry few labels and every include would pay for <map>.
/// Value type; concurrent reads are safe.
class label_set {
  public:
    label_set() = default;
    UONACO_LAZY
    label_set(std::initializer_list<label> all) {
        for (const label& l : all) set(l.key, l.value);
    }

    /// Sets or replaces. O(n); constant behind all keys that are there.
    UONACO_LAZY
    void set(std::string key, std::string value) {
        auto& all = detail::late<UonacoLazy_>(all_);
        auto at = all.empty() || !(all.back().key < key) ? all.begin() : all.end();
        while (at != all.end() && at->key < key) ++at;
        if (at == all.end() || at->key != key) at = all.insert(at, label{static_cast<std::string&&>(key), {}});
        at->value = static_cast<std::string&&>(value);
    }
    /// The value, or null. O(n).
    UONACO_LAZY
    const std::string* find(const std::string& key) const {
        for (const label& l : all_)
            if (l.key == key) return &l.value;
        return nullptr;
    }
    UONACO_LAZY
    void clear() { detail::late<UonacoLazy_>(all_).clear(); }
    bool empty() const { return all_.empty(); }
    unsigned long size() const { return all_.size(); }
    auto begin() const { return all_.begin(); }
    auto end() const { return all_.end(); }
    friend bool operator==(const label_set&, const label_set&) = default;

  private:
    std::vector<label> all_{};
};

} // namespace uonaco::inline UONACO_ABI
