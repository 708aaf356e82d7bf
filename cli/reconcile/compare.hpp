#pragma once

#include <optional>
#include <string>
#include <vector>

#include "segment/types/json.hpp"
#include "workspace/kinds.hpp"

namespace segment::cli::workspace {

/// A member that differs.
struct Change {
  std::vector<std::string> path{};  // `settings`, `trackAllPages`
  std::optional<Json> before{};     // nothing: it has no value
  std::optional<Json> after{};

  /// Whether it is a deletion: a setting is removed, or a member loses its value.
  bool takes_away = false;
  /// Whether it is the value of a pair whose other member says that it is secret:
  /// `{"key": "Authorization", "value": …}`.
  bool is_in_secret_pair = false;

  /// `settings.trackAllPages`.
  [[nodiscard]] std::string name() const;
};

/// The result of comparing one thing.
struct Difference {
  std::vector<Change> changes{};
  /// Members that are left alone: masked secrets, which cannot be compared.
  std::vector<std::string> masked{};
  /// Members that differ, but that the API cannot change, or cannot clear.
  std::vector<std::string> unchangeable{};
};

/// Compares the members of a thing, in the order of its kind. Absent, null and empty values are
/// equal.
///
/// \param wanted with the ids of what is present.
/// \param names_everything whether what `wanted` does not name has no value.
[[nodiscard]] Difference compare(const Kind& kind, const Json& wanted, const Json& present,
                                 bool names_everything);

/// Whether a setting is a secret as the API shows it.
[[nodiscard]] bool is_masked(const Json& value);

/// Settings without the masked secrets among them.
[[nodiscard]] Json without_masked(Json settings);

/// The names of the masked secrets in the settings of a thing: `settings.apiKey`.
[[nodiscard]] std::vector<std::string> masked_in(const Json& members);

}  // namespace segment::cli::workspace
