#pragma once

#include <exception>
#include <string>

#include "segment/http/response.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What an exception that left a transport means; to be called where it was caught. A transport of
/// the user's own may throw: what became of the request is then anybody's guess.
[[nodiscard]] inline http::Failure transport_threw() {
  try {
    throw;
  } catch (const std::exception& error) {
    return {http::FailureKind::other, true, std::string("the transport threw: ") + error.what()};
  } catch (...) {
    return {http::FailureKind::other, true, "the transport threw"};
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail
