// Two texts in braces are never taken for one text from the first to the second.
// expect: (could not convert|no matching constructor).*Required<

#include <string>

#include "segment/types/required.hpp"

#ifdef FIXED
const segment::Required<std::string> slug = {"web"};
#else
const segment::Required<std::string> slug = {{"web", "app"}};
#endif
