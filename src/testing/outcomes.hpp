#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <variant>

#include "segment/http/request.hpp"
#include "segment/http/response.hpp"

namespace segment::inline SEGMENT_ABI::testing {

inline http::Failure failure(http::FailureKind kind, bool may_have_been_sent, std::string message) {
  return {.kind = kind, .may_have_been_sent = may_have_been_sent, .message = std::move(message)};
}

/// The failure of a request that is stopped before it is sent.
inline http::Failure cancelled() {
  return failure(http::FailureKind::cancelled, false, "The request was cancelled.");
}

/// The outcome, or that its response is larger than the request allows.
inline http::Outcome within_limits(http::Outcome outcome, const http::Request& request) {
  const std::size_t most = request.limits.max_response_bytes;
  const auto* response = std::get_if<http::Response>(&outcome);
  if (response == nullptr || most == 0 || response->body.size() <= most) return outcome;
  return failure(http::FailureKind::too_large, true,
                 "The response's body is larger than max_response_bytes allows.");
}

}  // namespace segment::inline SEGMENT_ABI::testing
