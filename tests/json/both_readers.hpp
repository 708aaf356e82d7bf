#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "json/events.hpp"
#include "segment/types/json.hpp"

namespace segment {

/// One of the libraries that read JSON, behind the interface that hides them.
struct JsonReader {
  const char* name;
  void (*read)(std::string_view text, detail::JsonEvents& events);
};

/// How GoogleTest names it.
inline void PrintTo(const JsonReader& reader, std::ostream* out) { *out << reader.name; }

/// Every reader in this build: two if simdjson was found, whichever of them was chosen.
const std::vector<JsonReader>& every_reader();

/// What a reader reports about a text, one line per event; if it refuses the text, the last line
/// says why.
std::string events_of(const JsonReader& reader, std::string_view text);

/// Fails the test if two readers report different things about a text, or refuse it differently.
void expect_readers_agree(std::string_view text);

/// Parses a text after checking that the readers agree on it.
Json parsed(std::string_view text);

}  // namespace segment
