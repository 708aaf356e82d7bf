// A bool is never treated as a number, although the language would allow it.
// expect: (Required.*bool.*long|bool.*Required.*deleted)

#include <cstdint>

#include "segment/types/required.hpp"

#ifdef FIXED
const segment::Required<std::int64_t> count = 1;
#else
const segment::Required<std::int64_t> count = true;
#endif
