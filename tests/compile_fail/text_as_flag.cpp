// A string is never treated as a bool.
// expect: deleted.*Required|Required.*deleted

#include "segment/types/required.hpp"

#ifdef FIXED
const segment::Required<bool> enabled = true;
#else
const segment::Required<bool> enabled = "false";
#endif
