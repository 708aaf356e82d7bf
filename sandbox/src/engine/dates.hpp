#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// A date in the format of HTTP and mail.
///
/// \param zone the name of UTC: `GMT` in HTTP, `+0000` in mail.
[[nodiscard]] std::string dated(std::chrono::system_clock::time_point when, std::string_view zone);

}  // namespace segment::inline SEGMENT_ABI::sandbox
