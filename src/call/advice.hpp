#pragma once

#include <string_view>

#include "segment/http/response.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What the caller can do about an answer that says no, for the end of a message: empty, or begins
/// with a semicolon.
[[nodiscard]] std::string_view advice(const http::Response& response);

/// The same about an exchange that brought no answer.
///
/// \param outcome_unknown whether the call may have been carried out all the same.
[[nodiscard]] std::string_view advice(const http::Failure& failure, bool outcome_unknown);

}  // namespace segment::inline SEGMENT_ABI::detail
