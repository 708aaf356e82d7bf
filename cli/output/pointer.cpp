#include "output/pointer.hpp"

#include <charconv>
#include <optional>
#include <stdexcept>
#include <system_error>

#include "messages/errors.hpp"

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

// The place in an array that a step names: digits without a zero in front.
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

// `is source, pagination`
std::string what_is_in(const Json& value, bool is_whole) {
  const std::string place = is_whole ? "" : ", where it ends, ";
  if (value.is_array()) return place + "are " + std::to_string(value.size()) + " items";
  if (!value.is_object()) return place + "is a value without members";
  std::string names;
  for (const auto& [name, member] : value.as_object()) {
    names.append(names.empty() ? "" : ", ").append(name);
  }
  return place + (names.empty() ? "is nothing" : "is " + names);
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
  for (const std::string& step : steps_) {
    const Json* found = step_into(*value, step);
    if (found == nullptr) {
      throw std::runtime_error("the result has nothing at " + text_ + "; there " +
                               what_is_in(*value, value == &document));
    }
    value = found;
  }
  return *value;
}

}  // namespace segment::cli
