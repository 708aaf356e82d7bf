#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// A string_view parameter that rejects nullptr and a literal 0, both of which convert to a null
/// pointer.
class TextArgument {
 public:
  template <class Text>
  requires(std::convertible_to<const Text&, std::string_view> &&
           !std::same_as<Text, std::nullptr_t>) constexpr TextArgument(const Text& text) noexcept
      : view_(text) {}

  constexpr operator std::string_view() const noexcept { return view_; }

 private:
  std::string_view view_;
};

/// Whether a U would make a text of nullptr.
template <class U, class T>
inline constexpr bool is_null_as_text = std::is_same_v<std::remove_cvref_t<U>, std::nullptr_t>&&
    std::is_convertible_v<T, std::string_view>;

/// Whether a U keeps its meaning as the number or bool T: a bool only from a bool, a number only
/// from a number, and an integer not from a floating-point value.
template <class U, class T>
inline constexpr bool is_same_number = std::is_arithmetic_v<U>&& std::is_same_v<U, bool> ==
                                           std::is_same_v<T, bool> &&
                                       (std::is_floating_point_v<T> ||
                                        !std::is_floating_point_v<U>);

/// Whether a member of type T accepts a U: whatever converts to T, and keeps its meaning.
template <class U, class T>
concept Fits = std::is_convertible_v<U, T> && !is_null_as_text<U, T> &&
               (!std::is_arithmetic_v<T> || is_same_number<std::remove_cvref_t<U>, T>);

}  // namespace segment::inline SEGMENT_ABI::detail
