// SPDX-License-Identifier: Apache-2.0
// The formats the program translates between. The adapters behind them are compiled in formats.cpp only.
#pragma once

#include <uonaco/io/problem.hpp>

#include <optional>
#include <string>
#include <vector>

namespace program {

/// What a format does not say and uonaco needs, as given on the command line.
struct format_options {
    std::vector<std::string> sites{}; ///< of networks: which nodes are sites; of clusters: the site they stand at
    std::string network{};            ///< of networks: the id of the one that is meant
    std::string zone{};               ///< of the grid
    std::string currency{};           ///< ISO 4217; empty: as the format says
    std::optional<double> unit{};     ///< of capacities that have none, in the exchange unit
    std::optional<double> capacity{}; ///< of links that state none, in the exchange unit
};

struct format_row {
    std::string name{};
    std::string what{};
    bool reads = false, writes = false;
};
const std::vector<format_row>& formats();
/// Names of those that it reads, or writes.
std::vector<std::string> readable_formats();
std::vector<std::string> writable_formats();

struct lost {
    std::string pointer{};
    std::string what{};
};

/// A text in another format and what it lost; or what is wrong with it.
struct conversion {
    std::string text{};
    std::vector<lost> losses{};
    uonaco::io::problems problems{};
};
/// Preconditions: `from` is readable, `to` is writable.
conversion converted(const std::string& text, const std::string& from, const std::string& to,
                     const format_options& options);

/// What is wrong with a document of a readable format.
uonaco::io::problems problems_of(const std::string& text, const std::string& format, const format_options& options);

} // namespace program
