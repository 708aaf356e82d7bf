#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "segment/call_event.hpp"
#include "segment/call_options.hpp"
#include "segment/clock.hpp"
#include "segment/executor.hpp"
#include "segment/http/curl_transport.hpp"
#include "segment/http/policy.hpp"
#include "segment/http/transport.hpp"
#include "segment/operation.hpp"
#include "segment/rate_limiter.hpp"
#include "segment/schema_mismatch.hpp"
#include "segment/types/secret.hpp"
#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

/// The region of a workspace. A token is valid in one region only.
enum class Region : std::uint8_t { us, eu };

/// The API's base URL in a region, without a slash at its end.
[[nodiscard]] constexpr std::string_view base_url(Region region) noexcept {
  return region == Region::eu ? "https://eu1.api.segmentapis.com" : "https://api.segmentapis.com";
}

/// `us` or `eu`.
[[nodiscard]] constexpr std::string_view to_string(Region region) noexcept {
  return region == Region::eu ? "eu" : "us";
}
template <class Stream>
Stream& operator<<(Stream& stream, Region region) {
  stream << to_string(region);
  return stream;
}

/// Time limits. Zero means no limit. A negative time, here or in another member of `ClientOptions`,
/// is a ConfigurationError.
struct Timeouts {
  /// Name lookup, connection and TLS handshake of one attempt.
  std::chrono::milliseconds connect{std::chrono::seconds{10}};
  /// One request and its response.
  std::chrono::milliseconds per_attempt{std::chrono::seconds{60}};
  /// One call: its attempts and the waits between them; for a list, one page.
  std::chrono::milliseconds call{std::chrono::minutes{5}};
  /// An attempt ends if less than one byte per second is transferred for this long.
  std::chrono::seconds stall{30};
};

/// How often a call is retried, and after what wait.
struct RetryOptions {
  /// The maximum number of attempts per call; 1: no retry.
  int max_attempts = 4;
  /// The first backoff is random between zero and this; the upper bound doubles each time.
  std::chrono::milliseconds initial_backoff{500};
  /// The upper bound of every backoff. A wait that the server asks for may be longer.
  std::chrono::milliseconds max_backoff{std::chrono::seconds{30}};
  /// How many retries a client and its copies may spend before calls succeed again, so that an
  /// outage causes hardly more requests than there are calls. Each retry costs one, except after a
  /// 429; each successful call returns a tenth. 0 or less: no limit.
  int budget = 50;
};

/// Options of asynchronous calls.
struct AsyncOptions {
  /// How many attempts may be in flight at a time. Further calls are queued; meanwhile only the
  /// limits of the whole call apply. 0: no limit.
  std::size_t max_in_flight = 100;
  /// How long the last copy of the client, when it is destroyed, waits for asynchronous calls in
  /// progress before it cancels them; at exit, the process does the same. Zero: not at all.
  std::chrono::milliseconds shutdown_timeout{std::chrono::seconds{5}};
  /// Called with an exception that leaves a callback given to `Task::then`. Empty: such an
  /// exception ends the program, with its text on standard error.
  ExceptionHandler on_unhandled_exception{};
};

/// The configuration of a client. Only a token is needed.
///
/// Precedence: `token_provider` over `token`, `base_url` over `region`, `transport` over `curl`.
///
/// Copying: a value; copies share the transport, the clock and the policies.
struct ClientOptions {
  /// The options from the environment: `SEGMENT_TOKEN`, `SEGMENT_REGION`, `SEGMENT_BASE_URL`, the
  /// certificate authorities as for curl, and a profile of `~/.config/segment/config.toml`, which
  /// the variables override. The command line reads the same: see `segment/profile.hpp`.
  ///
  /// \param profile its name. Empty: that of `SEGMENT_PROFILE`, otherwise the file's default,
  ///        otherwise none.
  /// \throws ConfigurationError if there is no token, or a value cannot be read or is invalid; it
  ///         says what to do.
  [[nodiscard]] static SEGMENT_EXPORT ClientOptions from_environment(std::string_view profile = {});

  /// The workspace's token. Empty: `token_provider` is called.
  Token token{};
  /// Called before every attempt, so that a running server can change its token. Empty: `token` is
  /// used.
  TokenProvider token_provider{};
  Region region = Region::us;
  /// The API's address if it is not the region's: for a sandbox or your own gateway. HTTPS, except
  /// for this machine's own addresses. Empty: the region's.
  std::string base_url{};
  /// Your program's name and version for the User-Agent, for example `billing/2.4`. Empty: none.
  std::string application{};
  Timeouts timeouts{};
  RetryOptions retry{};
  /// The minimum stability of the API versions that calls may use; alpha allows all. Calling a less
  /// stable operation or version is an InvalidArgumentError, and nothing is sent.
  ApiVersion minimum_stability = ApiVersion::alpha;
  /// Whether you may call previews: operations described before their release, which may change or
  /// disappear in any version of this library. False: such a call is an InvalidArgumentError, and
  /// nothing is sent.
  bool allow_preview = true;
  AsyncOptions async{};
  /// Cancels every call of the client and its copies, blocking and asynchronous, as the call's own
  /// stop token does.
  std::stop_token stop{};
  /// What happens to masked secrets in a body.
  MaskedSecrets masked_secrets = MaskedSecrets::refuse;
  /// What happens when a list ends with fewer items than the API counts.
  ShortLists short_lists = ShortLists::report;
  /// The largest response that is read, in bytes after decompression. Zero: no limit. Reading a
  /// response takes at most four times this much memory, including the response itself but not the
  /// process's JSON buffers; one that would take more is refused.
  std::size_t max_response_bytes = std::size_t{64} << 20U;
  /// How the library's own transport connects.
  http::CurlOptions curl{};
  /// Sends the requests instead of the library's own transport; clients given the same one share
  /// its connections. Null: a transport of the client's own.
  std::shared_ptr<http::Transport> transport{};
  /// Paces calls so that the server need not refuse them; clients given the same one share its
  /// budgets. For a fleet use `segment::redis` or your own. Null: the client's own, which starts
  /// with the published limits. `RateLimiter::unlimited()`: no call waits.
  std::shared_ptr<RateLimiter> rate_limiter{};
  /// Sent with every request, replacing the library's own of the same name; a call's headers take
  /// precedence. Headers that `CallOptions::headers` must not contain are a ConfigurationError.
  std::vector<http::Header> headers{};
  /// Query parameters of every request; an operation's and a call's own take precedence.
  std::vector<QueryParameter> query{};
  /// Your own steps around every attempt, the first one outermost; the token is added after them.
  std::vector<std::shared_ptr<http::Policy>> policies{};
  /// Called when a response does not match what this library knows. Empty: responses are not
  /// checked for this.
  SchemaMismatchObserver on_schema_mismatch{};
  /// Called with what happens in each call, for logs, traces and metrics. Empty: no events.
  CallObserver on_event{};
  /// Provides the time and the waits; for tests. Null: the machine's own clock.
  std::shared_ptr<Clock> clock{};
  /// Provides random numbers in [0, 1) for the backoffs; for tests. Empty: random.
  std::function<double()> jitter{};
};

}  // namespace segment::inline SEGMENT_ABI
