#include "call/base_url.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI::detail {

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
  int parts = 0;
  for (;;) {
    const std::size_t dot = host.find('.');
    if (!is_number_below_256(host.substr(0, dot))) return false;
    ++parts;
    if (dot == std::string_view::npos) return parts == 4;
    host.remove_prefix(dot + 1);
  }
}

bool is_loopback(std::string_view host) noexcept {
  return host == "localhost" || host == "[::1]" || is_loopback_ipv4(host);
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
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
    refuse_base_url("holds white space or other characters it cannot have");
  const std::string lowered = lower(url);
  const bool tls = lowered.starts_with("https://");
  if (!tls && !lowered.starts_with("http://")) refuse_base_url("does not begin with https://");
  if (lowered.find_first_of("?#@") != std::string::npos) {
    refuse_base_url("holds a user, a query or a fragment");
  }

  const std::string_view rest = std::string_view(lowered).substr(tls ? 8 : 7);
  const std::string_view authority = rest.substr(0, rest.find('/'));
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const std::string_view host = authority.substr(0, colon);
  if (host.empty()) refuse_base_url("names no host");
  if (colon != std::string_view::npos) check_port(authority.substr(colon + 1));
  if (!tls && !is_loopback(host)) {
    refuse_base_url("is plain HTTP to another machine, which would show the token to the network");
  }

  std::string checked(url);
  while (checked.ends_with('/')) checked.pop_back();
  return checked;
}

}  // namespace segment::inline SEGMENT_ABI::detail
