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

/// The pieces that JSON is made of, in order. Sources (a text, a Json, an API type) send them to
/// sinks (a text, a Json, an API type, a query), so that any source can feed any sink.
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
  /// \param value the nearest double: infinite if it is out of range.
  /// \param text the number as written, if that may say more; otherwise it may be empty.
  virtual void number(double value, std::string_view text) = 0;
  virtual void text(std::string_view value) = 0;
  /// The last text or name was not Unicode; U+FFFD replaces what was broken.
  virtual void broken_text() {}
  virtual void begin_object() = 0;
  virtual void key(std::string_view name) = 0;
  virtual void end_object() = 0;
  virtual void begin_array() = 0;
  virtual void end_array() = 0;
};

/// The deepest nesting of JSON, wherever it comes from.
inline constexpr std::size_t max_depth = 256;

/// Thrown by sinks and sources for JSON that is not what it should be. The caller that knows the
/// call turns it into a DecodeError or InvalidArgumentError.
struct SEGMENT_EXPORT_INTERNAL BadJson {
  std::string pointer;  // JSON pointer, empty: all of it
  std::string reason;   // a predicate: "expected a string, got a number"
  bool placed = false;  // whether the pointer is complete, so that sources do not extend it
};

/// Throws the BadJson for what is nested deeper than `max_depth`.
[[noreturn]] void refuse_depth();

/// A member's name as one step of a JSON pointer.
[[nodiscard]] SEGMENT_EXPORT_INTERNAL std::string pointer_step(std::string_view name);

/// A kind of JSON with its article: `an array`, `a JSON object`, `null`.
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

/// Reads a JSON text and sends it as events. SEGMENT_JSON_READER chooses the JSON library when this
/// is built; the readers below send and refuse the same, and let none of its exceptions out.
///
/// \throws BadJson if the text is not JSON or is nested deeper than `max_depth`; also what the
///         events throw.
SEGMENT_EXPORT_INTERNAL void read_json(std::string_view text, JsonEvents& events);

/// The memory for reading a text.
struct ReadingRoom {
  /// How many bytes after the text may be read, whatever they are; with enough of them the text
  /// need not be copied.
  std::size_t behind = 0;
  /// What reading itself may allocate, besides what the events keep.
  MemoryBudget beside{};
};

/// The same; also throws BadJson if reading would take more memory than there is room.
void read_json(std::string_view text, const ReadingRoom& room, JsonEvents& events);

/// Makes what the reader keeps for the whole process, so that it outlives whatever is made later,
/// and every thread that ends before that: a response may be read as the process exits.
void load_json_reader();

/// With nlohmann/json's SAX parser; always available.
void read_json_with_nlohmann(std::string_view text, const ReadingRoom& room, JsonEvents& events);

/// With simdjson's DOM; only if the build has found that library.
void read_json_with_simdjson(std::string_view text, const ReadingRoom& room, JsonEvents& events);
void load_simdjson();

}  // namespace segment::inline SEGMENT_ABI::detail
