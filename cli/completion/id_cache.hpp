#pragma once

#include <optional>
#include <string>

#include "segment/types/json.hpp"

namespace segment::cli {

/// The ids that were kept under a key: an object of ids and names, or null if the workspace did not
/// respond. Nothing if they are older than a minute (null: ten seconds).
[[nodiscard]] std::optional<Json> cached_ids(const std::string& key);

/// Keeps ids below `$XDG_CACHE_HOME`, otherwise `~/.cache`, in a file of mode 0600. If that fails,
/// nothing is kept.
void cache_ids(const std::string& key, const Json& ids);

}  // namespace segment::cli
