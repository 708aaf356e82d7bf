#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Reads a date as servers write it: the three forms of HTTP (`Mon, 23 Nov 2026 18:00:00 GMT`,
/// `Monday, 23-Nov-26 18:00:00 GMT`, `Mon Nov 23 18:00:00 2026`), mail's with its zones, offsets
/// and comments, JavaScript's (`Mon Nov 23 2026 18:00:00 GMT+0000 (UTC)`), and RFC 3339's. Names
/// are read in any case; without a zone it is UTC; a fraction of a second rounds up.
///
/// \return nothing for anything else.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text);

}  // namespace segment::inline SEGMENT_ABI::detail
