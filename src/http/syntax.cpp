#include "http/syntax.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <system_error>

#include "segment/error.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

// A table, since every byte of every request's headers is looked up.
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

std::optional<char> escaped_byte(std::string_view text) noexcept {
  if (text.size() < 3 || text.front() != '%') return std::nullopt;
  unsigned char byte = 0;
  const char* const digits = text.data() + 1;
  if (std::from_chars(digits, digits + 2, byte, 16).ptr != digits + 2) return std::nullopt;
  return static_cast<char>(byte);
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      decoded += text[at];
      continue;
    }
    const auto byte = escaped_byte(text.substr(at));
    if (!byte) return std::nullopt;
    decoded += *byte;
    at += 2;
  }
  return decoded;
}

// A base URL --------------------------------------------------------------------------------------

namespace {

[[noreturn]] void refuse_base_url(const std::string& reason) {
  throw ConfigurationError("the base URL " + reason +
                           "; it looks like https://api.segmentapis.com");
}

bool is_number_below_256(std::string_view text) noexcept {
  if (text.empty() || text.size() > 3) return false;
  int value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return false;
    value = value * 10 + (c - '0');
  }
  return value < 256;
}

// 127.0.0.0/8, written out as four numbers: "127.evil.example" is a name.
bool is_loopback_ipv4(std::string_view host) noexcept {
  if (!host.starts_with("127.")) return false;
  int numbers = 0;
  for (;;) {
    const std::size_t dot = host.find('.');
    if (!is_number_below_256(host.substr(0, dot))) return false;
    ++numbers;
    if (dot == std::string_view::npos) return numbers == 4;
    host.remove_prefix(dot + 1);
  }
}

bool is_loopback(std::string_view host) noexcept {
  return host == "localhost" || host == "[::1]" || is_loopback_ipv4(host);
}

void check_port(std::string_view port) {
  int number = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  const bool is_port =
      error == std::errc{} && end == port.data() + port.size() && number >= 1 && number <= 65535;
  if (!is_port) refuse_base_url("has a port that is not a number from 1 to 65535");
}

}  // namespace

std::string checked_base_url(std::string_view url) {
  const auto is_odd = [](char c) { return c <= ' ' || c >= '\x7f' || c == '\\'; };
  if (std::ranges::any_of(url, is_odd))
    refuse_base_url("contains white space or other invalid characters");
  const std::string lowered = lower(url);
  const bool tls = lowered.starts_with("https://");
  if (!tls && !lowered.starts_with("http://")) refuse_base_url("does not begin with https://");
  if (lowered.find_first_of("?#@") != std::string::npos) {
    refuse_base_url("contains a user, a query or a fragment");
  }

  const std::string_view rest = std::string_view(lowered).substr(tls ? 8 : 7);
  const std::string_view authority = rest.substr(0, rest.find('/'));
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const std::string_view host = authority.substr(0, colon);
  if (host.empty()) refuse_base_url("has no host");
  if (colon != std::string_view::npos) check_port(authority.substr(colon + 1));
  if (!tls && !is_loopback(host)) {
    refuse_base_url(
        "uses plain HTTP to another machine, which would expose the token to the network");
  }

  std::string checked(url);
  while (checked.ends_with('/')) checked.pop_back();
  return checked;
}

}  // namespace segment::inline SEGMENT_ABI::detail
