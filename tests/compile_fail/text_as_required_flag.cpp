// A string is not a bool: the compiler points at the string and names both types.
// expect: deleted.*Required|Required.*deleted

#include "segment/segment.hpp"

const segment::CreateSource request{
    .slug = "web",
#ifdef FIXED
    .enabled = true,
#else
    .enabled = "yes",
#endif
    .metadata_id = segment::SourceMetadataId{"IqDTy1TpoU"},
};
