#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "segment/rate_limiter.hpp"
#include "segment/types/secret.hpp"

/// A rate limiter whose budgets many processes share, through a Redis server. Link
/// `segment::redis`.
namespace segment::inline SEGMENT_ABI::redis {

/// What happens between a limiter and its Redis server.
struct StoreEvent {
  enum class Kind : std::uint8_t {
    lost,      ///< the server cannot be used: each process keeps to its own share
    restored,  ///< the budgets are shared again
  };

  Kind kind = Kind::lost;
  /// With `lost`: why, as a sentence without any password.
  std::string reason{};
};

/// `lost` or `restored`.
[[nodiscard]] SEGMENT_EXPORT std::string_view to_string(StoreEvent::Kind kind) noexcept;

/// Where the Redis server is, and how the fleet shares a budget. All are optional.
///
/// Copying: a value. Cost: small. Thread safety: as a struct.
struct RateLimiterOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 6379;
  /// A path. It replaces `host` and `port`.
  std::string unix_socket{};
  /// Empty: Redis's default user.
  std::string username{};
  /// Empty: none is sent.
  Secret password{};
  int database = 0;
  /// Whether to encrypt the connection and check the server's certificate for `host`.
  bool tls = false;
  /// The certificates to trust, as a PEM file. Empty: the system's.
  std::string ca_file{};

  /// Processes that name the same fleet share its budget. Its name is the prefix of its keys. Use
  /// one fleet per workspace, because the limits apply to a workspace.
  std::string fleet = "segment";
  /// How many processes the fleet has. While Redis is unavailable, or does not know yet what was
  /// sent before, each process takes the limit divided by this number.
  int members = 1;
  /// The maximum number of permits per round trip. They are kept for a twentieth of the limit's
  /// period; if some were not used, fewer are taken.
  int max_batch = 10;

  /// How long connecting and one exchange may take. Calls of other threads that need a permit wait
  /// meanwhile; asynchronous ones wait on the library's thread.
  std::chrono::milliseconds connect_timeout{250};
  std::chrono::milliseconds timeout{50};
  /// The minimum time for which Redis is left alone after a failure; at most twenty times as long
  /// as the failure took.
  std::chrono::milliseconds retry_interval{1000};

  /// Called with each change, on the thread that noticed it. Its exceptions are ignored. It must
  /// not use the limiter.
  std::function<void(const StoreEvent&)> on_event{};
};

/// A limiter for `ClientOptions::rate_limiter`.
///
///     segment::ClientOptions options;
///     options.rate_limiter = segment::redis::create_rate_limiter(
///         {.host = "redis.internal", .tls = true, .fleet = "acme", .members = 20});
///
/// Limits per minute are shared through permits that a script on the server counts. The whole fleet
/// learns of a monthly quota that is used up and of a pause that the API asks for. A forked process
/// opens its own connection.
///
/// It never throws because of Redis, and no call fails because of it.
///
/// \throws ConfigurationError for options that cannot be used.
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<RateLimiter> create_rate_limiter(
    RateLimiterOptions options);

}  // namespace segment::inline SEGMENT_ABI::redis
