#include "testing/secret_forms.hpp"

#include <algorithm>

#include "http/syntax.hpp"
#include "json/utf8.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

namespace {

// `%2F` may be written `%2f`.
std::string with_small_escapes(std::string text) {
  for (std::size_t i = text.find('%'); i != text.npos; i = text.find('%', i + 1)) {
    for (std::size_t at = i + 1; at < std::min(i + 3, text.size()); ++at) {
      if (text[at] >= 'A' && text[at] <= 'F') text[at] = static_cast<char>(text[at] - 'A' + 'a');
    }
  }
  return text;
}

// JSON may write a slash `\/`.
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
  if (segment::detail::is_utf8(secret)) {
    const std::string quoted = Json(secret).dump();
    forms.push_back(quoted.substr(1, quoted.size() - 2));
    forms.push_back(with_escaped_slashes(forms.back()));
  }
  return forms;
}

}  // namespace segment::inline SEGMENT_ABI::testing::detail
