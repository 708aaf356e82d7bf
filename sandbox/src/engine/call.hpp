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
  /// Set if the resource can be switched on and off, and existed before.
  std::optional<bool> was_enabled{};
  std::optional<bool> is_enabled{};
};

/// One call with valid input, on its way through its handler.
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

  // What the handler may set in addition to its result.
  std::optional<Touched> touched{};
  std::chrono::milliseconds wait{0};  // before the response is sent
  std::optional<int> status{};        // in place of the usual one
  std::optional<RateStatus> quota{};  // for the headers, not the rate limit

  /// A member of the body, or null if it is absent.
  [[nodiscard]] const Json* given(std::string_view name) const { return body.find(name); }
};

/// Carries out a call and returns the value of `data`; a Refusal that it throws is the response.
/// Runs alone: the world is locked meanwhile.
using Handler = std::function<Json(Call&)>;

/// A query parameter by its dotted name, or null.
[[nodiscard]] const Json* query_parameter(const Json& query, std::string_view name);

/// A query parameter that is an integer, or the default if it is absent.
[[nodiscard]] std::int64_t number_parameter(const Call& call, std::string_view name,
                                            std::int64_t otherwise);

/// A result of one resource: the value of the first member of `data`.
[[nodiscard]] Json one(const Call& call, Json thing);

/// A result of several resources: the page that the query asks for.
[[nodiscard]] Json page(const Call& call, const std::vector<Json>& things);

/// The same for a list that is too long to be built for each page: the function is called only for
/// the page's items.
[[nodiscard]] Json page(const Call& call, std::size_t total,
                        const std::function<Json(std::size_t)>& item);

/// The pagination of a page, with the cursors of its neighbours.
///
/// \param start the index of its first item.
/// \param size how many items a page has.
/// \param total how many items the list has.
[[nodiscard]] Json pagination(const Call& call, std::size_t start, std::size_t size,
                              std::size_t total);

/// The result of an operation without a handler: an example that matches its table and its input.
[[nodiscard]] Json made_up_result(const Call& call);

}  // namespace segment::inline SEGMENT_ABI::sandbox
