#pragma once

#include <cstdint>
#include <string_view>

namespace segment::cli {

/// How a result is printed.
enum class Format : std::uint8_t {
  table,  ///< for people
  json,   ///< one document
  jsonl,  ///< an item a line
  csv,    ///< RFC 4180
  yaml,
};

/// \throws Malformed for an unknown name.
[[nodiscard]] Format format_named(std::string_view name);

}  // namespace segment::cli
