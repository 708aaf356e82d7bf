#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/exchange.hpp"
#include "engine/rate_limiter.hpp"
#include "engine/refusal.hpp"
#include "operations/operation_tables.hpp"
#include "segment/sandbox/sandbox.hpp"
#include "segment/types/json.hpp"
#include "state/world.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// What a call changed, for the audit trail.
struct Touched {
  std::string type{};
  std::string id{};
  std::string name{};
  /// Set where the thing can be switched on and off, and was there before.
  std::optional<bool> was_enabled{};
  std::optional<bool> is_enabled{};
};

/// One call whose input is found to be in order, on its way through its handler.
struct Call {
  const Operation& operation;
  const SandboxOptions& options;
  const WireRequest& request;
  World& world;
  RateLimiter& quotas;
  std::chrono::system_clock::time_point now{};
  std::vector<std::string> path{};  // parameters, decoded, in the path's order
  Json query = Json::object();
  Json body = Json::object();

  // What the handler may say beside its result.
  std::optional<Touched> touched{};
  std::chrono::milliseconds wait{0};  // before the answer goes
  std::optional<int> status{};        // in place of the usual one
  std::optional<RateStatus> quota{};  // what the headers tell of, in place of the minute's limit

  /// A member of the body, or null where it is absent.
  [[nodiscard]] const Json* given(std::string_view name) const { return body.find(name); }
};

/// Carries a call out and returns what stands under `data`; a Refusal that it throws is the answer.
/// Runs alone: the world is locked around it.
using Handler = std::function<Json(Call&)>;

/// A query parameter by its dotted name, or null.
[[nodiscard]] const Json* query_parameter(const Json& query, std::string_view name);

/// A query parameter that is a whole number, or what stands for it where it is absent.
[[nodiscard]] std::int64_t number_parameter(const Call& call, std::string_view name,
                                            std::int64_t otherwise);

/// A result of one thing: it stands under the first member of `data`.
[[nodiscard]] Json one(const Call& call, Json thing);

/// A result of many things, the page of them that the query asks for.
[[nodiscard]] Json page(const Call& call, const std::vector<Json>& things);

/// The same of a list that is too long to be put together for each page: only the page's items are
/// asked for.
[[nodiscard]] Json page(const Call& call, std::size_t total,
                        const std::function<Json(std::size_t)>& item);

/// Where a page stands in its list, with the cursors of those beside it.
///
/// \param start which item is its first.
/// \param size how many items a page has.
/// \param total how many items the list has.
[[nodiscard]] Json pagination(const Call& call, std::size_t start, std::size_t size,
                              std::size_t total);

/// What an operation without a handler answers: an example that is true to its table and fits the
/// input.
[[nodiscard]] Json made_up_result(const Call& call);

}  // namespace segment::inline SEGMENT_ABI::sandbox
