#include "json/events.hpp"

#include <utility>

#include "json/memory_budget.hpp"

namespace segment::inline SEGMENT_ABI::detail {

void refuse_depth() {
  throw BadJson{{}, "is nested deeper than " + std::to_string(max_depth) + " levels"};
}

void refuse_memory(std::string pointer) {
  throw BadJson{std::move(pointer),
                "takes more memory than an answer may: 4 times its size, and 1 MiB; ask for fewer "
                "items a page",
                true};
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

}  // namespace segment::inline SEGMENT_ABI::detail
