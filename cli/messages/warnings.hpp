#pragma once

#include <string_view>

#include "segment/schema_mismatch.hpp"

namespace segment::cli {

/// Says something, whatever stands in it, on a line of standard error that begins with `warning:`.
void warn(std::string_view message);

/// Says on standard error that a list ends short by the API's own count, which nobody sees
/// otherwise.
void warn_of_short_list(const SchemaMismatch& schema_mismatch);

}  // namespace segment::cli
