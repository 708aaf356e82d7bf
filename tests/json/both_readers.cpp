#include "both_readers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>

#include "json/events.hpp"
#include "json/numbers.hpp"

namespace segment {
namespace {

// To the last bit, and with the sign of a zero.
std::string exactly(double value) {
  char digits[64];
  const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::hex).ptr;
  return {digits, end};
}

class Recorder final : public detail::JsonEvents {
 public:
  explicit Recorder(std::string& lines) : lines_(lines) {}

  void null() override { tell("null"); }
  void boolean(bool value) override { tell(value ? "true" : "false"); }
  void integer(std::int64_t value) override { tell("integer ", std::to_string(value)); }
  void wide_integer(std::uint64_t value) override { tell("wide integer ", std::to_string(value)); }
  void number(double value, std::string_view text) override {
    // A reader may omit a text that says no more than the double does, and no more than the
    // integer.
    const bool says_more = !text.empty() && !detail::says_all(value, text);
    const auto whole = detail::whole_number(value, text);
    tell("number ", exactly(value), says_more ? " written " + std::string(text) : "",
         whole ? " whole " + std::to_string(*whole) : "");
  }
  void text(std::string_view value) override { tell("text ", value); }
  void broken_text() override { tell("broken text"); }
  void begin_object() override { tell("{"); }
  void key(std::string_view name) override { tell("key ", name); }
  void end_object() override { tell("}"); }
  void begin_array() override { tell("["); }
  void end_array() override { tell("]"); }

 private:
  template <class... Words>
  void tell(const Words&... words) {
    ((lines_ += words), ...);
    lines_ += '\n';
  }

  std::string& lines_;
};

// The line that contains this position.
std::string_view line_at(std::string_view lines, std::size_t at) {
  const std::size_t begin = at == 0 ? 0 : lines.rfind('\n', at - 1) + 1;
  return at < lines.size() ? lines.substr(begin, lines.find('\n', at) - begin) : "no more";
}

}  // namespace

const std::vector<JsonReader>& every_reader() {
  static const std::vector<JsonReader> readers = {
      {"nlohmann",
       [](std::string_view text, detail::JsonEvents& events) {
         detail::read_json_with_nlohmann(text, {}, events);
       }},
#ifdef SEGMENT_HAS_SIMDJSON_READER
      {"simdjson",
       [](std::string_view text, detail::JsonEvents& events) {
         detail::read_json_with_simdjson(text, {}, events);
       }},
#endif
  };
  return readers;
}

std::string events_of(const JsonReader& reader, std::string_view text) {
  std::string lines;
  Recorder recorder(lines);
  try {
    reader.read(text, recorder);
  } catch (const detail::BadJson& bad) {
    lines += "refused: " + bad.pointer + ' ' + bad.reason + '\n';
  }
  return lines;
}

void expect_readers_agree(std::string_view text) {
  const auto& first = every_reader().front();
  const std::string expected = events_of(first, text);
  for (const auto& other : every_reader()) {
    const std::string lines = events_of(other, text);
    if (lines == expected) continue;
    const auto [here, there] = std::ranges::mismatch(expected, lines);
    const auto at = static_cast<std::size_t>(here - expected.begin());
    ADD_FAILURE() << "for " << ::testing::PrintToString(std::string(text.substr(0, 400))) << '\n'
                  << first.name << " reports " << line_at(expected, at) << '\n'
                  << other.name << " reports " << line_at(lines, at);
  }
}

Json parsed(std::string_view text) {
  expect_readers_agree(text);
  return Json::parse(text);
}

}  // namespace segment
