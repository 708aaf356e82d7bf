// A text is no flag, and the compiler points at the text and names both kinds.
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
