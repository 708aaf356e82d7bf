#pragma once

#include <cstddef>
#include <string_view>

#include "json/events.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Reads one JSON text and sends it as events. Which JSON library does the reading was
/// decided by SEGMENT_JSON_READER when this was built; the readers below send and refuse the same,
/// and none of those libraries' exceptions leaves them.
///
/// Throws BadJson where the text is no JSON or is nested deeper than `max_depth`, and lets through
/// what the events throw.
SEGMENT_EXPORT_INTERNAL void read_json(std::string_view text, JsonEvents& events);

/// The same, of a text that need not be copied where there is enough room behind it.
///
/// \param room how many bytes of memory behind the text may be read, whatever stands there.
void read_json(std::string_view text, std::size_t room, JsonEvents& events);

/// By nlohmann/json's SAX parser: always there.
void read_json_with_nlohmann(std::string_view text, JsonEvents& events);

/// By simdjson's DOM: only where the build has found that library.
void read_json_with_simdjson(std::string_view text, JsonEvents& events);
void read_json_with_simdjson(std::string_view text, std::size_t room, JsonEvents& events);

}  // namespace segment::inline SEGMENT_ABI::detail
