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
  /// Whether the connection is encrypted, and the server's certificate checked for `host`.
  bool tls = false;
  /// The certificates to trust, as a PEM file. Empty: the system's.
  std::string ca_file{};

  /// Who shares: processes that name the same fleet. The names of its keys begin with it. One fleet
  /// for each workspace, as limits are a workspace's.
  std::string fleet = "segment";
  /// How many processes the fleet has. Where Redis cannot be asked, and for as long as it cannot
  /// know what was sent before, each of them takes this part of a limit.
  int members = 1;
  /// How many permits one round trip takes at most. They are kept for a twentieth of the limit's
  /// period, and fewer are taken where they were not used.
  int max_batch = 10;

  /// How long connecting may take, and one exchange. Calls of other threads that need a permit wait
  /// meanwhile; asynchronous ones wait on the library's thread.
  std::chrono::milliseconds connect_timeout{250};
  std::chrono::milliseconds timeout{50};
  /// How long Redis is left alone after a failure, at least; at most twenty times what the failure
  /// took.
  std::chrono::milliseconds retry_interval{1000};

  /// Called with each change, on the thread that found it. What it throws is dropped. It must not
  /// use the limiter.
  std::function<void(const StoreEvent&)> on_event{};
};

/// A limiter for `ClientOptions::rate_limiter`.
///
///     segment::ClientOptions options;
///     options.rate_limiter = segment::redis::create_rate_limiter(
///         {.host = "redis.internal", .tls = true, .fleet = "acme", .members = 20});
///
/// Limits per minute are shared by permits, which a script on the server counts; a monthly quota
/// that is used up, and a pause that the API asks for, are told to the whole fleet. A process that
/// is forked connects anew.
///
/// It never throws for Redis, and no call fails because of it.
///
/// \throws ConfigurationError for options that cannot be used.
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<RateLimiter> create_rate_limiter(
    RateLimiterOptions options);

}  // namespace segment::inline SEGMENT_ABI::redis
