#pragma once

#include <exception>
#include <string>

#include "call/core.hpp"
#include "call/prepared_call.hpp"
#include "segment/http/response.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Makes one call and waits for it: sends, waits between attempts, and fills the result or
/// throws.
SEGMENT_EXPORT_INTERNAL void run(const Core& core, const PreparedCall& call, void* result);

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
