#include "input/toml_comments.hpp"

#include <algorithm>
#include <cstddef>

namespace segment::cli {

namespace {

// What a text begins with, and ends with; empty: it begins with no quotes.
std::string_view quotes_before(std::string_view toml) {
  for (const std::string_view quotes : {"\"\"\"", "'''", "\"", "'"}) {
    if (toml.starts_with(quotes)) return quotes;
  }
  return {};
}

}  // namespace

bool has_comment(std::string_view toml) noexcept {
  std::string_view open;  // the quotes that the text at this place ends with
  while (!toml.empty()) {
    std::size_t length = 1;
    if (open.empty()) {
      if (toml.front() == '#') return true;
      open = quotes_before(toml);
      length = std::max<std::size_t>(length, open.size());
    } else if (toml.starts_with(open)) {
      length = open.size();
      open = {};
    } else if (open.front() == '"' && toml.front() == '\\') {
      length = 2;  // with what it escapes
    }
    toml.remove_prefix(std::min(length, toml.size()));
  }
  return false;
}

}  // namespace segment::cli
