#include "engine/percent.hpp"

#include <charconv>
#include <cstdint>

#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '+' && plus_is_space) {
      decoded += ' ';
    } else if (text[at] != '%') {
      decoded += text[at];
    } else {
      if (at + 2 >= text.size()) return std::nullopt;
      std::uint8_t byte = 0;
      const char* digits = text.data() + at + 1;
      const auto [end, error] = std::from_chars(digits, digits + 2, byte, 16);
      if (error != std::errc{} || end != digits + 2) return std::nullopt;
      decoded += static_cast<char>(byte);
      at += 2;
    }
  }
  if (!detail::is_utf8(decoded)) return std::nullopt;
  return decoded;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
