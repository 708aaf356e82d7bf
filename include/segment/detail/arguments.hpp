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

/// Whether a member of type T accepts a U: whatever converts to T, but a text not from nullptr, a
/// bool only from a bool, a number only from a number, and an integer not from a floating-point
/// value.
template <class U, class T>
concept Fits = std::is_convertible_v<U, T> && !(
    std::same_as<std::remove_cvref_t<U>, std::nullptr_t> &&
    std::is_convertible_v<T, std::string_view>)&&(!std::is_arithmetic_v<T> ||
                                                  (std::is_arithmetic_v<std::remove_cvref_t<U>> &&
                                                   std::same_as<std::remove_cvref_t<U>, bool> ==
                                                       std::same_as<T, bool> &&
                                                   (std::floating_point<T> ||
                                                    !std::floating_point<std::remove_cvref_t<U>>)));

}  // namespace segment::inline SEGMENT_ABI::detail
