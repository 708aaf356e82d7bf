#include "segment/types/open_enum.hpp"

#include <algorithm>
#include <span>

#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::detail {

std::size_t find_name(const std::string_view* names, std::size_t count,
                      std::string_view text) noexcept {
  const std::span all(names, count);
  auto found = std::ranges::find(all, text);
  if (found == all.end()) {
    found = std::ranges::find_if(all, [=](auto name) { return same_but_for_case(name, text); });
  }
  return static_cast<std::size_t>(found - all.begin());
}

}  // namespace segment::inline SEGMENT_ABI::detail
