// The compiler points at the id that does not fit, and names its type and the one that is needed.
// expect: SourceId.*SourceMetadataId

#include "segment/segment.hpp"

void create(const segment::Client& client);
void create(const segment::Client& client) {
  client.sources().create({
      .slug = "web",
      .enabled = true,
#ifdef FIXED
      .metadata_id = segment::SourceMetadataId{"IqDTy1TpoU"},
#else
      .metadata_id = segment::SourceId{"IqDTy1TpoU"},
#endif
  });
}
