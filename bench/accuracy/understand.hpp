// SPDX-License-Identifier: Apache-2.0
// What a family understands of a table: columns, units, words, and what must agree. Rows come out with the family's own spellings,
// units and documented defaults; a row that is not understood comes out as a list of problems, never as a guess.
#pragma once

#include "table.hpp"

#include <limits>
#include <string>
#include <vector>

namespace accuracy {

/// Why a cell cannot be taken as it stands, or (a note) what was taken in its place.
struct problem {
    std::string path;
    int line = 0; ///< 1: the heading
    std::string column;
    std::string what; ///< "expected ..., found '...'"
    std::string hint; ///< empty, or what may have been meant

    std::string text() const; ///< "path:line: column 'x': what; hint"
};

/// A word of a column, and how else people write it. Case, blanks and signs do not count.
struct known_word {
    const char* word;
    std::vector<const char*> also{};
};

enum class cell_type {
    text,
    number,
    whole,
    flag, ///< 1, true, yes against 0, false, no
    word
};

inline constexpr double unbounded = std::numeric_limits<double>::max();

struct known_column {
    const char* name;
    cell_type type = cell_type::number;
    /// Taken where the cell is empty or the column missing; null: the row is not understood; "": the family does without.
    const char* otherwise = nullptr;
    double least = -unbounded; ///< of a number without `most` itself not included
    double most = unbounded;
    std::vector<known_word> words{};
};

/// A unit of `published` as predict() gives it, or one that becomes it: published x factor x gpus^devices.
struct known_unit {
    const char* unit;
    std::vector<const char*> spelled; ///< as plain_unit() leaves them
    double factor = 1;
    int devices = 0; ///< +1: a device's share of what the family counts whole; -1: the other way round
};

/// Blanks, signs and synonyms taken out of a unit: "Tokens / sec per GPU" is "tok/s/gpu", "GBps" "gbyte/s", "Gb/s" "gbit/s". All
/// in small letters, "gbps" and "gb/s" stay as they are: bits or bytes is for the family to know.
std::string plain_unit(const std::string& unit);

/// Units of a time as one in `unit`, which is "s" or "us"; also of a step, an iteration, a call.
std::vector<known_unit> units_of_time(const char* unit);

/// Tells what is wrong with a row whose cells are each understood, and what is assumed in it.
class findings {
  public:
    explicit findings(const row& of) : of_(of) {}
    void wrong(const char* column, const std::string& expected, const std::string& hint = "");
    void assumed(const char* column, const std::string& what);
    bool understood() const { return problems_.empty(); }
    const std::vector<problem>& problems() const { return problems_; }
    const std::vector<problem>& notes() const { return notes_; }

  private:
    const row& of_;
    std::vector<problem> problems_, notes_;
};

struct grammar {
    std::vector<known_column> columns; ///< but id, published, unit and source, which all tables have
    std::vector<known_unit> units;
    /// Relations between columns; called where every cell is understood. May be null.
    void (*check)(const row&, findings&) = nullptr;
    const char* unit_otherwise = nullptr; ///< as known_column::otherwise, of the column unit
};

struct understanding {
    table rows; ///< those understood, in the family's spelling; published figures that are no number have been left out
    std::size_t not_scored = 0;
    std::vector<problem> problems; ///< of the rows that are not scored
    std::vector<problem> notes;    ///< of those that are
};

understanding understand(const grammar& g, const table& t);

/// The known name nearest to what was written, or "" where none is near.
std::string nearest(const std::string& written, const std::vector<std::string>& known);
/// "did you mean 'x'?", or "".
std::string did_you_mean(const std::string& written, const std::vector<std::string>& known);
/// Lower-case letters and digits only.
std::string folded(const std::string& text);

} // namespace accuracy
