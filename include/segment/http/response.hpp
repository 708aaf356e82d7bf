#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "segment/http/header.hpp"
#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

/// Why a server could not be trusted.
enum class TlsReason : std::uint8_t {
  other,              ///< the handshake failed, or nothing more is known
  expired,            ///< the certificate has expired, or is not valid yet
  wrong_host,         ///< the certificate is for another host
  unknown_authority,  ///< the certificate is from an authority that is not trusted here
};

/// `wrong_host`, `unknown_authority` and so on.
[[nodiscard]] SEGMENT_EXPORT std::string_view to_string(TlsReason reason) noexcept;
template <class Stream>
Stream& operator<<(Stream& stream, TlsReason reason) {
  stream << to_string(reason);
  return stream;
}

}  // namespace segment::inline SEGMENT_ABI

namespace segment::inline SEGMENT_ABI::http {

/// One HTTP response, whatever its status: a 404 is a successful exchange.
struct Response {
  int status = 0;
  Headers headers{};
  /// Decompressed. It is read fastest with a capacity of 64 bytes beyond its size: simdjson reads
  /// past the end of a text.
  std::string body{};
  /// Whether the transport itself retried the request, as it may if that is idempotent: the outcome
  /// of an earlier attempt is unknown.
  bool retried_by_transport = false;
};

/// Why there is no response.
enum class FailureKind : std::uint8_t {
  resolve,    ///< the host's name could not be looked up
  connect,    ///< no connection: refused, unreachable, or rejected by a proxy
  tls,        ///< the handshake failed or the certificate was not accepted
  timeout,    ///< one of the request's time limits expired
  cancelled,  ///< a stop was requested through the request's stop token
  broken,     ///< the connection ended before the response was whole, or the server refused the
              ///< request
  too_large,  ///< the response's body exceeded `Limits::max_response_bytes`, or its headers a limit
              ///< of their own
  other,      ///< anything else
};

/// `resolve`, `too_large` and so on.
[[nodiscard]] SEGMENT_EXPORT std::string_view to_string(FailureKind kind) noexcept;
template <class Stream>
Stream& operator<<(Stream& stream, FailureKind kind) {
  stream << to_string(kind);
  return stream;
}

/// An exchange without a response.
struct Failure {
  FailureKind kind = FailureKind::other;
  /// False only if the server certainly has not processed the request: it did not reach the server,
  /// or the server said so. Otherwise the outcome is unknown.
  bool may_have_been_sent = true;
  /// What happened, as a sentence; contains no header, no URL query and no body.
  std::string message{};
  /// With `FailureKind::tls`: why, as far as known.
  TlsReason tls_reason = TlsReason::other;
};

/// The outcome of sending one request.
using Outcome = std::variant<Response, Failure>;

}  // namespace segment::inline SEGMENT_ABI::http
