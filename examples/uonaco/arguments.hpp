// SPDX-License-Identifier: Apache-2.0
// What was asked for on the command line.
#pragma once

#include "answer.hpp"
#include "formats.hpp"
#include "network_questions.hpp"
#include "policies.hpp"

#include <uonaco/decision/profile.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace program {

enum class verb : unsigned char {
    validate,
    schema,
    evaluate,
    place,
    compare,
    explain,
    paths,
    flows,
    options,
    plan,
    convert
};
enum class output_format : unsigned char { table, json, csv };

struct arguments {
    verb what = verb::validate;
    std::vector<std::string> files{}; ///< "-" is stdin
    output_format format = output_format::table;
    std::string kind{};       ///< schema
    std::string from{}, to{}; ///< paths, options: nodes; convert: formats
    std::string as{};         ///< validate: a format; empty: records
    bool lines = false;       ///< validate: a record a line, whatever a file is called
    format_options foreign{}; ///< validate, convert
    bool list = false;        ///< convert: the formats instead
    bool strict = false;      ///< convert: losses are a negative answer
    int paths = 3;
    std::string at{};              ///< options: RFC 3339, checked; empty: now
    std::optional<double> hours{}; ///< options: for so long
    std::optional<double> rate{};  ///< options: in the exchange unit
    bool disjoint = false;         ///< options: pairs of ways
    path_question path{};
    flow_question flow{};
    std::vector<std::string> demands{}; ///< plan: A:B=RATE, as written
    double percentile = 0.95;
    bool protect = false;
    std::optional<double> latency{}; ///< in the exchange unit
    int iterations = 4000;
    std::string workload{}; ///< empty: all
    std::optional<uonaco::preset> profile{};
    std::optional<policy> heuristic{};
    std::vector<std::string> candidates{}; ///< as written
    std::string against{};                 ///< explain: another placement's number or a policy
    int top = 20;                          ///< evaluate: 0 is all
    std::optional<double> carbon_price{};  ///< in the exchange unit
    std::optional<int> max_sites{};
    long long device_step = 1; ///< of the optimum's device counts
    std::string now{};         ///< RFC 3339, checked
    long long seed = 0;
};

/// The arguments, or the answer that is due at once: help, version, wrong usage.
std::variant<arguments, answer> parse_arguments(int argc, char** argv);

} // namespace program
