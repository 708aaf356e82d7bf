#pragma once

#include <vector>

#include "segment/strict_reading.hpp"
#include "segment/types/json.hpp"
#include "workspace/kinds.hpp"

namespace segment::cli::workspace {

/// Everything that is wrong with an item of a list, read as strictly as the library does; nothing
/// for an item that is not an object.
[[nodiscard]] std::vector<JsonFinding> findings_in(const Kind& kind, const Json& item);

}  // namespace segment::cli::workspace
