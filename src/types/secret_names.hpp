#pragma once

#include <string>
#include <string_view>

#include "segment/version.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// A name without case and separators: `api_key`, `API-Key` and `apiKey` are all `apikey`.
[[nodiscard]] inline std::string bare_name(std::string_view name) {
  std::string bare;
  for (char c : name) {
    c = lower(c);
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) bare += c;
  }
  return bare;
}

}  // namespace segment::inline SEGMENT_ABI::detail
