#pragma once

#include <optional>
#include <string>

#include "segment/types/json.hpp"

namespace segment::cli {

/// The ids that were kept under a key: an object of ids and names, or null where the workspace did
/// not answer. Nothing where they are older than a minute (null: than ten seconds).
[[nodiscard]] std::optional<Json> cached_ids(const std::string& key);

/// Keeps ids below `$XDG_CACHE_HOME`, else `~/.cache`, in a file of mode 0600. Where that fails
/// nothing is kept.
void cache_ids(const std::string& key, const Json& ids);

}  // namespace segment::cli
