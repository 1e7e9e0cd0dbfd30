// SPDX-License-Identifier: Apache-2.0
// A parsed document against a schema, by valijson.
#pragma once

#define VALIJSON_USE_EXCEPTIONS 1 // otherwise it ends the program on what it cannot do

#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace bench {

class valijson_validator {
  public:
    explicit valijson_validator(const nlohmann::json& schema) {
        valijson::SchemaParser parser; // knows draft-07
        parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(schema), schema_);
    }
    /// Without results it stops at the first problem and makes no message: its fastest way.
    bool operator()(const nlohmann::json& document) {
        return validator_.validate(schema_, valijson::adapters::NlohmannJsonAdapter(document), nullptr);
    }

  private:
    valijson::Schema schema_;
    valijson::Validator validator_; // keeps the compiled patterns
};

} // namespace bench
