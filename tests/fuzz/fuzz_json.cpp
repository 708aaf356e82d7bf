// Any text is either refused as BadJson or reads into a Json that is written and read again alike.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fuzz.hpp"
#include "segment/error.hpp"
#include "segment/json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = segment::fuzz::text_of(data, size);
  segment::Json json;
  try {
    json = segment::Json::parse(text);
  } catch (const segment::Error&) {
    return 0;
  }
  const std::string written = json.dump();
  segment::fuzz::require(segment::Json::parse(written).dump() == written);
  return 0;
}
