#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "json/events.hpp"
#include "segment/types/json.hpp"

namespace segment {

/// One of the libraries that read JSON, as it stands behind the seam.
struct JsonReader {
  const char* name;
  void (*read)(std::string_view text, detail::JsonEvents& events);
};

/// How GoogleTest names it.
inline void PrintTo(const JsonReader& reader, std::ostream* out) { *out << reader.name; }

/// Every reader that this build has: two where simdjson was found, whichever of them was chosen.
const std::vector<JsonReader>& every_reader();

/// What a reader tells of a text, a line each; where it refuses the text the last line says why.
std::string told_by(const JsonReader& reader, std::string_view text);

/// Fails the test where two readers do not tell the same of a text, or do not refuse it alike.
void expect_readers_agree(std::string_view text);

/// Parses a text, once the readers have agreed on it.
Json parsed(std::string_view text);

}  // namespace segment
