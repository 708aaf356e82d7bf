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

/// Whether a U means the same as a T: a text is not made of nullptr, a bool only of a bool, a
/// number only of a number, and an integer not of a floating-point value.
template <class U, class T>
constexpr bool keeps_its_meaning() noexcept {
  using From = std::remove_cvref_t<U>;
  if constexpr (std::is_arithmetic_v<T>) {
    const bool are_of_a_kind = std::same_as<From, bool> == std::same_as<T, bool>;
    const bool loses_a_fraction = std::floating_point<From> && std::integral<T>;
    return std::is_arithmetic_v<From> && are_of_a_kind && !loses_a_fraction;
  } else {
    return !std::same_as<From, std::nullptr_t> || !std::convertible_to<T, std::string_view>;
  }
}

/// Whether a member of type T accepts a U: whatever converts to T and keeps its meaning.
template <class U, class T>
concept Fits = std::convertible_to<U, T> && keeps_its_meaning<U, T>();

}  // namespace segment::inline SEGMENT_ABI::detail
