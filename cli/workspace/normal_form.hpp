#pragma once

#include <string>

#include "segment/types/json.hpp"
#include "workspace/kinds.hpp"

namespace segment::cli::workspace {

/// What a list has of one thing, as it is compared: only the members of its kind, each in one form,
/// whether it was written as a response or as a request.
///
/// \param item an object, or of connections and members of groups a text: a source, an address.
/// \param workspace the workspace's name, which the API appends to that of a destination function.
[[nodiscard]] Json normal_form(const Kind& kind, const Json& item, const std::string& workspace);

/// `actions-amplitude` of an item with that in its `metadata`; empty where there is nothing.
[[nodiscard]] std::string catalog_name_of(const Json& item);

/// A text member of an object; empty where there is none.
[[nodiscard]] std::string text_in(const Json& object, std::string_view member);

}  // namespace segment::cli::workspace
