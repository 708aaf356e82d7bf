#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "segment/http/method.hpp"

namespace segment::inline SEGMENT_ABI {

/// The versions of the API in which an operation can exist, most stable first; v1 and v2 are
/// equally stable.
enum class ApiVersion : std::uint8_t { v1, v2, beta, alpha };

/// `v1`, `v2`, `beta` or `alpha`.
[[nodiscard]] constexpr std::string_view to_string(ApiVersion version) noexcept {
  switch (version) {
    case ApiVersion::v1:
      return "v1";
    case ApiVersion::v2:
      return "v2";
    case ApiVersion::beta:
      return "beta";
    case ApiVersion::alpha:
      return "alpha";
  }
  return "v1";
}
template <class Stream>
Stream& operator<<(Stream& stream, ApiVersion version) {
  stream << to_string(version);
  return stream;
}

/// Whether a version is less stable than another one.
[[nodiscard]] constexpr bool is_less_stable(ApiVersion version, ApiVersion than) noexcept {
  constexpr auto rank = [](ApiVersion of) { return of == ApiVersion::v2 ? ApiVersion::v1 : of; };
  return rank(version) > rank(than);
}

/// The period of a published rate limit.
enum class RatePeriod : std::uint8_t { second, minute, hour, day };

/// A published rate limit. Zero requests: none is published.
struct RateLimit {
  int requests = 0;
  RatePeriod per = RatePeriod::minute;

  [[nodiscard]] constexpr explicit operator bool() const noexcept { return requests > 0; }
  bool operator==(const RateLimit&) const = default;
};

/// A version of an operation that has a method and types of its own.
struct OtherVersion {
  ApiVersion version = ApiVersion::v1;
  std::string_view group{};
  std::string_view name{};
};

namespace detail {
struct Lifetime;
struct Paging;
struct Type;
}  // namespace detail

/// One operation of the API, described by constant data. The constants are
/// `operations::sources::get` and so on, in `segment/api/operations.hpp`. A version with types of
/// its own has another constant with the same id.
///
/// Copying: a value of views into constant data. Cost: none. Thread safety: constant.
struct Operation {
  /// The API's own name, for example `getSource`: the same in every version.
  std::string_view id{};
  /// The resource group, for example `sources`: the name of the client's accessor.
  std::string_view group{};
  /// The method's name in its group, for example `get`.
  std::string_view name{};
  http::Method method = http::Method::get;
  /// The path's template, for example `/sources/{sourceId}`.
  std::string_view path{};
  /// The versions that this method supports, most stable first. Empty only for a call by verb and
  /// path.
  std::span<const ApiVersion> versions{};
  /// The versions that other methods support, most stable first.
  std::span<const OtherVersion> other_versions{};
  /// Whether it is a preview, described before its release: it may change or disappear in any
  /// version of this library.
  bool preview = false;
  /// What to use instead. Empty: it is not deprecated.
  std::string_view deprecated{};
  /// Whether a request whose outcome is unknown may be retried without taking effect twice.
  bool idempotent = false;
  /// Whether a response may have null in place of the requested item: a NotFoundError.
  bool null_is_not_found = false;
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

  /// The most stable version that it has. A call uses it by default.
  [[nodiscard]] constexpr ApiVersion stability() const noexcept {
    return versions.empty() ? ApiVersion::v1 : versions.front();
  }

  /// Whether it supports this version.
  [[nodiscard]] constexpr bool has(ApiVersion version) const noexcept {
    for (ApiVersion own : versions) {
      if (own == version) return true;
    }
    return false;
  }
};

}  // namespace segment::inline SEGMENT_ABI
