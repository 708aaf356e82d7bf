#pragma once

#include <span>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The name that was probably meant by a mistyped one: it differs in case and separators alone, or
/// in few letters.
///
/// \return empty where no name is near.
[[nodiscard]] SEGMENT_EXPORT_INTERNAL std::string_view nearest_name(
    std::string_view typed, std::span<const std::string_view> names);

}  // namespace segment::inline SEGMENT_ABI::detail
