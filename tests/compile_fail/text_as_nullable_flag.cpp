// A string is never treated as a bool, not even where the bool may be null.
// expect: (conversion from .*const char|no viable conversion from .*const char)

#include "segment/types/nullable.hpp"

#ifdef FIXED
const segment::Nullable<bool> flag = false;
#else
const segment::Nullable<bool> flag = "false";
#endif
