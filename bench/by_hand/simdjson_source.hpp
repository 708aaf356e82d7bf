#pragma once

// How this one response would be read by hand with simdjson, for speed: with its on-demand reader,
// structs filled in the order of arrival, free-form JSON kept as text.

#include <simdjson.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "by_hand/plain_source.hpp"

namespace bench::simdjson_by_hand {

namespace ondemand = simdjson::ondemand;
using ondemand::value;
using Source = PlainSource<std::string>;

inline std::string text(value json) { return std::string(std::string_view(json.get_string())); }

inline std::optional<std::string> optional_text(value json) {
  if (json.is_null()) return std::nullopt;
  return text(json);
}

inline std::string raw_text(value json) {
  return std::string(std::string_view(simdjson::to_json_string(json)));
}

template <class Take>
void each_member(value json, Take take) {
  for (auto field : json.get_object()) take(std::string_view(field.unescaped_key()), field.value());
}

template <class T, class Read>
void fill(std::vector<T>& list, value json, Read read) {
  for (value element : json.get_array()) list.push_back(read(element));
}

inline PlainOption<std::string> read_option(value json) {
  PlainOption<std::string> option;
  each_member(json, [&](std::string_view name, value member) {
    if (name == "name")
      option.name = text(member);
    else if (name == "type")
      option.type = text(member);
    else if (name == "required")
      option.required = member.get_bool();
    else if (name == "description")
      option.description = optional_text(member);
    else if (name == "defaultValue")
      option.default_value = raw_text(member);
    else if (name == "label")
      option.label = optional_text(member);
  });
  return option;
}

inline PlainLogos read_logos(value json) {
  PlainLogos logos;
  each_member(json, [&](std::string_view name, value member) {
    if (name == "default")
      logos.default_url = text(member);
    else if (name == "mark")
      logos.mark = optional_text(member);
    else if (name == "alt")
      logos.alt = optional_text(member);
  });
  return logos;
}

inline PlainMetadata<std::string> read_metadata(value json) {
  PlainMetadata<std::string> metadata;
  each_member(json, [&](std::string_view name, value member) {
    if (name == "id")
      metadata.id = text(member);
    else if (name == "name")
      metadata.name = text(member);
    else if (name == "slug")
      metadata.slug = text(member);
    else if (name == "description")
      metadata.description = text(member);
    else if (name == "logos")
      metadata.logos = read_logos(member);
    else if (name == "options")
      fill(metadata.options, member, read_option);
    else if (name == "categories")
      fill(metadata.categories, member, text);
    else if (name == "isCloudEventSource")
      metadata.is_cloud_event_source = member.get_bool();
    else if (name == "status")
      metadata.status = text(member);
    else if (name == "partnerOwned")
      metadata.partner_owned = bool(member.get_bool());
  });
  return metadata;
}

inline PlainLabel read_label(value json) {
  PlainLabel label;
  each_member(json, [&](std::string_view name, value member) {
    if (name == "key")
      label.key = text(member);
    else if (name == "value")
      label.value = text(member);
    else if (name == "description")
      label.description = optional_text(member);
  });
  return label;
}

inline Source read_source(value json) {
  Source source;
  each_member(json, [&](std::string_view name, value member) {
    if (name == "id")
      source.id = text(member);
    else if (name == "slug")
      source.slug = text(member);
    else if (name == "name")
      source.name = optional_text(member);
    else if (name == "metadata")
      source.metadata = read_metadata(member);
    else if (name == "workspaceId")
      source.workspace_id = text(member);
    else if (name == "enabled")
      source.enabled = member.get_bool();
    else if (name == "writeKeys")
      fill(source.write_keys, member, text);
    else if (name == "settings")
      source.settings = raw_text(member);
    else if (name == "labels")
      fill(source.labels, member, read_label);
  });
  return source;
}

/// The sources of an array.
inline std::vector<Source> read_sources(value json) {
  std::vector<Source> sources;
  fill(sources, json, read_source);
  return sources;
}

/// Reads in place: the padding that simdjson needs is reserved first, which rarely copies.
inline ondemand::document parse(ondemand::parser& parser, std::string& body) {
  body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
  return parser.iterate(body);
}

}  // namespace bench::simdjson_by_hand
