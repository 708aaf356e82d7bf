#pragma once

#include <string>
#include <utility>

#include "segment/http/transport.hpp"

namespace segment::inline SEGMENT_ABI::testing {

inline http::Failure failure(http::FailureKind kind, bool may_have_been_sent, std::string message) {
  return {.kind = kind, .may_have_been_sent = may_have_been_sent, .message = std::move(message)};
}

}  // namespace segment::inline SEGMENT_ABI::testing
