// The id of a source's metadata is not the id of a source.
// expect: (invalid initialization of reference|no matching function).*SourceMetadataId

#include "segment/api/ids.hpp"

void rename(const segment::SourceId& id);

void misuse(const segment::SourceId& id, const segment::SourceMetadataId& kind) {
#ifdef FIXED
  (void)kind;
  rename(id);
#else
  (void)id;
  rename(kind);
#endif
}
