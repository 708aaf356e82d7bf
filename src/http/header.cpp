#include "segment/http/header.hpp"

#include <algorithm>
#include <utility>

namespace segment::inline SEGMENT_ABI::http {
namespace {

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
