#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "segment/page.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The cursor of a page, in the type of its list: `page-2`, or 2.
///
/// \param number from 1.
template <class Cursor>
[[nodiscard]] Cursor cursor_of_page(std::size_t number) {
  if constexpr (std::integral<Cursor>) {
    return static_cast<Cursor>(number);
  } else {
    return "page-" + std::to_string(number);
  }
}

/// Writes each page's position into it.
template <class PageType>
void number_pages(std::vector<PageType>& pages) {
  using Cursor = typename decltype(std::declval<const PageType&>().next_cursor())::value_type;
  std::int64_t total = 0;
  for (const PageType& page : pages) total += static_cast<std::int64_t>(page.items.size());
  for (std::size_t number = 1; number <= pages.size(); ++number) {
    auto& pagination = pages[number - 1].pagination.emplace();
    pagination.current = cursor_of_page<Cursor>(number);
    if (number < pages.size()) pagination.next = cursor_of_page<Cursor>(number + 1);
    if constexpr (requires { pagination.previous = cursor_of_page<Cursor>(1); }) {
      if (number > 1) pagination.previous = cursor_of_page<Cursor>(number - 1);
    }
    pagination.total_entries = total;
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail
