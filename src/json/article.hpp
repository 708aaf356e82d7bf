#pragma once

#include <string>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// A kind of JSON as a sentence names it: `an array`, `a JSON object`, `null`.
[[nodiscard]] inline std::string with_article(std::string_view kind) {
  if (kind == "null") return "null";
  const bool vowel = !kind.empty() && std::string_view("aeio").find(kind.front()) != kind.npos;
  return (vowel ? "an " : "a ") + std::string(kind);
}

}  // namespace segment::inline SEGMENT_ABI::detail
