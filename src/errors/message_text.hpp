#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "segment/http/request.hpp"
#include "segment/http/response.hpp"
#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Text cut off between two characters, with an ellipsis, where it is longer than so many bytes.
[[nodiscard]] std::string cut(std::string text, std::size_t most);

/// A response's id for Segment's support, on one line and without the request's token; empty where
/// it has none.
[[nodiscard]] std::string request_id(const http::Response& response, const http::Request& request);

/// Whether a header carries such an id.
[[nodiscard]] SEGMENT_EXPORT_INTERNAL bool is_request_id(std::string_view header_name) noexcept;

/// What the caller can do about a response that reports an error, for the end of a message: empty,
/// or begins with a semicolon.
[[nodiscard]] std::string_view advice(const http::Response& response);

/// The same about an exchange that brought no response.
///
/// \param outcome_unknown whether the call may have been carried out all the same.
[[nodiscard]] std::string_view advice(const http::Failure& failure, bool outcome_unknown);

}  // namespace segment::inline SEGMENT_ABI::detail
