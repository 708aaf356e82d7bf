// What of the interface between the library and a transport has code of its own.
#include <optional>
#include <string_view>
#include <utility>

#include "segment/http/policy.hpp"
#include "segment/http/response.hpp"
#include "segment/http/transport.hpp"

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

// Defined here, these are the key functions of their classes, which have their virtual tables here.

void Transport::start(const Request& request, OnOutcome done) { done(send(request)); }

std::optional<Outcome> Policy::before_send(Request& /*request*/, Attempt& /*attempt*/) {
  return std::nullopt;
}

void Policy::after_send(Outcome& /*outcome*/, Attempt& /*attempt*/) {}

}  // namespace segment::inline SEGMENT_ABI::http
