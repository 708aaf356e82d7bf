// A token cannot be printed by accident.
// expect: deleted.*a secret is not printed by accident

#include <iostream>

#include "segment/types/secret.hpp"

void log(const segment::Token& token) {
#ifdef FIXED
  std::cerr << token.reveal();
#else
  std::cerr << token;
#endif
}
