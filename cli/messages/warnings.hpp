#pragma once

#include <string_view>

#include "segment/operation.hpp"
#include "segment/schema_mismatch.hpp"

namespace segment::cli {

/// Says something, whatever stands in it, on a line of standard error that begins with `warning:`.
void warn(std::string_view message);

/// Says what to use instead of an operation that the API deprecates.
void warn_if_deprecated(const Operation& operation);

/// Says on standard error that a list ends short by the API's own count, which nobody sees
/// otherwise.
void warn_of_short_list(const SchemaMismatch& schema_mismatch);

}  // namespace segment::cli
