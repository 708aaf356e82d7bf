#include "json/reader.hpp"

namespace segment::detail {

void read_json(std::string_view text, JsonEvents& events) {
#ifdef SEGMENT_READS_WITH_SIMDJSON
  read_json_with_simdjson(text, events);
#else
  read_json_with_nlohmann(text, events);
#endif
}

}  // namespace segment::detail
