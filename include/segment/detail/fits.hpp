#pragma once

#include <concepts>
#include <type_traits>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Whether a member that holds a T may be given a U: what converts to it, but flags only for flags,
/// numbers only for numbers, and no fraction for a whole number.
template <class U, class T>
concept Fits = std::is_convertible_v<U, T> &&
    (!std::is_arithmetic_v<T> ||
     (std::is_arithmetic_v<std::remove_cvref_t<U>> &&
      std::same_as<std::remove_cvref_t<U>, bool> == std::same_as<T, bool> &&
      (std::floating_point<T> || !std::floating_point<std::remove_cvref_t<U>>)));

}  // namespace segment::inline SEGMENT_ABI::detail
