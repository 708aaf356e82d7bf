#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// A text that is handed in, as a std::string_view but for one thing: a literal 0 and nullptr are
/// no text, where the language would take them for a null pointer to one.
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

/// Whether a member that holds a T may be given a U: what converts to it, but flags only for flags,
/// numbers only for numbers, and no fraction for a whole number.
template <class U, class T>
concept Fits = std::is_convertible_v<U, T> &&
    (!std::is_arithmetic_v<T> ||
     (std::is_arithmetic_v<std::remove_cvref_t<U>> &&
      std::same_as<std::remove_cvref_t<U>, bool> == std::same_as<T, bool> &&
      (std::floating_point<T> || !std::floating_point<std::remove_cvref_t<U>>)));

}  // namespace segment::inline SEGMENT_ABI::detail
