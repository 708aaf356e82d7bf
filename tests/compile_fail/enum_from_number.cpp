// A literal 0 is never treated as a null pointer to an enum's text.
// expect: (invalid conversion|cannot initialize|no matching)

#include "segment/segment.hpp"

#ifdef FIXED
const segment::CommonEventOnViolations value("BLOCK");
#else
const segment::CommonEventOnViolations value(0);
#endif
