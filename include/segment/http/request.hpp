#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>

#include "segment/http/header.hpp"
#include "segment/http/method.hpp"

namespace segment::inline SEGMENT_ABI::http {

/// The limits that a transport enforces for one request and its response.
struct Limits {
  /// Name lookup, connection and TLS handshake together. Zero: no limit of its own.
  std::chrono::milliseconds connect_timeout{std::chrono::seconds{10}};
  /// The whole attempt, from the first byte sent to the last byte read. Zero: no limit.
  std::chrono::milliseconds attempt_timeout{std::chrono::seconds{60}};
  /// Give up if less than one byte per second is transferred for this long. Zero: never.
  std::chrono::seconds stall_timeout{30};
  /// The largest response body that is read, in bytes after decompression. Zero: no limit.
  std::size_t max_response_bytes = std::size_t{64} << 20U;
};

/// One HTTP request, ready to be sent: a policy may still change it; a transport sends it as is.
struct Request {
  Method method = Method::get;
  /// Absolute, with every path segment and query value percent-encoded. Sent byte for byte.
  std::string url{};
  Headers headers{};
  /// Absent: no body and no Content-Length, except for POST, PUT and PATCH, which then send a
  /// length of 0.
  std::optional<std::string> body{};
  /// Whether sending the request twice has the same effect as sending it once. The transport must
  /// never retry a request by itself that is not idempotent, not even if a kept-alive connection
  /// turns out to be dead.
  bool idempotent = false;
  Limits limits{};
  /// Cancels the request when a stop is requested.
  std::stop_token stop{};
};

}  // namespace segment::inline SEGMENT_ABI::http
