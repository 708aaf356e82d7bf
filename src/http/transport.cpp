#include "segment/http/transport.hpp"

namespace segment::http {

void Transport::start(const Request& request, OnOutcome done) { done(send(request)); }

}  // namespace segment::http
