#include "warnings.hpp"

#include <cstdio>
#include <string>

namespace segment::cli {

void warn_of_short_list(const Departure& departure) {
  if (departure.kind != Departure::Kind::short_list) return;
  std::string line = "warning: " + std::string(departure.operation) + ": ";
  line += std::string(departure.detail) + "; the token may not see the others\n";
  std::fputs(line.c_str(), stderr);
}

}  // namespace segment::cli
