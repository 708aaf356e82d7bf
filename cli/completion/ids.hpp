#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "segment/operation.hpp"

namespace segment::cli {

struct Candidate;

/// A list of things with ids, and what its path is filled with.
struct IdList {
  const Operation* operation = nullptr;
  std::vector<std::string> path{};
};

/// The list of ids for the next argument of a command: for `/sources/{sourceId}` that of
/// `/sources`. Nothing if there is none.
///
/// \param arguments those that were typed before.
[[nodiscard]] std::optional<IdList> list_of_argument(const Operation& operation,
                                                     const std::vector<std::string>& arguments);

/// The list that has the ids of a member called `sourceId`: that of a path which has a parameter of
/// this name. Nothing if there is none, or if its path needs other ids as well.
[[nodiscard]] std::optional<const Operation*> list_of_member(std::string_view member);

/// Adds the ids of a list: from the cache if it is recent enough, otherwise from the workspace. If
/// that does not respond soon, nothing is added.
///
/// \param flags that were typed, for the profile.
void add_ids(const IdList& list, const std::map<std::string, std::string>& flags,
             std::vector<Candidate>& found);

}  // namespace segment::cli
