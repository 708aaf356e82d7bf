#include "json/events.hpp"

#include <cmath>

namespace segment::detail {

bool needs_text(double value) noexcept { return value == std::trunc(value); }

void refuse_depth() {
  throw BadJson{{}, "is nested deeper than " + std::to_string(max_depth) + " levels"};
}

std::string pointer_step(std::string_view name) {
  std::string step = "/";
  for (char c : name) {
    if (c == '~') {
      step += "~0";
    } else if (c == '/') {
      step += "~1";
    } else {
      step += c;
    }
  }
  return step;
}

}  // namespace segment::detail
