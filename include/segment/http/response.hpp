#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "segment/http/header.hpp"
#include "segment/types/tls_reason.hpp"

namespace segment::inline SEGMENT_ABI::http {

/// One HTTP answer, whatever its status: a 404 is a successful exchange.
struct Response {
  int status = 0;
  Headers headers{};
  /// Decompressed.
  std::string body{};
  /// Whether the transport sent the request more than once by itself, as it may where
  /// `Request::idempotent` says so: an earlier one may have been carried out.
  bool retried_by_transport = false;
};

/// Why there is no answer.
enum class FailureKind : std::uint8_t {
  resolve,    ///< the host's name could not be looked up
  connect,    ///< no connection: refused, unreachable, or a proxy said no
  tls,        ///< the handshake failed or the certificate was not accepted
  timeout,    ///< one of the request's limits ran out
  cancelled,  ///< the request's stop token asked for it
  broken,     ///< the connection ended before the answer was whole
  too_large,  ///< the answer's body passed `Limits::max_response_bytes`, or its headers a bound of
              ///< their own
  other,      ///< anything else
};

/// An exchange that brought no answer.
struct Failure {
  FailureKind kind = FailureKind::other;
  /// False only when the request surely did not reach the server.
  bool may_have_been_sent = true;
  /// For people; holds no header, no URL query and no body.
  std::string message{};
  /// With `FailureKind::tls`: why, as far as that is known.
  TlsReason tls_reason = TlsReason::other;
};

/// What came of sending one request.
using Outcome = std::variant<Response, Failure>;

}  // namespace segment::inline SEGMENT_ABI::http
