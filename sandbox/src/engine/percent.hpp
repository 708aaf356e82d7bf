#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// Decodes percent-encoding.
///
/// \param plus_is_space as in a query; not in a path.
/// \return nothing where a percent sign is not followed by two hex digits, or what comes out is not
///         UTF-8.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);

}  // namespace segment::inline SEGMENT_ABI::sandbox
