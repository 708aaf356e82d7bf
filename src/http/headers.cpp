#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "segment/http/header.hpp"
#include "segment/types/secret.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::http {

namespace {

// Enough for a usual request or response, and more than fits inside a std::string object, which
// keeps those bytes when it is moved from.
constexpr std::size_t usual_bytes = 512;
constexpr std::size_t usual_fields = 16;

// A string that grows by itself would leave a copy behind. The parts may point into it.
void append(std::string& text, std::string_view first, std::string_view second) {
  const std::size_t needed = text.size() + first.size() + second.size();
  if (std::max(needed, usual_bytes) <= text.capacity()) {
    text.append(first).append(second);
    return;
  }
  std::string larger;
  larger.reserve(std::max({needed, usual_bytes, 2 * text.size()}));
  larger.append(text).append(first).append(second);
  text.swap(larger);
  segment::detail::wipe(larger.data(), larger.size());
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) noexcept {
  return segment::detail::same_but_for_case(a, b);
}

// These delegate, so that the destructor wipes the fields if memory runs out.
Headers::Headers(std::initializer_list<HeaderView> fields) : Headers() {
  for (const HeaderView& field : fields) add(field.name, field.value);
}
Headers::Headers(const Headers& other) : Headers() {
  for (const HeaderView field : other) add(field.name, field.value);
}

Headers& Headers::operator=(const Headers& other) {
  Headers(other).swap(*this);
  return *this;
}

Headers& Headers::operator=(Headers&& other) noexcept {
  Headers(std::move(other)).swap(*this);
  return *this;
}

Headers::~Headers() { clear(); }

void Headers::clear() noexcept {
  segment::detail::wipe(text_.data(), text_.size());
  text_.clear();
  fields_.clear();
}

void Headers::swap(Headers& other) noexcept {
  text_.swap(other.text_);
  fields_.swap(other.fields_);
}

void Headers::add(std::string_view name, std::string_view value) {
  if (fields_.size() == fields_.capacity()) {
    fields_.reserve(std::max(usual_fields, 2 * fields_.size()));
  }
  const Field field{text_.size(), name.size(), value.size()};
  append(text_, name, value);
  fields_.push_back(field);
}

void Headers::set(std::string_view name, std::string_view value) {
  if (!find(name)) return add(name, value);
  Headers changed;
  bool is_set = false;
  for (const HeaderView field : *this) {
    if (!same_name(field.name, name)) {
      changed.add(field.name, field.value);
    } else if (!std::exchange(is_set, true)) {
      changed.add(name, value);
    }
  }
  swap(changed);
}

std::optional<std::string_view> Headers::find(std::string_view name) const& noexcept {
  for (const HeaderView field : *this) {
    if (same_name(field.name, name)) return field.value;
  }
  return std::nullopt;
}

std::optional<std::string> Headers::find(std::string_view name) const&& {
  if (const auto found = find(name)) return std::string(*found);
  return std::nullopt;
}

}  // namespace segment::inline SEGMENT_ABI::http
