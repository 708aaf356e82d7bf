#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "segment/detail/describe.hpp"
#include "segment/types/nullable.hpp"

namespace segment::inline SEGMENT_ABI {

/// The position of a page in its list, as the API returns it. Cursors are opaque.
struct Pagination {
  /// The cursor of this page.
  std::string current{};
  /// The cursor of the next page; absent, null or empty on the last.
  Nullable<std::string> next{};
  /// The cursor of the previous page; absent or null on the first.
  Nullable<std::string> previous{};
  /// How many items the whole list has, if the API counted them.
  std::optional<std::int64_t> total_entries{};

  bool operator==(const Pagination&) const = default;
};

namespace detail {

template <>
struct Describe<Pagination> {
  SEGMENT_EXPORT static const Type type;
};

/// The cursor of the next page in its own type; empty if it is absent, null, empty or 0, as on the
/// last page.
[[nodiscard]] inline std::optional<std::string> given_cursor(const Nullable<std::string>& cursor) {
  return cursor && !cursor->empty() ? std::optional(*cursor) : std::nullopt;
}
[[nodiscard]] inline std::optional<std::int64_t> given_cursor(
    const std::optional<std::int64_t>& cursor) {
  return cursor && *cursor > 0 ? cursor : std::nullopt;
}
template <class Position>
[[nodiscard]] auto next_cursor(const std::optional<Position>& pagination) {
  return given_cursor(pagination ? pagination->next : decltype(pagination->next){});
}

}  // namespace detail

/// One page of a list: its items and its position.
template <class T>
struct Page {
  using value_type = T;

  std::vector<T> items{};
  /// Absent if the response did not include it.
  std::optional<Pagination> pagination{};

  /// The cursor of the next page; empty on the last page.
  [[nodiscard]] std::optional<std::string> next_cursor() const {
    return detail::next_cursor(pagination);
  }

  /// How many items the whole list has, if the API counted them.
  [[nodiscard]] std::optional<std::int64_t> total_entries() const {
    if (!pagination) return std::nullopt;
    return pagination->total_entries;
  }

  bool operator==(const Page&) const = default;
};

}  // namespace segment::inline SEGMENT_ABI
