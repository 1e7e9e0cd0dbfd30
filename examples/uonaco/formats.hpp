// SPDX-License-Identifier: Apache-2.0
// The formats the program translates between. The adapters behind them are compiled in formats.cpp only.
#pragma once

#include <uonaco/io/problem.hpp>

#include <optional>
#include <string>
#include <vector>

namespace program {

/// What a format does not say and uonaco needs, or what of it is meant, as given on the command line.
struct format_options {
    std::vector<std::string> sites{};  ///< of networks: which nodes are sites; of others: the site they are about
    std::string network{};             ///< of networks: the id of the one that is meant
    std::string zone{};                ///< of the grid
    std::string currency{};            ///< ISO 4217; empty: as the format says
    std::optional<double> unit{};      ///< of capacities that have none, in the exchange unit
    std::optional<double> capacity{};  ///< of links that state none, in the exchange unit
    std::string latency_unit{};        ///< of latencies that have none: s, ms, us or ns
    std::vector<std::string> models{}; ///< of devices: TYPE=MODEL, checked
    std::string now{};                 ///< RFC 3339, checked
    std::string route{};               ///< what was asked
    bool cut_at_gap = false;           ///< series end before their first gap
    std::string it_load{};             ///< reference of a measurand
    std::string supply_limit{};        ///< the same
    std::string resource{};            ///< the one that is written, of several
    std::string service{};             ///< whose instances the pools are
    std::optional<double> window{};    ///< over which figures were measured, s
};

struct format_row {
    std::string name{};
    std::string what{};
    bool reads = false, writes = false;
    std::vector<std::string> options_to_read{}, options_to_write{}; ///< "--site"; "--sites" stands for several of it
    /// Whether an option has a meaning for reading it, or for writing it.
    bool takes(const std::string& option, bool reading) const;
    /// Whether it reads for one site at most.
    bool of_one_site() const;
};
const std::vector<format_row>& formats();
/// Precondition: there is one of that name.
const format_row& format_named(const std::string& name);
/// Names of those that it reads, or writes.
std::vector<std::string> readable_formats();
std::vector<std::string> writable_formats();
/// Names of those that an option is for.
std::vector<std::string> formats_with(const std::string& option);
/// The resources of ALTO that are written.
std::vector<std::string> alto_resources();

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
