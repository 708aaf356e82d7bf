// An id is not made from a plain string by accident.
// expect: (cannot convert .*SourceId|.*SourceId.* could not bind|no known conversion .*SourceId)

#include "segment/segment.hpp"

segment::SourceDetails look_up(const segment::Client& client) {
#ifdef FIXED
  return client.sources().get(segment::SourceId{"qQEHquLrjRDN9j1ByrChyn"});
#else
  return client.sources().get("qQEHquLrjRDN9j1ByrChyn");
#endif
}
