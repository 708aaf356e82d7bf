#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "call/operation_tables.hpp"
#include "json/type.hpp"
#include "segment/operation.hpp"

namespace segment::cli {

/// The operation of this name, as the API calls it.
///
/// \throws Malformed where there is none, with names that look alike.
[[nodiscard]] const Operation& find_call(std::string_view id);

/// The names in a path's template, in its order: `/sources/{sourceId}` has `sourceId`.
[[nodiscard]] std::vector<std::string_view> path_parameters(const Operation& operation);

/// As it is typed: `trackingPlans` and `tracking_plans` are `tracking-plans`.
[[nodiscard]] std::string kebab(std::string_view name);

/// As it stands for a value in a help text: `sourceId` is `SOURCE_ID`.
[[nodiscard]] std::string shouted(std::string_view name);

/// `segment sources get SOURCE_ID`.
[[nodiscard]] std::string command_of(const Operation& operation);

/// `60 a minute`; empty where none is published.
[[nodiscard]] std::string limit_text(const RateLimit& limit);

/// The list among the members that stand under `data`; null unless there is exactly one.
[[nodiscard]] const detail::Member* list_member(const Operation& call);

}  // namespace segment::cli
