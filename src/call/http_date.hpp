#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace segment::detail {

/// Reads a date as HTTP and mail write it: `Mon, 23 Nov 2026 18:00:00 GMT`, with or without the
/// day's name, the zone as `GMT`, `UTC`, `UT`, `Z` or an offset such as `+0000`.
///
/// \return nothing for anything else.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text);

}  // namespace segment::detail
