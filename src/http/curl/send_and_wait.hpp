#pragma once

#include "handle.hpp"
#include "segment/http/curl_transport.hpp"
#include "segment/http/request.hpp"
#include "segment/http/response.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

/// Makes one exchange on a handle and waits for its end, or for the request's stop.
[[nodiscard]] Outcome send_and_wait(Handle& handle, const Request& request,
                                    const CurlOptions& options);

}  // namespace segment::inline SEGMENT_ABI::http::detail
