#include "operations/json_schema.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/refusal.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

constexpr std::array<std::string_view, 7> schema_types = {"array",  "boolean", "integer", "null",
                                                          "number", "object",  "string"};
// Keywords by what they hold: a schema for each name, a schema, or a list of schemas.
constexpr std::array<std::string_view, 4> keywords_of_names = {"properties", "patternProperties",
                                                               "definitions", "$defs"};
constexpr std::array<std::string_view, 9> keywords_of_schemas = {"items",
                                                                 "additionalItems",
                                                                 "additionalProperties",
                                                                 "not",
                                                                 "contains",
                                                                 "propertyNames",
                                                                 "if",
                                                                 "then",
                                                                 "else"};
constexpr std::array<std::string_view, 4> keywords_of_lists = {"allOf", "anyOf", "oneOf", "items"};

bool is_one_of(std::string_view name, const auto& names) {
  return std::ranges::find(names, name) != names.end();
}

void check_type(const Json& type, const std::string& field) {
  const auto known = [](const Json& name) {
    return name.is_string() && is_one_of(name.as_string(), schema_types);
  };
  const bool fine =
      type.is_array() ? !type.empty() && std::ranges::all_of(type.as_array(), known) : known(type);
  if (!fine) {
    throw invalid(field, "must be array, boolean, integer, null, number, object or string");
  }
}

// As the value of a keyword, `true` and `false` are schemas too.
void check_nested(const Json& schema, const std::string& field) {
  if (!schema.is_bool()) check_json_schema(schema, field);
}

void check_keyword(std::string_view name, const Json& value, const std::string& field) {
  if (name == "type") return check_type(value, field);
  if (is_one_of(name, keywords_of_lists) && value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      check_nested(value.at(i), field + "." + std::to_string(i));
    }
  } else if (is_one_of(name, keywords_of_names)) {
    if (!value.is_object()) throw invalid(field, "must be an object");
    for (const auto& [inner, schema] : value.as_object()) check_nested(schema, field + "." + inner);
  } else if (is_one_of(name, keywords_of_schemas)) {
    check_nested(value, field);
  } else if (is_one_of(name, keywords_of_lists)) {
    throw invalid(field, "must be an array");
  }
}

}  // namespace

void check_json_schema(const Json& schema, const std::string& field) {
  if (!schema.is_object()) throw invalid(field, "must be an object");
  for (const auto& [name, value] : schema.as_object()) {
    check_keyword(name, value, field + "." + name);
  }
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
