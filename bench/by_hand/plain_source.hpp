#pragma once

#include <optional>
#include <string>
#include <vector>

namespace bench {

// A source as it would be written by hand: the members of the library's own struct, with types of
// the standard library.

/// \tparam Free holds JSON of any shape.
template <class Free>
struct PlainOption {
  std::string name{};
  std::string type{};
  bool required = false;
  std::optional<std::string> description{};
  std::optional<Free> default_value{};
  std::optional<std::string> label{};
};

struct PlainLogos {
  std::string default_url{};
  std::optional<std::string> mark{};
  std::optional<std::string> alt{};
};

template <class Free>
struct PlainMetadata {
  std::string id{};
  std::string name{};
  std::string slug{};
  std::string description{};
  PlainLogos logos{};
  std::vector<PlainOption<Free>> options{};
  std::vector<std::string> categories{};
  bool is_cloud_event_source = false;
  std::string status{};
  std::optional<bool> partner_owned{};
};

struct PlainLabel {
  std::string key{};
  std::string value{};
  std::optional<std::string> description{};
};

template <class Free>
struct PlainSource {
  std::string id{};
  std::string slug{};
  std::optional<std::string> name{};
  PlainMetadata<Free> metadata{};
  std::string workspace_id{};
  bool enabled = false;
  std::vector<std::string> write_keys{};
  std::optional<Free> settings{};
  std::vector<PlainLabel> labels{};
};

}  // namespace bench
