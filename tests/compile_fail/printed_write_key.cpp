// A write key cannot be printed by accident.
// expect: (no match for .*operator<<|invalid operands to binary expression)

#include <iostream>

#include "segment/api/types/sources.hpp"

void log(const segment::Source& source) {
#ifdef FIXED
  std::cerr << source.write_keys.front().reveal();
#else
  std::cerr << source.write_keys.front();
#endif
}
