#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>

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

}  // namespace segment::inline SEGMENT_ABI::detail
