// A request that leaves out a member which the API requires does not compile.
// expect: (deleted function|deleted constructor).*Required<
// expect: left out, is \{\}, or is written out of order

#include "segment/segment.hpp"

const segment::CreateSource request{
#ifdef FIXED
    .slug = "web",
#endif
    .enabled = true,
    .metadata_id = segment::SourceMetadataId{"IqDTy1TpoU"},
};
