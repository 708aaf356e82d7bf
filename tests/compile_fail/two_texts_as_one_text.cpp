// Two braced strings are never treated as iterators of one string.
// expect: (could not convert|no matching constructor).*Required<

#include <string>

#include "segment/types/required.hpp"

#ifdef FIXED
const segment::Required<std::string> slug = {"web"};
#else
const segment::Required<std::string> slug = {{"web", "app"}};
#endif
