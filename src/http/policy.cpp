#include "segment/http/policy.hpp"

namespace segment::http {

void Policy::before_send(Request& /*request*/, const Try& /*attempt*/) {}

void Policy::after_send(const Outcome& /*outcome*/, const Try& /*attempt*/) {}

}  // namespace segment::http
