#pragma once

#include <string>
#include <vector>

#include "segment/types/json.hpp"

namespace segment::cli {

/// One line of CSV according to RFC 4180, with its line break. On a terminal, control characters
/// are spaces, as in a table.
[[nodiscard]] std::string csv_line(const std::vector<std::string>& cells);

/// The values of these members, as a line: a missing value is empty, an object or a list is JSON.
///
/// \param columns the members' names.
[[nodiscard]] std::string csv_line_of(const Json& item, const std::vector<std::string>& columns);

/// The names of all members that the items have, in the order in which they come.
[[nodiscard]] std::vector<std::string> columns_in(const Json::Array& items);

}  // namespace segment::cli
