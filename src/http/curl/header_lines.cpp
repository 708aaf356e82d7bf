#include "header_lines.hpp"

#include <algorithm>
#include <cstddef>

#include "http/header_text.hpp"
#include "segment/types/secret.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {
namespace {

bool is_blank(std::string_view value) noexcept {
  return std::all_of(value.begin(), value.end(), [](char c) { return c == ' ' || c == '\t'; });
}

constexpr std::string_view accept_encoding = "Accept-Encoding";

// What libcurl needs beside name and value: `: ` or `:` or `;`, and the final zero.
constexpr std::size_t extra_bytes_a_line = 3;

}  // namespace

bool can_be_sent(const Headers& headers) noexcept {
  return std::all_of(headers.begin(), headers.end(), [](const Header& field) {
    return segment::detail::is_header_name(field.name) &&
           segment::detail::is_header_value(field.value);
  });
}

HeaderLines::HeaderLines(const Headers& headers,
                         std::initializer_list<std::string_view> unless_given,
                         std::string_view encodings) {
  std::size_t bytes = accept_encoding.size() + encodings.size() + extra_bytes_a_line;
  for (const Header& field : headers) {
    bytes += field.name.size() + field.value.size() + extra_bytes_a_line;
  }
  for (std::string_view name : unless_given) bytes += name.size() + extra_bytes_a_line;
  // All at once: growing would leave copies behind, and libcurl keeps pointers into both.
  text_.reserve(bytes);
  nodes_.reserve(1 + headers.size() + unless_given.size());

  if (!encodings.empty() && headers.find(accept_encoding) == nullptr) {
    append(accept_encoding, ": ", encodings);
  }
  for (const Header& field : headers) {
    // In libcurl's form a semicolon means "with no value", a bare colon "leave this one out".
    const bool blank = is_blank(field.value);
    append(field.name, blank ? ";" : ": ", blank ? std::string_view{} : field.value);
  }
  for (std::string_view name : unless_given) {
    if (headers.find(name) == nullptr) append(name, ":", {});
  }
}

HeaderLines::~HeaderLines() { segment::detail::wipe(text_.data(), text_.size()); }

void HeaderLines::append(std::string_view name, std::string_view separator,
                         std::string_view value) {
  char* line = text_.data() + text_.size();
  text_.append(name).append(separator).append(value).push_back('\0');
  nodes_.push_back({.data = line, .next = nullptr});
  if (nodes_.size() > 1) nodes_[nodes_.size() - 2].next = &nodes_.back();
}

}  // namespace segment::inline SEGMENT_ABI::http::detail
