#include "segment/convert.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "json/builder.hpp"
#include "json/events.hpp"
#include "json/typed/decoder.hpp"
#include "json/typed/validate.hpp"
#include "json/writer.hpp"
#include "segment/error.hpp"
#include "segment/helpers/text.hpp"
#include "segment/strict_reading.hpp"

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
    const std::string place = bad.pointer.empty() ? "it" : "\"" + bad.pointer + "\"";
    throw DecodeError(
        "this JSON is not a valid " + std::string(type.name) + ": " + place + " " + bad.reason,
        std::move(facts));
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail

// Strictly ----------------------------------------------------------------------------------------

namespace segment::inline SEGMENT_ABI {

namespace {

std::string text_of(const JsonFinding& finding) {
  const std::string text = finding.pointer.empty() ? "it" : finding.pointer;
  return text + " " + finding.message + did_you_mean(finding.suggestion);
}

std::string text_of(const std::string& type, const std::vector<JsonFinding>& findings) {
  std::string text = "this JSON is not a valid " + type;
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

// Finds the first member that is named twice in one object.
class RepeatedMembers final : public detail::JsonEvents {
 public:
  void null() override { count(); }
  void boolean(bool /*value*/) override { count(); }
  void integer(std::int64_t /*value*/) override { count(); }
  void wide_integer(std::uint64_t /*value*/) override { count(); }
  void number(double /*value*/, std::string_view /*text*/) override { count(); }
  void text(std::string_view /*value*/) override { count(); }
  void begin_object() override { open_.emplace_back(); }
  void end_object() override { close(); }
  void begin_array() override { open_.push_back({.is_array = true}); }
  void end_array() override { close(); }
  void key(std::string_view name) override {
    Container& object = open_.back();
    object.name = name;
    if (!object.names.emplace(name).second && repeated_.empty()) repeated_ = place();
  }

  // The JSON pointer of the first one; empty if there is none.
  [[nodiscard]] std::string take() { return std::move(repeated_); }

 private:
  struct Container {
    bool is_array = false;
    std::size_t elements = 0;  // of an array, before the current one
    std::string name{};        // of an object's current member
    std::unordered_set<std::string> names{};
  };

  void count() {
    if (!open_.empty()) ++open_.back().elements;
  }
  void close() {
    open_.pop_back();
    count();
  }
  [[nodiscard]] std::string place() const {
    std::string path;
    for (const Container& container : open_) {
      path += detail::pointer_step(container.is_array ? std::to_string(container.elements)
                                                      : container.name);
    }
    return path;
  }

  std::vector<Container> open_;
  std::string repeated_;
};

}  // namespace

Json parse_strict(std::string_view text) {
  Json json = Json::parse(text);
  RepeatedMembers members;
  detail::read_json(text, members);
  std::string repeated = members.take();
  if (repeated.empty()) return json;
  JsonFinding finding{JsonFinding::Kind::repeated_member, std::move(repeated),
                      "occurs twice in one object"};
  throw InvalidJsonError("strict JSON", {std::move(finding)});
}

InvalidJsonError::InvalidJsonError(const std::string& type, std::vector<JsonFinding> findings)
    : InvalidArgumentError(text_of(type, findings), facts_of(findings)),
      findings_(std::make_shared<const std::vector<JsonFinding>>(std::move(findings))) {}

ErrorKind InvalidJsonError::kind() const noexcept { return ErrorKind::invalid_argument; }

namespace detail {

void from_json_strict(const Type& type, void* object, const Json& json) {
  std::vector<JsonFinding> findings = findings_of(type, json, EnumCheck::exact);
  if (!findings.empty()) throw InvalidJsonError(std::string(type.name), std::move(findings));
  from_json(type, object, json);
}

}  // namespace detail

}  // namespace segment::inline SEGMENT_ABI
