#include "segment/http/transport.hpp"

#include <optional>
#include <string_view>

#include "segment/http/policy.hpp"
#include "segment/http/response.hpp"

namespace segment::inline SEGMENT_ABI::http {

std::string_view to_string(FailureKind kind) noexcept {
  switch (kind) {
    case FailureKind::resolve:
      return "resolve";
    case FailureKind::connect:
      return "connect";
    case FailureKind::tls:
      return "tls";
    case FailureKind::timeout:
      return "timeout";
    case FailureKind::cancelled:
      return "cancelled";
    case FailureKind::broken:
      return "broken";
    case FailureKind::too_large:
      return "too_large";
    case FailureKind::other:
      break;
  }
  return "other";
}

}  // namespace segment::inline SEGMENT_ABI::http

namespace segment::inline SEGMENT_ABI {

std::string_view to_string(TlsReason reason) noexcept {
  switch (reason) {
    case TlsReason::expired:
      return "expired";
    case TlsReason::wrong_host:
      return "wrong_host";
    case TlsReason::unknown_authority:
      return "unknown_authority";
    case TlsReason::other:
      break;
  }
  return "other";
}

}  // namespace segment::inline SEGMENT_ABI

namespace segment::inline SEGMENT_ABI::http {

// These key functions put the virtual tables of their classes here.

void Transport::start(const Request& request, OnOutcome done) { done(send(request)); }

std::optional<Outcome> Policy::before_send(Request& /*request*/, Attempt& /*attempt*/) {
  return std::nullopt;
}

void Policy::after_send(Outcome& /*outcome*/, Attempt& /*attempt*/) {}

}  // namespace segment::inline SEGMENT_ABI::http
