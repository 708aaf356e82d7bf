// nullptr is not a text, and null is written segment::null.
// expect: (deleted function|deleted constructor).*nullptr_t

#include "segment/segment.hpp"

const segment::UpdateDestination changes{
#ifdef FIXED
    .name = segment::null,
#else
    .name = nullptr,
#endif
};
