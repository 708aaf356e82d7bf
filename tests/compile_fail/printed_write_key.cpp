// A write key cannot be printed by accident.
// expect: deleted.*a secret is not printed by accident

#include "segment/segment.hpp"

#include <iostream>

void log(const segment::Source& source) {
#ifdef FIXED
  std::cerr << source.write_keys.front().reveal();
#else
  std::cerr << source.write_keys.front();
#endif
}
