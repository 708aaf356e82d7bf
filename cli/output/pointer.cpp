#include "output/pointer.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>
#include <system_error>

#include "messages/errors.hpp"
#include "segment/helpers/text.hpp"

namespace segment::cli {

namespace {

// One step of a pointer, its escapes resolved.
std::string unescaped(std::string_view step) {
  std::string text;
  for (std::size_t i = 0; i < step.size(); ++i) {
    if (step[i] != '~') {
      text += step[i];
      continue;
    }
    const char escaped = i + 1 < step.size() ? step[++i] : ' ';
    if (escaped != '0' && escaped != '1') {
      throw Malformed(
          "--query is not a JSON pointer: write a ~ as ~0, and a slash in a name as ~1");
    }
    text += escaped == '0' ? '~' : '/';
  }
  return text;
}

// The index in an array that a step names: digits without a leading zero.
std::optional<std::size_t> index_of(const std::string& step) {
  if (step.size() > 1 && step.front() == '0') return std::nullopt;
  std::size_t index = 0;
  const char* end = step.data() + step.size();
  const auto [stopped, failure] = std::from_chars(step.data(), end, index);
  if (step.empty() || failure != std::errc{} || stopped != end) return std::nullopt;
  return index;
}

const Json* step_into(const Json& value, const std::string& step) {
  if (!value.is_array()) return value.find(step);
  const auto index = index_of(step);
  return index && *index < value.size() ? &value.at(*index) : nullptr;
}

const Json* walk(const Json& document, const std::vector<std::string>& steps) {
  const Json* value = &document;
  for (const std::string& step : steps) {
    if (value != nullptr) value = step_into(*value, step);
  }
  return value;
}

// `it has source, pagination`
std::string what_is_in(const Json& value) {
  if (value.is_array()) {
    return "it has " + std::to_string(value.size()) +
           (value.size() == 1 ? " item, 0" : " items, from 0 on");
  }
  if (!value.is_object()) return "it has no members";
  std::string names;
  for (const auto& [name, member] : value.as_object()) {
    names.append(names.empty() ? "" : ", ").append(name);
  }
  return "it has " + (names.empty() ? "no members" : names);
}

// A table shows only the members of `source`, but a pointer begins above it.
std::string place_below(const Json& document, const std::vector<std::string>& steps) {
  if (!document.is_object()) return {};
  for (const auto& [name, value] : document.as_object()) {
    if (value.is_object() && walk(value, steps) != nullptr) return "/" + name;
  }
  return {};
}

}  // namespace

JsonPointer::JsonPointer(std::string_view text) : text_(text) {
  if (text.empty()) return;
  if (!text.starts_with('/')) {
    throw Malformed(
        "--query is not a JSON pointer: begin it with a slash, for example /sources/0/id");
  }
  while (!text.empty()) {
    text.remove_prefix(1);
    const std::string_view step = text.substr(0, text.find('/'));
    steps_.push_back(unescaped(step));
    text.remove_prefix(step.size());
  }
}

const Json& JsonPointer::find_in(const Json& document) const {
  const Json* value = &document;
  std::size_t end = 0;  // of what was found
  for (const std::string& step : steps_) {
    const Json* found = step_into(*value, step);
    if (found == nullptr) {
      const std::string place = end == 0 ? "" : "at " + text_.substr(0, end) + " ";
      const std::string above = place_below(document, steps_);
      throw std::runtime_error("the result has nothing at " + text_ + "; " + place +
                               what_is_in(*value) +
                               did_you_mean(above.empty() ? above : above + text_));
    }
    value = found;
    end = std::min(text_.find('/', end + 1), text_.size());
  }
  return *value;
}

}  // namespace segment::cli
