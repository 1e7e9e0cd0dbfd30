// SPDX-License-Identifier: Apache-2.0
// Files in, records out, and what is wrong with files.
#pragma once

#include "answer.hpp"
#include "arguments.hpp"
#include "terminal.hpp"

#include <uonaco/base/result.hpp>
#include <uonaco/decision/decision.hpp>
#include <uonaco/decision/profile.hpp>
#include <uonaco/io/document.hpp>
#include <uonaco/io/problem.hpp>
#include <uonaco/resource/estate.hpp>
#include <uonaco/workload/workload.hpp>

#include <vector>

namespace program {

/// A file, or a line of one, and what is wrong with it.
struct rejected_file {
    std::string file{};
    uonaco::io::problems problems{};
    std::size_t line = 0; ///< from 1 on; 0: it is read as one document
};

/// The text of a file, of stdin for "-"; or why it cannot be read.
uonaco::basic_result<std::string, rejected_file> read(const std::string& file);

/// What a scenario says, without the machinery that reads it.
struct scenario_record {
    std::string name{};
    uonaco::maybe<uonaco::instant> observed_at{};
    uonaco::estate estate{};
    std::vector<uonaco::workload> workloads{};
    uonaco::scoring_profile profile{};
};
uonaco::basic_result<scenario_record, rejected_file> read_scenario(const std::string& file);
/// The same of a text; `name` is what problems call it.
uonaco::basic_result<scenario_record, rejected_file> scenario_of(const std::string& text, const std::string& name);

/// A document of any kind, or a list of records: what it is, or what is wrong.
uonaco::basic_result<std::string, rejected_file> check(const std::string& file);

/// What a stream of one record a line holds, and which of its lines are bad: as many as the loader lists problems of a document, then
/// how many more. Read in the memory of the longest line.
struct checked_stream {
    std::size_t records = 0;
    std::vector<rejected_file> rejected{};
};
checked_stream check_lines(const std::string& file, progress& meter);

/// The answer to files that are not acceptable: problems and nothing else; JSON goes to stdout, text to stderr.
answer refuse(const std::vector<rejected_file>& files, output_format format, const terminal& screen);

/// The JSON Schema of a kind of record; empty if there is none of that name.
std::string schema_of(const std::string& kind);
const std::vector<std::string>& kinds();

/// The document of a decision record, and the text of any document.
uonaco::io::document document_of(const uonaco::decision& d);
std::string text_of(const uonaco::io::document& d);

/// What was meant instead of `word`, if anything is near: " (did you mean greedy?)".
std::string hint(const std::string& word, const std::vector<std::string>& known);

} // namespace program
