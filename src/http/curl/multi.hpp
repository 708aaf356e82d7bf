#pragma once

#include <curl/curl.h>

#include <memory>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

struct MultiCleanup {
  void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
};

/// A driver of libcurl's for transfers, with its connections.
using Multi = std::unique_ptr<CURLM, MultiCleanup>;

/// A driver that keeps at most this many connections, of which each carries one request at a time,
/// over HTTP/2 too. Throws std::bad_alloc where libcurl gives none.
///
/// With several requests on one connection libcurl (7.88, for one) cannot tell which of them a
/// server that ends the connection in good order has not processed: it loses the responses of some,
/// reports others as perhaps processed, and can leave requests waiting for ever.
[[nodiscard]] Multi make_multi(long max_connections);

}  // namespace segment::inline SEGMENT_ABI::http::detail
