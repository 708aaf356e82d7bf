// A token cannot be printed by accident.
// expect: operator<<|invalid operands

#include <iostream>

#include "segment/token.hpp"

void log(const segment::Token& token) {
#ifdef FIXED
  std::cerr << token.reveal();
#else
  std::cerr << token;
#endif
}
