#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "segment/strict_reading.hpp"
#include "segment/types/json.hpp"
#include "workspace/kinds.hpp"
#include "workspace/snapshot.hpp"

namespace segment::cli::workspace {

/// Everything that is wrong with an item of a list, read as strictly as the library does; nothing
/// for an item that is not an object.
[[nodiscard]] std::vector<JsonFinding> findings_in(const Kind& kind, const Json& item);

/// Whether the request that creates a thing of this kind has such a member.
[[nodiscard]] bool is_taken_by_create(const Kind& kind, std::string_view member);

/// What more than one thing has although it identifies one, an id or a slug: `more than one source
/// has the slug web`. Empty if there is no such thing.
[[nodiscard]] std::string repeated_in(const Snapshot& snapshot);

}  // namespace segment::cli::workspace
