// A text is never taken for a bool.
// expect: (conversion from .*const char|no viable conversion from .*const char)

#include "segment/types/required.hpp"

#ifdef FIXED
const segment::Required<bool> enabled = true;
#else
const segment::Required<bool> enabled = "false";
#endif
