#include "segment/convert.hpp"

#include "json/builder.hpp"
#include "json/events.hpp"
#include "json/typed/decoder.hpp"
#include "json/writer.hpp"
#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

void walk_or_throw(const Type& type, const void* object, JsonEvents& events) {
  try {
    walk(type, object, events);
  } catch (const BadJson& bad) {
    throw InvalidArgumentError("this " + std::string(type.name) +
                               " cannot be written as JSON: at \"" + bad.pointer + "\" " +
                               bad.reason);
  }
}

}  // namespace

Json to_json(const Type& type, const void* object) {
  Json json;
  JsonBuilder builder;
  builder.start(json);
  walk_or_throw(type, object, builder);
  return json;
}

std::string to_json_text(const Type& type, const void* object) {
  std::string out;
  JsonWriter writer(out);
  walk_or_throw(type, object, writer);
  return out;
}

void from_json(const Type& type, void* object, const Json& json) {
  try {
    decode(type, object, json);
  } catch (const BadJson& bad) {
    ErrorFacts facts;
    facts.pointer = bad.pointer;
    throw DecodeError("this JSON is not a valid " + std::string(type.name) + ": \"" + bad.pointer +
                          "\" " + bad.reason,
                      std::move(facts));
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail
