// A write key cannot be printed by accident.
// expect: (no match for .*operator<<|invalid operands to binary expression)

#include "segment/segment.hpp"

#include <iostream>

void log(const segment::Source& source) {
#ifdef FIXED
  std::cerr << source.write_keys.front().reveal();
#else
  std::cerr << source.write_keys.front();
#endif
}
