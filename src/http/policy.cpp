#include "segment/http/policy.hpp"

namespace segment::inline SEGMENT_ABI::http {

std::optional<Outcome> Policy::before_send(Request& /*request*/, Attempt& /*attempt*/) {
  return std::nullopt;
}

void Policy::after_send(Outcome& /*outcome*/, Attempt& /*attempt*/) {}

}  // namespace segment::inline SEGMENT_ABI::http
