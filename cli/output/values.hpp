#pragma once

#include <string>

#include "output/format.hpp"
#include "output/output.hpp"
#include "segment/types/json.hpp"

namespace segment::cli {

/// The value as JSON. On a terminal, control characters that JSON allows as they are, and that
/// could play tricks with it, become escapes of the same value.
///
/// \param indent as for `Json::dump`.
[[nodiscard]] std::string json_text(const Json& value, int indent = -1);

/// Prints any value in a format: a list of objects is a table with a column for each member that
/// has one line, an object one with a row for each; a text alone is printed as it is.
void print_value(Output& output, Format format, const Json& value);

}  // namespace segment::cli
