#pragma once

#include <string>

#include "segment/types/json.hpp"
#include "workspace/kinds.hpp"

namespace segment::cli::workspace {

/// An item of a list in the form in which it is compared: only the members of its kind, each in one
/// form, whether it was written as in a response or as in a request.
///
/// \param item an object; for connections and members of groups a text: a source, an address.
/// \param workspace the workspace's name, which the API appends to that of a destination function.
[[nodiscard]] Json normal_form(const Kind& kind, const Json& item, const std::string& workspace);

/// `actions-amplitude` of an item with that in its `metadata`; empty if there is none.
[[nodiscard]] std::string catalog_name_of(const Json& item);

/// Of a function: whether its latest code is deployed.
[[nodiscard]] bool is_deployed(const Json& item);

/// A text member of an object; empty if there is none.
[[nodiscard]] std::string text_in(const Json& object, std::string_view member);

}  // namespace segment::cli::workspace
