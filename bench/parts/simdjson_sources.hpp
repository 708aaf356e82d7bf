#pragma once

// What somebody would write who reads this one answer by hand with simdjson: its on-demand
// interface, and plain structs of what the API's types hold. Free-form values become a Json in
// both.

#include <simdjson.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segment/json.hpp"

namespace segment::bench {

struct PlainOption {
  std::string name;
  std::string type;
  bool required = false;
  std::optional<std::string> description;
  std::optional<Json> default_value;
  std::optional<std::string> label;
};

struct PlainLogos {
  std::string default_url;
  std::optional<std::string> mark;
  std::optional<std::string> alt;
};

struct PlainMetadata {
  std::string id;
  std::string name;
  std::string slug;
  std::string description;
  PlainLogos logos;
  std::vector<PlainOption> options;
  std::vector<std::string> categories;
  bool is_cloud_event_source = false;
};

struct PlainLabel {
  std::string key;
  std::string value;
  std::optional<std::string> description;
};

struct PlainSource {
  std::string id;
  std::string slug;
  std::optional<std::string> name;
  PlainMetadata metadata;
  std::string workspace_id;
  bool enabled = false;
  std::vector<std::string> write_keys;
  std::optional<Json> settings;
  std::vector<PlainLabel> labels;
};

using Value = simdjson::ondemand::value;

inline std::string text(Value value) { return std::string(value.get_string().value()); }

inline std::optional<std::string> text_or_null(Value value) {
  if (value.is_null()) return std::nullopt;
  return text(value);
}

inline Json free_form(Value value) {
  using simdjson::ondemand::json_type;
  switch (value.type().value()) {
    case json_type::array: {
      Json json = Json::array();
      for (Value element : value.get_array()) json.push_back(free_form(element));
      return json;
    }
    case json_type::object: {
      Json json = Json::object();
      for (auto field : value.get_object()) {
        std::string name(field.unescaped_key().value());
        json.as_object().push_back({std::move(name), free_form(field.value())});
      }
      return json;
    }
    case json_type::number: {
      const auto number = value.get_number().value();
      return number.is_int64() ? Json(number.get_int64()) : Json(number.as_double());
    }
    case json_type::string:
      return Json(text(value));
    case json_type::boolean:
      return Json(value.get_bool().value());
    case json_type::null:
      break;
  }
  return {};
}

template <class Read>
auto list_of(Value value, const Read& read) {
  std::vector<decltype(read(value))> list;
  for (Value element : value.get_array()) list.push_back(read(element));
  return list;
}

// Members in any order; those that the struct does not have are passed over.
template <class Take>
void each_member(Value value, const Take& take) {
  for (auto field : value.get_object()) {
    const std::string_view name = field.unescaped_key().value();
    take(name, field.value());
  }
}

inline PlainOption option(Value value) {
  PlainOption result;
  each_member(value, [&](std::string_view name, Value member) {
    if (name == "name")
      result.name = text(member);
    else if (name == "type")
      result.type = text(member);
    else if (name == "required")
      result.required = member.get_bool();
    else if (name == "description")
      result.description = text_or_null(member);
    else if (name == "defaultValue")
      result.default_value = free_form(member);
    else if (name == "label")
      result.label = text_or_null(member);
  });
  return result;
}

inline PlainLogos logos(Value value) {
  PlainLogos result;
  each_member(value, [&](std::string_view name, Value member) {
    if (name == "default")
      result.default_url = text(member);
    else if (name == "mark")
      result.mark = text_or_null(member);
    else if (name == "alt")
      result.alt = text_or_null(member);
  });
  return result;
}

inline PlainMetadata metadata(Value value) {
  PlainMetadata result;
  each_member(value, [&](std::string_view name, Value member) {
    if (name == "id")
      result.id = text(member);
    else if (name == "name")
      result.name = text(member);
    else if (name == "slug")
      result.slug = text(member);
    else if (name == "description")
      result.description = text(member);
    else if (name == "logos")
      result.logos = logos(member);
    else if (name == "options")
      result.options = list_of(member, &option);
    else if (name == "categories")
      result.categories = list_of(member, &text);
    else if (name == "isCloudEventSource")
      result.is_cloud_event_source = member.get_bool();
  });
  return result;
}

inline PlainLabel label(Value value) {
  PlainLabel result;
  each_member(value, [&](std::string_view name, Value member) {
    if (name == "key")
      result.key = text(member);
    else if (name == "value")
      result.value = text(member);
    else if (name == "description")
      result.description = text_or_null(member);
  });
  return result;
}

inline PlainSource source(Value value) {
  PlainSource result;
  each_member(value, [&](std::string_view name, Value member) {
    if (name == "id")
      result.id = text(member);
    else if (name == "slug")
      result.slug = text(member);
    else if (name == "name")
      result.name = text_or_null(member);
    else if (name == "metadata")
      result.metadata = metadata(member);
    else if (name == "workspaceId")
      result.workspace_id = text(member);
    else if (name == "enabled")
      result.enabled = member.get_bool();
    else if (name == "writeKeys")
      result.write_keys = list_of(member, &text);
    else if (name == "settings")
      result.settings = free_form(member);
    else if (name == "labels")
      result.labels = list_of(member, &label);
  });
  return result;
}

inline std::vector<PlainSource> read_by_hand(const std::string& page) {
  static simdjson::ondemand::parser parser;
  const simdjson::padded_string padded(page);
  auto document = parser.iterate(padded);
  std::vector<PlainSource> sources;
  for (Value element : document.get_array()) sources.push_back(source(element));
  return sources;
}

}  // namespace segment::bench
