#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "json/memory_budget.hpp"
#include "json/type.hpp"
#include "segment/types/json.hpp"
#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What JSON is made of, one piece after the other. Sources (a text, a Json, an API type) send it
/// to sinks (a text, a Json, an API type, a query), so that any source can feed any sink.
class JsonEvents {
 public:
  JsonEvents() = default;
  JsonEvents(const JsonEvents&) = delete;
  JsonEvents& operator=(const JsonEvents&) = delete;
  virtual ~JsonEvents() = default;

  virtual void null() = 0;
  virtual void boolean(bool value) = 0;
  virtual void integer(std::int64_t value) = 0;
  /// An integer above the signed range.
  virtual void wide_integer(std::uint64_t value) = 0;
  /// \param value the nearest double: infinite where none reaches.
  /// \param text the number as it was written, where that may say more; else it may be empty.
  virtual void number(double value, std::string_view text) = 0;
  virtual void text(std::string_view value) = 0;
  /// Of the text or name that came last: it was not Unicode. U+FFFD stands where it broke.
  virtual void broken_text() {}
  virtual void begin_object() = 0;
  virtual void key(std::string_view name) = 0;
  virtual void end_object() = 0;
  virtual void begin_array() = 0;
  virtual void end_array() = 0;
};

/// How deep JSON may be nested, wherever it comes from.
inline constexpr std::size_t max_depth = 256;

/// Thrown by sinks and sources on JSON that cannot be what it should be, and turned into a
/// DecodeError or InvalidArgumentError by the caller that knows the call.
struct SEGMENT_EXPORT_INTERNAL BadJson {
  std::string pointer;  // JSON pointer, empty: all of it
  std::string reason;   // a predicate: "expected a string, got a number"
  bool placed = false;  // whether the pointer is whole: a source that knows steps above adds none
};

/// Throws the BadJson of what is nested deeper than `max_depth`.
[[noreturn]] void refuse_depth();

/// A member's name as one step of a JSON pointer.
[[nodiscard]] SEGMENT_EXPORT_INTERNAL std::string pointer_step(std::string_view name);

/// A kind of JSON as a sentence names it: `an array`, `a JSON object`, `null`.
[[nodiscard]] inline std::string with_article(std::string_view kind) {
  if (kind == "null") return "null";
  const bool vowel = !kind.empty() && std::string_view("aeio").find(kind.front()) != kind.npos;
  return (vowel ? "an " : "a ") + std::string(kind);
}

/// Sends a Json as events.
void walk(const Json& json, JsonEvents& events);

/// Sends an object of an API type as events, without its absent members. A BadJson that the events
/// throw leaves with the pointer to where it happened.
void walk(const Type& type, const void* object, JsonEvents& events);

/// Reads one JSON text and sends it as events. Which JSON library does the reading was
/// decided by SEGMENT_JSON_READER when this was built; the readers below send and refuse the same,
/// and none of those libraries' exceptions leaves them.
///
/// Throws BadJson where the text is no JSON or is nested deeper than `max_depth`, and lets through
/// what the events throw.
SEGMENT_EXPORT_INTERNAL void read_json(std::string_view text, JsonEvents& events);

/// The memory that a text may be read with.
struct ReadingRoom {
  /// How many bytes behind the text may be looked at, whatever stands there: with enough of them it
  /// need not be copied.
  std::size_t behind = 0;
  /// What the reading itself may allocate, beside what the events keep.
  MemoryBudget beside{};
};

/// The same; throws BadJson also where the reading itself would take more memory than there is
/// room.
void read_json(std::string_view text, const ReadingRoom& room, JsonEvents& events);

/// Makes what the reader keeps for the whole process, which then outlives whatever is made after
/// this, and every thread that ends before that: a response may be read as the process exits.
void load_json_reader();

/// By nlohmann/json's SAX parser: always there.
void read_json_with_nlohmann(std::string_view text, const ReadingRoom& room, JsonEvents& events);

/// By simdjson's DOM: only where the build has found that library.
void read_json_with_simdjson(std::string_view text, const ReadingRoom& room, JsonEvents& events);
void load_simdjson();

}  // namespace segment::inline SEGMENT_ABI::detail
