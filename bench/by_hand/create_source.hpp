#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bench {

/// The body that creates a source, about 1 KB as JSON: every contender sends the same.
struct PlainCreateSource {
  std::string slug{};
  bool enabled = false;
  std::string metadata_id{};
  std::vector<std::pair<std::string, std::string>> settings{};
};

inline PlainCreateSource source_to_create() {
  PlainCreateSource source{.slug = "production-web", .enabled = true, .metadata_id = "IqDTy1TpoU"};
  for (const char* name : {"websiteUrl", "apiHost", "cookieDomain", "assetsUrl", "loginUrl",
                           "privacyUrl", "imprintUrl", "statusUrl"}) {
    source.settings.emplace_back(
        name, "https://www.example.com/shops/of/the/whole/world/and/one/street/more/" +
                  std::string(name) + "?from=a-benchmark&language=en");
  }
  return source;
}

inline void append_quoted(std::string& json, std::string_view text) {
  json += '"';
  for (const char character : text) {
    if (character == '"' || character == '\\') json += '\\';
    json += character;
  }
  json += '"';
}

/// How JSON is written by hand without a library; no string here has control characters.
inline std::string to_json_text(const PlainCreateSource& source) {
  std::string json = R"({"slug":)";
  append_quoted(json, source.slug);
  json += source.enabled ? R"(,"enabled":true,"metadataId":)" : R"(,"enabled":false,"metadataId":)";
  append_quoted(json, source.metadata_id);
  json += R"(,"settings":{)";
  for (const auto& [name, value] : source.settings) {
    if (json.back() != '{') json += ',';
    append_quoted(json, name);
    json += ':';
    append_quoted(json, value);
  }
  return json + "}}";
}

}  // namespace bench
