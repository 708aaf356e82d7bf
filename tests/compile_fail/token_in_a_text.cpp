// A token does not end up in a string by accident.
// expect: deleted.*reveal\(\) returns the text of a secret

#include <string>

#include "segment/types/secret.hpp"

std::string header_of(const segment::Token& token) {
#ifdef FIXED
  return "Bearer " + std::string(token.reveal());
#else
  return "Bearer " + token;
#endif
}
