// SPDX-License-Identifier: Apache-2.0
// A table of published measurements: comma-separated, quoted where needed, the first line names the columns.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace accuracy {

/// What is wrong with a table, with its place.
struct bad_table : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// What all rows of a table share.
struct heading {
    std::string path;
    std::vector<std::string> columns;
    int column(const char* name) const; ///< -1 if there is none
};

/// One case. Reading a column that the table lacks, or a number that is none, is a bad_table that names file, line and column;
/// what understand() lets through has all columns of its family.
class row {
  public:
    row(std::shared_ptr<const heading> of, int line, std::vector<std::string> cells);

    const std::string& text(const char* column) const;
    double number(const char* column) const;
    int whole(const char* column) const;
    bool flag(const char* column) const; ///< 1, true, True against 0, false, False or nothing
    bool has(const char* column) const;  ///< the column exists and its cell is not empty
    /// As number(), or `otherwise` where the cell is empty or the column missing.
    double number_or(const char* column, double otherwise) const;

    const std::string& id() const { return text("id"); }
    const std::string& path() const { return heading_->path; }
    int line() const { return line_; }
    const std::vector<std::string>& cells() const { return cells_; }
    /// A bad_table: what is wrong with a cell of this row.
    [[noreturn]] void fail(const char* column, const std::string& what) const;

  private:
    std::shared_ptr<const heading> heading_;
    int line_;
    std::vector<std::string> cells_;
};

struct table {
    /// As it stands: lines may have more or fewer cells than the heading.
    static table read(const std::string& path);
    /// The file's name without folder and ".csv".
    std::string name() const;

    std::shared_ptr<const heading> head;
    std::vector<row> rows;
};

} // namespace accuracy
