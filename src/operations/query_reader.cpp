#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "http/syntax.hpp"
#include "operations/router.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

constexpr std::size_t most_steps = 16;

// The steps of `a.b`, `a[b]` and `a[]`, the last of which ends with an empty one.
std::vector<std::string> steps_of(std::string_view name) {
  std::vector<std::string> steps(1);
  for (char c : name) {
    if (c == '.' || c == '[') {
      if (steps.size() < most_steps) steps.emplace_back();
    } else if (c != ']') {
      steps.back() += c;
    }
  }
  return steps;
}

// At first every level is an object of texts: only the table knows which of them are lists.
void put(Json& place, const std::vector<std::string>& steps, std::string value) {
  Json* level = &place;
  for (const std::string& step : steps) {
    if (!level->is_object()) *level = Json::object();
    level = &(*level)[step.empty() ? std::to_string(level->size()) : step];
  }
  if (level->is_null()) {
    *level = std::move(value);
  } else {  // a repeated name makes a list
    if (!level->is_array()) *level = Json::array({std::move(*level)});
    level->push_back(std::move(value));
  }
}

std::optional<std::int64_t> to_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Json as_scalar(Kind kind, const std::string& text) {
  if (kind == Kind::boolean && (text == "true" || text == "false")) return text == "true";
  if (kind == Kind::integer) {
    if (const auto value = to_integer(text)) return *value;
  }
  if (kind == Kind::number) {
    if (const auto value = to_double(text)) return *value;
  }
  return text;
}

Json shaped(const Type& type, Json json);

Json shaped_list(const Type& type, Json json) {
  Json list = Json::array();
  if (json.is_array()) {
    for (Json& element : json.as_array()) list.push_back(shaped(*type.element, std::move(element)));
  } else if (json.is_object()) {
    auto& members = json.as_object();
    const auto index = [](const Json::Member& member) {
      return std::pair(member.name.size(), member.name);  // 10 after 9
    };
    std::ranges::sort(members, {}, index);
    for (auto& member : members) list.push_back(shaped(*type.element, std::move(member.value)));
  } else {
    list.push_back(shaped(*type.element, std::move(json)));
  }
  return list;
}

Json shaped_object(const Type& type, Json json) {
  if (!json.is_object()) return json;
  for (auto& member : json.as_object()) {
    const auto known = std::ranges::find(type.members, member.name, &Member::name);
    if (known == type.members.end()) continue;
    member.value = shaped(*known->type, std::move(member.value));
  }
  return json;
}

Json shaped(const Type& type, Json json) {
  if (type.kind == Kind::object) return shaped_object(type, std::move(json));
  if (type.kind == Kind::list) return shaped_list(type, std::move(json));
  if (json.is_string()) return as_scalar(type.kind, json.as_string());
  return json;
}

std::optional<std::string> decoded(std::string_view text) {
  std::string spaced(text);
  std::ranges::replace(spaced, '+', ' ');
  std::optional<std::string> plain = percent_decoded(spaced);
  if (plain && !is_utf8(*plain)) plain.reset();
  return plain;
}

}  // namespace

std::optional<Json> read_query(const Type& type, std::string_view query) {
  Json json = Json::object();
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    const auto name = decoded(pair.substr(0, equals));
    auto value = decoded(equals == pair.npos ? std::string_view{} : pair.substr(equals + 1));
    if (!name || !value) return std::nullopt;
    put(json, steps_of(*name), std::move(*value));
  }
  return shaped(type, std::move(json));
}

}  // namespace segment::inline SEGMENT_ABI::detail
