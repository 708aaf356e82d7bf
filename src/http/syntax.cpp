#include "http/syntax.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

namespace segment::inline SEGMENT_ABI::detail {

namespace {

// By a table: this is asked for every byte of every request's headers.
enum class HeaderByte : unsigned char { control, other, token };

constexpr std::array<HeaderByte, 256> classify_header_bytes() {
  std::array<HeaderByte, 256> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const bool is_control = (i < 0x20 && i != '\t') || i == 0x7f;
    bytes[i] = is_control ? HeaderByte::control : HeaderByte::other;
  }
  for (const char c : std::string_view("!#$%&'*+-.^_`|~0123456789"
                                       "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")) {
    bytes[static_cast<unsigned char>(c)] = HeaderByte::token;
  }
  return bytes;
}

HeaderByte class_of(char c) noexcept {
  static constexpr std::array<HeaderByte, 256> classes = classify_header_bytes();
  return classes[static_cast<unsigned char>(c)];
}

bool is_unreserved(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

}  // namespace

bool is_header_name(std::string_view text) noexcept {
  return !text.empty() &&
         std::ranges::all_of(text, [](char c) { return class_of(c) == HeaderByte::token; });
}

bool is_header_value(std::string_view text) noexcept {
  return std::ranges::none_of(text, [](char c) { return class_of(c) == HeaderByte::control; });
}

void append_percent_encoded(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  for (char c : text) {
    if (is_unreserved(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += hex[byte >> 4U];
    out += hex[byte & 0xFU];
  }
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      decoded += text[at];
      continue;
    }
    const std::string_view digits = text.substr(at + 1, 2);
    unsigned byte = 0;
    const char* const end = digits.data() + digits.size();
    if (digits.size() < 2 || std::from_chars(digits.data(), end, byte, 16).ptr != end) {
      return std::nullopt;
    }
    decoded += static_cast<char>(byte);
    at += 2;
  }
  return decoded;
}

}  // namespace segment::inline SEGMENT_ABI::detail
