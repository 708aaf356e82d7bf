#pragma once

#include <string>

#include "segment/operation.hpp"

namespace segment::cli {

/// The message about an operation that the API deprecates, before it is called and in its help;
/// empty for any other operation.
[[nodiscard]] inline std::string deprecation_of(const Operation& operation) {
  if (operation.deprecated.empty()) return {};
  return std::string(operation.id) + " is deprecated: " + std::string(operation.deprecated);
}

}  // namespace segment::cli
