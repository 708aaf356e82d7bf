#include "engine/pages.hpp"

#include <charconv>
#include <cstdint>

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

constexpr std::string_view base64_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string base64(std::string_view bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      const char byte = at + i < bytes.size() ? bytes[at + i] : '\0';
      group = group << 8U | static_cast<unsigned char>(byte);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      const bool filler = at + i > bytes.size();
      text += filler ? '=' : base64_alphabet[group >> (18U - 6U * i) & 0x3FU];
    }
  }
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  unsigned held = 0;
  while (text.ends_with('=')) text.remove_suffix(1);
  for (char c : text) {
    const std::size_t value = base64_alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 6U | static_cast<std::uint32_t>(value);
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes += static_cast<char>(bits >> held & 0xFFU);
    }
  }
  return bytes;
}

}  // namespace

std::string cursor_of(std::size_t offset) { return base64(std::to_string(offset)); }

std::optional<std::size_t> offset_of(std::string_view cursor) {
  const auto digits = from_base64(cursor);
  if (!digits) return std::nullopt;
  std::size_t offset = 0;
  const char* end = digits->data() + digits->size();
  const auto [stopped, error] = std::from_chars(digits->data(), end, offset);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return offset;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
