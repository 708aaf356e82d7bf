// A literal 0 is never taken for a null pointer to an enum's text.
// expect: no matching (function for call|constructor)

#include "segment/api/types/sources.hpp"

#ifdef FIXED
const segment::CommonEventOnViolations value("BLOCK");
#else
const segment::CommonEventOnViolations value(0);
#endif
