#pragma once

#include <string>

#include "segment/http/header.hpp"
#include "segment/sandbox/fault.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// One HTTP request as received.
struct WireRequest {
  std::string method{};
  std::string target{};  // path and query, byte for byte
  http::Headers headers{};
  std::string body{};
};

/// One HTTP response to send, and how it ends.
struct WireReply {
  int status = 200;
  http::Headers headers{};
  std::string body{};
  Fault::Ending ending = Fault::Ending::whole;
};

}  // namespace segment::inline SEGMENT_ABI::sandbox
