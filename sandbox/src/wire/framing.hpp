#pragma once

#include <httplib.h>

#include <cstddef>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// Checks what a request says about its own length, before any of its body is read.
///
/// \return 400 if it is unclear where the request ends, 413 if it is too long, 415 if its body is
///         compressed, otherwise zero.
[[nodiscard]] int framing_problem(const httplib::Request& request, std::size_t max_body_bytes);

/// Whether a request has a body although its method has none: it is not read, so what comes next on
/// the connection is not a request.
[[nodiscard]] bool has_unread_body(const httplib::Request& request);

}  // namespace segment::inline SEGMENT_ABI::sandbox
