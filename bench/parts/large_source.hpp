#pragma once

#include <string>

#include "segment/api/sources.hpp"
#include "segment/convert.hpp"

namespace bench {

/// A source with everything that a source can have, about as large as real ones.
inline segment::Source large_source(int number) {
  const std::string digits = std::to_string(100'000 + number);
  segment::Source source{
      .id = segment::SourceId("qQEHquLrjRDN9j1by" + digits),
      .slug = "production_web_" + digits,
      .name = "Production web " + digits,
      .workspace_id = segment::WorkspaceId("9aQ1Lj62S4bomZKLF4DPqW"),
      .enabled = true,
      .write_keys = {segment::WriteKey("aVt7hYzPqRs2LmN4bKcD8fGjH1kW" + digits)}};
  source.metadata = {
      .id = segment::SourceMetadataId("IqDTy1TpoU"),
      .name = "Javascript",
      .slug = "javascript",
      .description = "Measures what visitors of a website do, from their browsers.",
      .logos = {.default_url = "https://cdn.example.com/logos/javascript/default.svg",
                .mark = "https://cdn.example.com/logos/javascript/mark.svg"},
      .categories = {"Website", "Analytics"},
      .status = segment::CatalogStatus::generally_available};
  for (const char* name : {"websiteUrl", "apiHost", "cookieDomain", "sampleRate"}) {
    source.metadata.options.push_back(
        {.name = name,
         .type = "string",
         .required = false,
         .description = "What the setting does, in about ten words of text.",
         .default_value = segment::Json("https://example.com/"),
         .label = "How the app calls it"});
  }
  source.settings = segment::Json::object({{"websiteUrl", "https://www.example.com/"},
                                           {"apiHost", "api.example.com/v1"},
                                           {"sampleRate", 0.25}});
  source.labels.push_back(
      {.key = "environment", .value = "prod", .description = "What customers see"});
  source.labels.push_back({.key = "team", .value = "growth"});
  return source;
}

/// The text of a list of such sources.
inline std::string list_text(int sources) {
  std::string text = "[";
  for (int i = 0; i < sources; ++i) {
    if (i > 0) text += ',';
    text += segment::to_json_text(large_source(i));
  }
  return text + "]";
}

}  // namespace bench
