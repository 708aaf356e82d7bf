// The compiler names the header that is missing.
// expect: include segment/api/sources.hpp
// expect: include segment/async_client.hpp
// expect: include segment/nothrow_client.hpp
// expect: include segment/jobs.hpp
// expect: include segment/tokens.hpp

#include "segment/client.hpp"

#ifdef FIXED
#include "segment/async.hpp"
#include "segment/nothrow_client.hpp"
#include "segment/segment.hpp"
#endif

void call(const segment::Client& client) {
  (void)client.sources().list();
  (void)client.async().front();
  (void)client.nothrow().front();
  (void)client.jobs().wait_for_regulation({});
  (void)client.tokens().detect_region();
}
