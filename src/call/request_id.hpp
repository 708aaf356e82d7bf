#pragma once

#include <string>

#include "segment/http/request.hpp"
#include "segment/http/response.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// An answer's id for Segment's support, on one line and without the request's token; empty where
/// it has none.
[[nodiscard]] std::string request_id(const http::Response& response, const http::Request& request);

/// Whether a header carries such an id.
[[nodiscard]] SEGMENT_EXPORT_INTERNAL bool is_request_id(std::string_view header_name) noexcept;

}  // namespace segment::inline SEGMENT_ABI::detail
