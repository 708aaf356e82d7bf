#include "testing/recording/secrets.hpp"

#include <algorithm>

#include "http/syntax.hpp"
#include "segment/helpers/text.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

// What looks like a secret ------------------------------------------------------------------------

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

bool could_be_key(std::string_view text) {
  constexpr std::size_t shortest = 16;
  constexpr std::size_t long_one = 32;
  if (text.size() < shortest) return false;
  const auto may_stand_in_key = [](char c) {
    return is_digit(c) || is_upper(c) || is_lower(c) || std::string_view("+/=_-").find(c) < 5;
  };
  if (!std::ranges::all_of(text, may_stand_in_key)) return false;
  const auto digits = std::ranges::count_if(text, is_digit);
  const bool upper = std::ranges::any_of(text, is_upper);
  const bool lower = std::ranges::any_of(text, is_lower);
  if (digits >= 2 && (upper || lower)) return true;
  return text.size() >= long_one && (digits > 0 ? 1 : 0) + (upper ? 1 : 0) + (lower ? 1 : 0) >= 2;
}

// How a secret may be written ---------------------------------------------------------------------

namespace {

// `%2F` may also be written `%2f`.
std::string with_small_escapes(std::string text) {
  for (std::size_t i = text.find('%'); i != text.npos; i = text.find('%', i + 1)) {
    for (std::size_t at = i + 1; at < std::min(i + 3, text.size()); ++at) {
      if (text[at] >= 'A' && text[at] <= 'F') text[at] = static_cast<char>(text[at] - 'A' + 'a');
    }
  }
  return text;
}

// JSON may write a slash as `\/`.
std::string with_escaped_slashes(const std::string& text) {
  std::string escaped;
  for (char c : text) {
    if (c == '/') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

}  // namespace

std::vector<std::string> forms_of(const std::string& secret) {
  std::vector<std::string> forms = {secret};
  std::string percent_encoded;
  segment::detail::append_percent_encoded(percent_encoded, secret);
  forms.push_back(with_small_escapes(percent_encoded));
  forms.push_back(std::move(percent_encoded));
  if (segment::is_utf8(secret)) {
    const std::string quoted = Json(secret).dump();
    forms.push_back(quoted.substr(1, quoted.size() - 2));
    forms.push_back(with_escaped_slashes(forms.back()));
  }
  return forms;
}

}  // namespace segment::inline SEGMENT_ABI::testing::detail
