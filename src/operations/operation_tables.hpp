#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeinfo>

#include "json/typed/describe_members.hpp"
#include "segment/operation.hpp"
#include "segment/page.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// How many items a page has, and the whole list by the API's own count; std::nullopt if the API
/// does not count, or only roughly.
struct PageCount {
  std::size_t items = 0;
  std::optional<std::int64_t> total{};
};

/// The counts of a page. Statistics are counted by their parts, and a list without a way back only
/// roughly, so neither count says anything about a page's items.
template <class PageType>
[[nodiscard]] PageCount count_of(const void* page) {
  const auto& of = *static_cast<const PageType*>(page);
  PageCount count{.items = of.items.size()};
  constexpr bool has_text_cursor =
      std::is_same_v<decltype(of.next_cursor()), std::optional<std::string>>;
  if constexpr (std::is_same_v<decltype(of.pagination), std::optional<Pagination>> ||
                !has_text_cursor) {
    constexpr bool is_plain = std::is_same_v<PageType, Page<typename PageType::value_type>>;
    constexpr bool has_id = requires(typename PageType::value_type item) { item.id; };
    if constexpr ((is_plain || has_id) && requires { of.pagination->total_entries; }) {
      if (of.pagination) count.total = of.pagination->total_entries;
    }
  }
  return count;
}

/// The cursor of the next page, as it is sent; std::nullopt after the last.
template <class PageType>
[[nodiscard]] std::optional<std::string> next_cursor_of(const void* page) {
  auto cursor = static_cast<const PageType*>(page)->next_cursor();
  if constexpr (std::is_same_v<decltype(cursor), std::optional<std::string>>) {
    return cursor;
  } else {
    return cursor ? std::optional(std::to_string(*cursor)) : std::nullopt;
  }
}

/// How an operation returns its list in pages.
struct Paging {
  std::string_view count;   // name of the query parameter
  std::string_view cursor;  // name of the query parameter
  std::int64_t max_count;
  /// The cursor of the next page; std::nullopt after the last.
  std::optional<std::string> (*next)(const void* page);
  PageCount (*count_of)(const void* page);
};

/// Makes and destroys a value of a type that only its table knows, for callers without a C++ type:
/// calls by JSON, the sandbox.
struct Lifetime {
  /// The C++ type, against which values passed without their type are checked.
  const std::type_info* type;
  void* (*make)();
  void (*destroy)(void* object) noexcept;
};

template <class T>
inline constexpr Lifetime lifetime_of{
    .type = &typeid(typename Held<T>::type),
    .make = []() -> void* { return new typename Held<T>::type(Held<T>::fresh()); },
    .destroy = [](void* object) noexcept { delete static_cast<typename Held<T>::type*>(object); }};

}  // namespace segment::inline SEGMENT_ABI::detail
