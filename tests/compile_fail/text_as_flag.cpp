// A text is never taken for a bool.
// expect: Required<bool>|bool

#include "segment/required.hpp"

#ifdef FIXED
const segment::Required<bool> enabled = true;
#else
const segment::Required<bool> enabled = "false";
#endif
