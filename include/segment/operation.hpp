#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "segment/http/method.hpp"

namespace segment::inline SEGMENT_ABI {

/// The versions of the API in which an operation can exist, most stable first.
enum class ApiVersion : std::uint8_t { v1, beta, alpha };

/// `v1`, `beta` or `alpha`.
[[nodiscard]] constexpr std::string_view to_string(ApiVersion version) noexcept {
  switch (version) {
    case ApiVersion::v1:
      return "v1";
    case ApiVersion::beta:
      return "beta";
    case ApiVersion::alpha:
      return "alpha";
  }
  return "v1";
}

/// The span of time that a published rate limit counts in.
enum class RatePeriod : std::uint8_t { second, minute, hour, day };

/// A published rate limit. No requests: none is published.
struct RateLimit {
  int requests = 0;
  RatePeriod per = RatePeriod::minute;

  [[nodiscard]] constexpr explicit operator bool() const noexcept { return requests > 0; }
  bool operator==(const RateLimit&) const = default;
};

namespace detail {
struct Lifetime;
struct Paging;
struct Type;
}  // namespace detail

/// One operation of the API: what is known of it before it is called, as constant data. The
/// constants are `operations::sources::get` and so on, in `segment/api/operations.hpp`.
///
/// Copying: a value of views into constant data. Cost: none. Thread safety: constant.
struct Operation {
  /// The API's own name, for example `getSource`.
  std::string_view id{};
  /// The resource group, for example `sources`: the name of the client's accessor.
  std::string_view group{};
  /// The method's name in its group, for example `get`.
  std::string_view name{};
  http::Method method = http::Method::get;
  /// The path's template, for example `/sources/{sourceId}`.
  std::string_view path{};
  /// The versions it exists in, most stable first. Empty only of a call by verb and path.
  std::span<const ApiVersion> versions{};
  /// Whether a request whose fate is unknown may be sent again without doing the thing twice.
  bool idempotent = false;
  RateLimit rate_limit{};
  /// What the workspace's plan must include. Empty: nothing in particular.
  std::string_view required_feature{};
  /// The audit trail events that a call may leave behind.
  std::span<const std::string_view> audit_events{};

  /// How the input is written and the response read; private to the library. Null: there is none.
  const detail::Type* query = nullptr;
  const detail::Type* body = nullptr;
  const detail::Type* data = nullptr;  // null: a status of SUCCESS and nothing else
  const detail::Paging* paging = nullptr;
  const detail::Lifetime* query_lifetime = nullptr;
  const detail::Lifetime* body_lifetime = nullptr;
  const detail::Lifetime* result_lifetime = nullptr;

  /// The most stable version that it has, which is the one that a call uses unless told otherwise.
  [[nodiscard]] constexpr ApiVersion stability() const noexcept {
    return versions.empty() ? ApiVersion::v1 : versions.front();
  }

  /// Whether it exists in this version.
  [[nodiscard]] constexpr bool has(ApiVersion version) const noexcept {
    for (ApiVersion own : versions) {
      if (own == version) return true;
    }
    return false;
  }
};

}  // namespace segment::inline SEGMENT_ABI
