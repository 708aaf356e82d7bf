#pragma once

#include <optional>

#include "segment/http/request.hpp"
#include "segment/http/response.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

/// Why a request is not sent at all; nothing where it may be.
[[nodiscard]] std::optional<Failure> unfit(const Request& request);

}  // namespace segment::inline SEGMENT_ABI::http::detail
