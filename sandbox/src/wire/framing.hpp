#pragma once

#include <httplib.h>

#include <cstddef>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// Looks at what a request says of its own length, before anything of its body is read.
///
/// \return 400 where it cannot be told where the request ends, 413 where that is too far away, zero
///         where all is well.
[[nodiscard]] int framing_problem(const httplib::Request& request, std::size_t max_body_bytes);

/// Whether a body stands behind a request whose method has none: it is not read, so that what comes
/// next on the connection is no request.
[[nodiscard]] bool has_unread_body(const httplib::Request& request);

}  // namespace segment::inline SEGMENT_ABI::sandbox
