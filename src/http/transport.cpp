#include "segment/http/transport.hpp"

namespace segment::inline SEGMENT_ABI::http {

void Transport::start(const Request& request, OnOutcome done) { done(send(request)); }

}  // namespace segment::inline SEGMENT_ABI::http
