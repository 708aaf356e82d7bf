#include "segment/http/header.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "header_text.hpp"

namespace segment::inline SEGMENT_ABI::http {
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

// Header names are ASCII: std::tolower would ask the process's locale.
constexpr char lower(char letter) noexcept {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char left, char right) { return lower(left) == lower(right); });
}

void Headers::set(std::string name, std::string value) {
  const auto is_same = [&name](const Header& field) { return same_name(field.name, name); };
  const auto first = std::find_if(fields_.begin(), fields_.end(), is_same);
  if (first == fields_.end()) {
    add(std::move(name), std::move(value));
    return;
  }
  fields_.erase(std::remove_if(std::next(first), fields_.end(), is_same), fields_.end());
  *first = {std::move(name), std::move(value)};
}

const std::string* Headers::find(std::string_view name) const noexcept {
  for (const Header& field : fields_) {
    if (same_name(field.name, name)) return &field.value;
  }
  return nullptr;
}

}  // namespace segment::inline SEGMENT_ABI::http

namespace segment::inline SEGMENT_ABI::detail {

bool is_header_name(std::string_view text) noexcept {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return http::class_of(c) == http::HeaderByte::token;
  });
}

bool is_header_value(std::string_view text) noexcept {
  return std::ranges::none_of(
      text, [](char c) { return http::class_of(c) == http::HeaderByte::control; });
}

}  // namespace segment::inline SEGMENT_ABI::detail
