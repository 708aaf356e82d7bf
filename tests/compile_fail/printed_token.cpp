// A token cannot be printed by accident.
// expect: (no match for .*operator<<|invalid operands to binary expression)

#include <iostream>

#include "segment/types/secret.hpp"

void log(const segment::Token& token) {
#ifdef FIXED
  std::cerr << token.reveal();
#else
  std::cerr << token;
#endif
}
