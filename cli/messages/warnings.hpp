#pragma once

#include <string_view>

#include "segment/operation.hpp"
#include "segment/schema_mismatch.hpp"

namespace segment::cli {

/// Prints a message, whatever it contains, as one line of standard error that begins with
/// `warning:`.
void warn(std::string_view message);

/// Says what to use instead of an operation that the API deprecates.
void warn_if_deprecated(const Operation& operation);

/// Says on standard error that a list is shorter than the API's own count, which would go unnoticed
/// otherwise.
void warn_of_short_list(const SchemaMismatch& schema_mismatch);

}  // namespace segment::cli
