#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "segment/operation.hpp"
#include "segment/types/json.hpp"

namespace segment::cli {

/// The operation of this name, as the API calls it: of several that share it, the one for this
/// version, otherwise the most stable one.
///
/// \throws Malformed if there is none, with similar names.
[[nodiscard]] const Operation& find_call(std::string_view id,
                                         std::optional<ApiVersion> version = {});

/// As it is typed: `trackingPlans` and `tracking_plans` are `tracking-plans`.
[[nodiscard]] std::string kebab(std::string_view name);

/// As a placeholder for a value in a help text: `sourceId` is `SOURCE_ID`.
[[nodiscard]] std::string shouted(std::string_view name);

/// `segment sources get SOURCE_ID`.
[[nodiscard]] std::string command_of(const Operation& operation);

/// `segment warehouses-v2 create`: its path's parameters are known where the operation is.
[[nodiscard]] std::string command_of(const OtherVersion& other);

/// The path of the list that contains a thing: `/sources` for `/sources/{sourceId}`. One resource
/// has its path in the singular.
[[nodiscard]] std::string_view collection_of(std::string_view path);

/// Whether it lists things that have ids.
[[nodiscard]] bool lists_ids(const Operation& operation);

/// The `path` of its input: values for the parameters of its path, starting with the first.
[[nodiscard]] Json path_of(const Operation& operation, const std::vector<std::string>& values);

/// `60 a minute`; empty if none is published.
[[nodiscard]] std::string limit_text(const RateLimit& limit);

}  // namespace segment::cli
