#include "segment/http/policy.hpp"

namespace segment::inline SEGMENT_ABI::http {

void Policy::before_send(Request& /*request*/, const Attempt& /*attempt*/) {}

void Policy::after_send(const Outcome& /*outcome*/, const Attempt& /*attempt*/) {}

}  // namespace segment::inline SEGMENT_ABI::http
