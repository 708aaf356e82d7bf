#pragma once

#include <string>
#include <vector>

#include "segment/types/json.hpp"
#include "workspace/snapshot.hpp"

namespace segment::cli::workspace {

/// Reads a document as `segment workspace export` writes it: `data` with lists by operation, and
/// those below a thing by the thing's id or name.
///
/// One that was exported (`exportedBy` says so) is read leniently, because it is what the API
/// returned, and a member that it does not name has no value. One that was written by hand is read
/// strictly, may leave out ids, and says nothing about what it does not name.
///
/// \param origin a file's name, for messages.
/// \param misspelt gets a sentence for each member of an export that is unknown but has a name
///        similar to a known one, because the file was edited. Null: they are not looked for.
/// \throws Malformed for what makes no sense, with the place.
[[nodiscard]] Snapshot read_snapshot(const Json& document, std::string origin,
                                     std::vector<std::string>* misspelt = nullptr);

}  // namespace segment::cli::workspace
