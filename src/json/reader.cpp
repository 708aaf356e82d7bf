#include "json/events.hpp"

namespace segment::inline SEGMENT_ABI::detail {

void read_json(std::string_view text, JsonEvents& events) { read_json(text, {}, events); }

void read_json(std::string_view text, const ReadingRoom& room, JsonEvents& events) {
#ifdef SEGMENT_READS_WITH_SIMDJSON
  read_json_with_simdjson(text, room, events);
#else
  read_json_with_nlohmann(text, room, events);
#endif
}

void load_json_reader() {
#ifdef SEGMENT_READS_WITH_SIMDJSON
  load_simdjson();
#endif
}

}  // namespace segment::inline SEGMENT_ABI::detail
