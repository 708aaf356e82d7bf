// Any text is either refused as BadJson or read into a Json that can be written and read unchanged.
// Read as a response, invalid Unicode is repaired, and what is built stays within its budget.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fuzz.hpp"
#include "json/builder.hpp"
#include "json/events.hpp"
#include "segment/error.hpp"
#include "segment/types/json.hpp"

namespace {

using namespace segment;

// What a text is read as in a response; nothing if it is refused.
std::optional<Json> read_as_answer(std::string_view text) {
  Json json;
  detail::MemoryBudget budget = detail::MemoryBudget::of_answer(text.size());
  detail::JsonBuilder builder(budget);
  builder.start(json);
  try {
    detail::read_json(text, builder);
  } catch (const detail::BadJson&) {
    return std::nullopt;
  }
  return json;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = segment::fuzz::text_of(data, size);
  const std::optional<Json> answer = read_as_answer(text);
  if (answer) {
    const std::string written = answer->dump();  // throws if a string is not Unicode
    fuzz::require(Json::parse(written) == *answer);
  }
  Json json;
  try {
    json = Json::parse(text);
  } catch (const Error&) {
    return 0;
  }
  const std::string written = json.dump();
  fuzz::require(Json::parse(written).dump() == written);
  if (answer) fuzz::require(*answer == json);
  return 0;
}
