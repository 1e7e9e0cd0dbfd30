// SPDX-License-Identifier: Apache-2.0
// Writing JSON Schema: the subset that draft-07 and 2020-12 read alike. Nothing here depends on a type.
#pragma once

#include "reader.hpp"

namespace uonaco::inline UONACO_ABI::io {

/// A schema under construction, with the definitions of the records nested in it.
class schema_builder {
  public:
    /// The keyword's name, then its value.
    document& keyword(std::string_view name) { return out_.key(name); }
    void keyword(std::string_view name, std::string_view text) { out_.key(name).string(text); }
    void number_keyword(std::string_view name, double x) { out_.key(name).real(x); }

    void number(const reflect::field& field, const unit& u) {
        keyword("type", "number");
        bounds(extent_of(field, u));
        if (u.symbol[0] != '\0') unit_ = u.symbol;
    }
    void count(const reflect::field& field) {
        keyword("type", "integer");
        bounds(extent_of(field));
        if (field.unbounded && !(field.most < std::numeric_limits<double>::infinity()))
            keyword("maximum").integer(last_count);
    }
    void text(const reflect::field& field) {
        keyword("type", "string");
        if (field.capitals > 0) keyword("pattern", "^[A-Z]{" + std::to_string(field.capitals) + "}$");
    }
    void names(const char* const* names, int size) {
        keyword("type", "string");
        keyword("enum").open_array();
        for (int i = 0; i < size; ++i) out_.string(names[i]);
        out_.close();
    }
    void instant() {
        keyword("type", "string");
        keyword("format", "date-time");
        keyword("pattern", instant_pattern);
    }
    /// True where the nested record of that name is not defined yet: describe it and call end_definition().
    UONACO_LAZY
    bool begin_definition(std::string_view name) {
        for (const definition& d : definitions_)
            if (d.name == name) return false;
        definitions_.push_back({std::string(name), {}});
        outer_.push_back({definitions_.size() - 1, std::move(out_)});
        out_ = {};
        out_.open_object();
        return true;
    }
    UONACO_LAZY
    void end_definition() {
        out_.close();
        definitions_[outer_.back().index].schema = std::move(out_);
        out_ = std::move(outer_.back().interrupted);
        outer_.pop_back();
    }
    /// Wrapped, because draft-07 ignores what stands beside a $ref.
    void reference(std::string_view name) {
        keyword("allOf").open_array();
        out_.open_object();
        keyword("$ref", "#/definitions/" + std::string(name));
        out_.close();
        out_.close();
    }
    /// Written last in a member's schema.
    void finish_unit() {
        if (!unit_.empty()) keyword("x-unit", unit_);
        unit_.clear();
    }
    UONACO_LAZY
    void finish_definitions() {
        if (definitions_.empty()) return;
        keyword("definitions").open_object();
        for (const definition& d : definitions_) out_.key(d.name).copy(d.schema.root());
        out_.close();
    }
    document& out() { return out_; }

  private:
    struct definition {
        std::string name;
        document schema;
    };
    struct suspended {
        std::size_t index; // of the definition that interrupts it
        document interrupted;
    };
    void bounds(const extent& l) {
        const reflect::field& f = l.own;
        if (f.least > -std::numeric_limits<double>::infinity())
            number_keyword(f.least_excluded ? "exclusiveMinimum" : "minimum", f.least);
        if (f.most < std::numeric_limits<double>::infinity())
            number_keyword(f.most_excluded ? "exclusiveMaximum" : "maximum", f.most);
        if (!l.only_zero_is_tiny()) return;
        keyword("not").open_object();
        number_keyword("exclusiveMinimum", 0);
        number_keyword("exclusiveMaximum", l.tiny);
        out_.close();
    }

    document out_{};
    std::vector<definition> definitions_{};
    std::vector<suspended> outer_{};
    std::string unit_{};
};

} // namespace uonaco::inline UONACO_ABI::io
