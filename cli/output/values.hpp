#pragma once

#include "output/format.hpp"
#include "output/output.hpp"
#include "segment/types/json.hpp"

namespace segment::cli {

/// Prints any value in a format: a list of objects is a table with a column for each member that
/// has one line, an object one with a row for each; a text alone is printed as it is.
void print_value(Output& output, Format format, const Json& value);

}  // namespace segment::cli
