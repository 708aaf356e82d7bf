#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "segment/types/json.hpp"

namespace segment::cli {

/// Rows under headings, for people.
struct Table {
  std::vector<std::string> headings{};
  std::vector<std::vector<std::string>> rows{};  // each as long as the headings

  /// As text in columns. What does not fit into the width is left out: first long cells are cut,
  /// then the last columns are dropped, which a last line names. Control characters become spaces.
  [[nodiscard]] std::string text(std::size_t width) const;
};

/// A value in one cell: a dash if there is none.
[[nodiscard]] std::string cell_of(const Json* value);

/// The members of an object, a row for each.
[[nodiscard]] Table members_of(const Json& object);

/// The text of a table that comes in parts. The first part says how wide the columns are; longer
/// cells that come later are cut if the width is limited, otherwise they widen their row.
class GrowingTable {
 public:
  explicit GrowingTable(std::size_t width) : width_(width) {}

  /// The text of the next rows, below that of the headings the first time.
  [[nodiscard]] std::string add(const Table& part);

  /// The line below the last row, which names the columns that do not fit; empty if all do.
  [[nodiscard]] std::string end() const;

 private:
  std::size_t width_;
  std::vector<std::size_t> columns_{};   // how wide each is; none before the first part
  std::vector<std::string> left_out_{};  // the headings of those that do not fit
};

}  // namespace segment::cli
