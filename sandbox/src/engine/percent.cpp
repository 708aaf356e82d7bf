#include "engine/percent.hpp"

#include <algorithm>

#include "http/syntax.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
  std::string spaced(text);
  if (plus_is_space) std::ranges::replace(spaced, '+', ' ');
  std::optional<std::string> decoded = detail::percent_decoded(spaced);
  if (decoded && !detail::is_utf8(*decoded)) decoded.reset();
  return decoded;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
