#include "wire/framing.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <system_error>

#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

constexpr std::array<std::string_view, 4> methods_with_body = {"POST", "PUT", "PATCH", "DELETE"};

int length_problem(const std::string& text, std::size_t max_body_bytes) {
  const bool digits =
      !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return 400;
  std::size_t length = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), length);
  return parsed.ec != std::errc{} || length > max_body_bytes ? 413 : 0;
}

// Whether it is free of compression: what a body decompresses to has no bound.
bool is_plain(const httplib::Request& request) {
  const auto [first, last] = request.headers.equal_range("Content-Encoding");
  return std::all_of(first, last, [](const auto& header) {
    return detail::same_but_for_case(detail::trimmed(header.second), "identity");
  });
}

}  // namespace

int framing_problem(const httplib::Request& request, std::size_t max_body_bytes) {
  const std::size_t lengths = request.get_header_value_count("Content-Length");
  const std::size_t encodings = request.get_header_value_count("Transfer-Encoding");
  if (lengths + encodings > 1) return 400;
  if (!is_plain(request)) return 415;
  if (encodings == 1) {
    return detail::lower(request.get_header_value("Transfer-Encoding")) == "chunked" ? 0 : 400;
  }
  return lengths == 1 ? length_problem(request.get_header_value("Content-Length"), max_body_bytes)
                      : 0;
}

bool has_unread_body(const httplib::Request& request) {
  if (std::ranges::find(methods_with_body, request.method) != methods_with_body.end()) return false;
  return request.has_header("Transfer-Encoding") ||
         (request.has_header("Content-Length") &&
          request.get_header_value("Content-Length") != "0");
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
