// A literal 0 is never treated as a null pointer to a member's name.
// expect: no matching (function for call to|member function)

#include "segment/types/json.hpp"

const segment::Json json = segment::Json::object({{"a", 1}});
#ifdef FIXED
const segment::Json* const member = json.find("a");
#else
const segment::Json* const member = json.find(0);
#endif
