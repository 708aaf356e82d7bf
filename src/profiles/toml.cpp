// The only source that includes toml++.

#include "profiles/toml.hpp"

#include "segment/error.hpp"

#if defined(SEGMENT_HAS_TOMLPLUSPLUS)
#include <toml++/toml.h>

#include <cstdint>
#include <sstream>
#include <utility>

namespace segment::inline SEGMENT_ABI::detail {

namespace {

Json json_of(const toml::node& node);

Json json_of(const toml::table& table) {
  Json object = Json::object();
  for (const auto& [name, value] : table) object[std::string_view(name)] = json_of(value);
  return object;
}

Json json_of(const toml::array& array) {
  Json list = Json::array();
  for (const toml::node& element : array) list.push_back(json_of(element));
  return list;
}

Json json_of(const toml::node& node) {
  if (const auto* table = node.as_table()) return json_of(*table);
  if (const auto* array = node.as_array()) return json_of(*array);
  if (const auto* text = node.as_string()) return Json(text->get());
  if (const auto* number = node.as_integer()) return Json(number->get());
  if (const auto* number = node.as_floating_point()) return Json(number->get());
  if (const auto* flag = node.as_boolean()) return Json(flag->get());
  std::ostringstream date;
  node.visit([&](const auto& value) { date << value; });
  return Json(std::move(date).str());
}

toml::table table_of(const Json& object);
toml::array array_of(const Json& list);

// Calls `put` with the value as TOML.
template <class Put>
void with_value(const Json& value, const Put& put) {
  if (value.is_object()) return put(table_of(value));
  if (value.is_array()) return put(array_of(value));
  if (value.is_bool()) return put(value.as_bool());
  if (value.is_integer()) return put(value.as_integer());
  if (value.is_number()) return put(value.as_number());
  put(value.as_string());
}

toml::array array_of(const Json& list) {
  toml::array array;
  for (const Json& element : list.as_array()) {
    with_value(element,
               [&](auto&& value) { array.push_back(std::forward<decltype(value)>(value)); });
  }
  return array;
}

toml::table table_of(const Json& object) {
  toml::table table;
  for (const auto& [name, element] : object.as_object()) {
    with_value(element, [&, &key = name](auto&& value) {
      table.insert(key, std::forward<decltype(value)>(value));
    });
  }
  return table;
}

}  // namespace

bool reads_toml() noexcept { return true; }

Json read_toml(std::string_view text) {
  try {
    return json_of(toml::parse(text));
  } catch (const toml::parse_error& error) {
    const toml::source_position at = error.source().begin;
    throw ConfigurationError("is not valid TOML at line " + std::to_string(at.line) + ", column " +
                             std::to_string(at.column) + "; put texts in quotes");
  }
}

std::string write_toml(const Json& document) {
  std::ostringstream text;
  text << toml::toml_formatter(table_of(document)) << '\n';
  return std::move(text).str();
}

}  // namespace segment::inline SEGMENT_ABI::detail

#else

namespace segment::inline SEGMENT_ABI::detail {

namespace {

[[noreturn]] void refuse() {
  throw ConfigurationError(
      "this library was built without toml++, which reads profiles: build it with "
      "-DSEGMENT_PROFILES=ON (Debian's package is libtomlplusplus-dev), or set SEGMENT_TOKEN");
}

}  // namespace

bool reads_toml() noexcept { return false; }
Json read_toml(std::string_view /*text*/) { refuse(); }
std::string write_toml(const Json& /*document*/) { refuse(); }

}  // namespace segment::inline SEGMENT_ABI::detail

#endif
