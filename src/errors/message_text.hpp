#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "segment/http/request.hpp"
#include "segment/http/response.hpp"
#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Cuts a text that is longer than this many bytes between two characters, and adds an ellipsis.
[[nodiscard]] std::string cut(std::string text, std::size_t most);

/// A response's id for Segment's support, on one line and without the request's token; empty if
/// there is none.
[[nodiscard]] std::string request_id(const http::Response& response, const http::Request& request);

/// Whether a header carries such an id.
[[nodiscard]] SEGMENT_EXPORT_INTERNAL bool is_request_id(std::string_view header_name) noexcept;

/// What the caller can do about an error response, for the end of a message: empty, or starts with
/// a semicolon.
[[nodiscard]] std::string_view advice(const http::Response& response);

/// The same for an exchange without a response.
///
/// \param outcome_unknown whether the call may have been carried out anyway.
[[nodiscard]] std::string_view advice(const http::Failure& failure, bool outcome_unknown);

}  // namespace segment::inline SEGMENT_ABI::detail
