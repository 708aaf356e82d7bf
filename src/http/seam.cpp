// What the interfaces of the seam do by default, and where their virtual tables are.
#include <optional>

#include "segment/http/policy.hpp"
#include "segment/http/transport.hpp"

namespace segment::inline SEGMENT_ABI::http {

void Transport::start(const Request& request, OnOutcome done) { done(send(request)); }

std::optional<Outcome> Policy::before_send(Request& /*request*/, Attempt& /*attempt*/) {
  return std::nullopt;
}

void Policy::after_send(Outcome& /*outcome*/, Attempt& /*attempt*/) {}

}  // namespace segment::inline SEGMENT_ABI::http
