#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

/// The placeholder in a recording for the secret with this number: `~secret-1~`. Its characters
/// need no escapes in JSON or a URL.
[[nodiscard]] inline std::string placeholder(std::size_t number) {
  return "~secret-" + std::to_string(number) + "~";
}

/// The length of the placeholder that the text begins with; 0: it begins with none.
[[nodiscard]] inline std::size_t placeholder_length(std::string_view text) {
  constexpr std::string_view begin = "~secret-";
  if (!text.starts_with(begin)) return 0;
  const std::size_t end = text.find_first_not_of("0123456789", begin.size());
  if (end == begin.size() || end == std::string_view::npos || text[end] != '~') return 0;
  return end + 1;
}

[[nodiscard]] inline bool is_placeholder(std::string_view text) {
  return !text.empty() && placeholder_length(text) == text.size();
}

/// Whether a text could be a key, by its length and characters. Too suspicious for names and
/// sentences, but right for settings.
[[nodiscard]] bool could_be_key(std::string_view text);

/// The forms in which a secret may occur in a text: as it is, percent-encoded, and escaped for
/// JSON.
[[nodiscard]] std::vector<std::string> forms_of(const std::string& secret);

}  // namespace segment::inline SEGMENT_ABI::testing::detail
