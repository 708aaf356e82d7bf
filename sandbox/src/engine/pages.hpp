#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// How many items a page has by default.
inline constexpr std::size_t default_page_size = 200;

/// The cursor of the page that starts at this item: opaque to clients, base64 of the number.
[[nodiscard]] std::string cursor_of(std::size_t offset);

/// The item that a cursor stands for; nothing for a text that is not a cursor of this sandbox.
[[nodiscard]] std::optional<std::size_t> offset_of(std::string_view cursor);

}  // namespace segment::inline SEGMENT_ABI::sandbox
