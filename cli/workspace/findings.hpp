#pragma once

#include <string>
#include <vector>

#include "segment/strict_reading.hpp"
#include "segment/types/json.hpp"
#include "workspace/kinds.hpp"

namespace segment::cli::workspace {

/// Everything that is wrong with a thing of a list, read as strictly as the library does; a thing
/// that is no object has nothing.
[[nodiscard]] std::vector<JsonFinding> findings_in(const Kind& kind, const Json& item);

/// Members of an export that nobody knows and that are nearly called like one that is known:
/// somebody has edited the file. What a newer API has is not among them.
///
/// \return `listSources.0.enabld is unknown and ignored (did you mean enabled?)`
[[nodiscard]] std::vector<std::string> misspelt_in(const Json& document);

}  // namespace segment::cli::workspace
