#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

/// A URL's path and query, byte for byte; an empty path is `/`.
struct Target {
  std::string path{};
  std::string query{};
};

[[nodiscard]] Target target_of(std::string_view url);

/// The text with its percent escapes resolved; as it is where that would not be UTF-8.
[[nodiscard]] std::string percent_decoded(std::string_view text);

/// The parts between the separators; one empty part for an empty text.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

}  // namespace segment::inline SEGMENT_ABI::testing::detail
