#include "segment/convert.hpp"

#include <string>
#include <utility>

#include "json/builder.hpp"
#include "json/decoder.hpp"
#include "json/events.hpp"
#include "json/validate.hpp"
#include "json/writer.hpp"
#include "segment/error.hpp"
#include "segment/strict_reading.hpp"

namespace segment::inline SEGMENT_ABI {

// Leniently ---------------------------------------------------------------------------------------

namespace detail {

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
    throw DecodeError(
        "this JSON is no " + std::string(type.name) + ": \"" + bad.pointer + "\" " + bad.reason,
        std::move(facts));
  }
}

}  // namespace detail

// Strictly, as what people write ------------------------------------------------------------------

namespace {

std::string text_of(const JsonFinding& finding) {
  std::string text = finding.pointer.empty() ? "it" : finding.pointer;
  text.append(" ").append(finding.message);
  if (!finding.meant.empty()) text.append(" (did you mean ").append(finding.meant).append("?)");
  return text;
}

std::string text_of(const std::string& type, const std::vector<JsonFinding>& findings) {
  std::string text = "this JSON is no " + type;
  const char* separator = ": ";
  for (const JsonFinding& finding : findings) {
    text += std::exchange(separator, "; ") + text_of(finding);
  }
  return text;
}

ErrorFacts facts_of(const std::vector<JsonFinding>& findings) {
  ErrorFacts facts;
  if (!findings.empty()) facts.pointer = findings.front().pointer;
  return facts;
}

}  // namespace

InvalidJsonError::InvalidJsonError(const std::string& type, std::vector<JsonFinding> findings)
    : InvalidArgumentError(text_of(type, findings), facts_of(findings)),
      findings_(std::make_shared<const std::vector<JsonFinding>>(std::move(findings))) {}

ErrorKind InvalidJsonError::kind() const noexcept { return ErrorKind::invalid_argument; }

namespace detail {

void from_json_strict(const Type& type, void* object, const Json& json) {
  std::vector<JsonFinding> findings;
  for (Problem& problem : validate(type, json, {.unknown_members_are_problems = true})) {
    findings.push_back({problem.kind, std::move(problem.pointer), std::move(problem.message),
                        std::move(problem.meant)});
  }
  if (!findings.empty()) throw InvalidJsonError(std::string(type.name), std::move(findings));
  from_json(type, object, json);
}

}  // namespace detail

}  // namespace segment::inline SEGMENT_ABI
