#pragma once

#include <string>
#include <string_view>

#include "segment/types/json.hpp"

namespace segment::cli {

/// A value as YAML, with a final line break. Every text that YAML could take for something else is
/// in quotes.
///
/// \param indent how many spaces each line begins with.
[[nodiscard]] std::string yaml_text(const Json& value, std::size_t indent = 0);

/// The name of a member, as a key of YAML.
[[nodiscard]] std::string yaml_key(std::string_view name);

/// An element of a list, with its dash.
[[nodiscard]] std::string yaml_element(const Json& value, std::size_t indent = 0);

}  // namespace segment::cli
