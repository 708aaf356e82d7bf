#pragma once

#include <string>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// A base URL that the token may be sent to, without a slash at its end.
///
/// \throws ConfigurationError unless it is `https://host[:port][/path]`, or the same with `http`
/// and
///         this machine's own address; and where it holds a user, a query or a fragment.
[[nodiscard]] SEGMENT_EXPORT_INTERNAL std::string checked_base_url(std::string_view url);

}  // namespace segment::inline SEGMENT_ABI::detail
