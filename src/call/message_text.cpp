#include "call/message_text.hpp"

#include <algorithm>
#include <string_view>

#include "json/utf8.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

unsigned char byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

// How many bytes from here on are a character that moves the cursor or ends a line: those of ASCII,
// U+0080 to U+009F, and the line and paragraph separators U+2028 and U+2029.
std::size_t control_length(std::string_view text, std::size_t at) {
  const unsigned first = byte_at(text, at);
  if (first < 0x20U || first == 0x7FU) return 1;
  const unsigned second = byte_at(text, at + 1);
  if (first == 0xC2U && second >= 0x80U && second <= 0x9FU) return 2;
  const unsigned third = byte_at(text, at + 2);
  return first == 0xE2U && second == 0x80U && (third == 0xA8U || third == 0xA9U) ? 3 : 0;
}

}  // namespace

std::string one_line(std::string text) {
  if (!is_utf8(text)) {
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) >= 0x80U; }, ' ');
  }
  // Written in place: replacing would move the rest each time, and a server chooses how often.
  std::size_t written = 0;
  for (std::size_t at = 0; at < text.size(); ++written) {
    const std::size_t length = control_length(text, at);
    text[written] = length == 0 ? text[at] : ' ';
    at += std::max<std::size_t>(length, 1);
  }
  text.resize(written);
  return text;
}

std::string cut(std::string text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
  text.resize(most);
  return text += "...";
}

}  // namespace segment::inline SEGMENT_ABI::detail
