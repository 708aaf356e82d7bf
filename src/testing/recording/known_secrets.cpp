#include "testing/recording/known_secrets.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "http/syntax.hpp"
#include "segment/helpers/text.hpp"
#include "segment/types/json.hpp"
#include "testing/recording/recording_file.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

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

// The forms in which a secret may occur in a text: as it is, percent-encoded, and escaped for JSON.
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

}  // namespace

void KnownSecrets::add(const std::string& secret, const std::string& placeholder) {
  for (std::string& form : forms_of(secret)) {
    begins_one_[static_cast<unsigned char>(form.front())] = true;
    forms_.try_emplace(std::move(form), placeholder);
  }
}

// In their order, the longest form that the text begins with is the last that is not greater than
// it, unless that one differs: then it is a form that what both have in common begins with.
KnownSecrets::Forms::const_iterator KnownSecrets::longest_at_start_of(std::string_view text) const {
  if (!begins_one_[static_cast<unsigned char>(text.front())]) return forms_.end();
  while (!text.empty()) {
    auto place = forms_.upper_bound(text);
    if (place == forms_.begin()) break;
    --place;
    const std::string& form = place->first;
    const std::size_t most = std::min(form.size(), text.size());
    const auto differs =
        std::mismatch(form.begin(), form.begin() + static_cast<std::ptrdiff_t>(most), text.begin());
    const auto common = static_cast<std::size_t>(differs.first - form.begin());
    if (common == form.size()) return place;
    text = text.substr(0, common);
  }
  return forms_.end();
}

std::string KnownSecrets::replaced_in(std::string_view text) const {
  std::string clean;
  while (!text.empty()) {
    std::size_t length = placeholder_length(text);
    if (length > 0) {
      clean += text.substr(0, length);
      text.remove_prefix(length);
      continue;
    }
    const auto known = longest_at_start_of(text);
    length = known != forms_.end() ? known->first.size() : 1;
    clean += known != forms_.end() ? std::string_view(known->second) : text.substr(0, 1);
    text.remove_prefix(length);
  }
  return clean;
}

}  // namespace segment::inline SEGMENT_ABI::testing::detail
