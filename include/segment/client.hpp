#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include "segment/api/resources.hpp"
#include "segment/call_options.hpp"
#include "segment/client_options.hpp"
#include "segment/executor.hpp"
#include "segment/front.hpp"

namespace segment::inline SEGMENT_ABI {

class AsyncClient;
class NothrowClient;
class Jobs;
class Tokens;

/// The way into a workspace: one accessor for each group of the API's resources.
///
/// To call a group's methods include its header, `segment/api/sources.hpp` for one, or all of them
/// with `segment/segment.hpp`.
///
/// Copying: cheap; all copies share one transport with its connections; moving copies. Cost: no
/// thread but for asynchronous calls, and no connection before the first call. Thread safety: every
/// method of every copy may be called from any thread. A client may be destroyed while calls of its
/// copies and groups are under way. The last copy waits for asynchronous calls, for at most
/// `AsyncOptions::shutdown_timeout`, and cancels those that are left.
class SEGMENT_EXPORT Client : public BasicResources<Blocking> {
 public:
  /// \param options at least a token, or a token provider.
  /// \throws ConfigurationError for options that cannot work; nothing is sent.
  explicit Client(ClientOptions options);

  /// The same calls without waiting. Its header is `segment/async_client.hpp`, or with all groups
  /// `segment/async.hpp`.
  ///
  /// \param executor where responses are read, callbacks run and coroutines are resumed. Empty: a
  ///        thread of the library's own, which must not be kept waiting.
  [[nodiscard]] AsyncClient async(Executor executor = {}) const;

  /// The same calls, whose errors are values instead of exceptions. Its header is
  /// `segment/nothrow_client.hpp`.
  [[nodiscard]] NothrowClient nothrow() const;

  /// The API has no calls for tokens: this is what can be found out about one. Its header is
  /// `segment/tokens.hpp`.
  [[nodiscard]] Tokens tokens() const;

  /// Waits for what Segment does in the background. Its header is `segment/jobs.hpp`.
  [[nodiscard]] Jobs jobs() const;

  /// Shuts the client and all its copies down: no more calls are taken, those under way, blocking
  /// and asynchronous, may end until the deadline, what is left then is cancelled, and the thread
  /// of asynchronous calls is joined. Further calls are a CancelledError.
  ///
  /// Nothing has to be shut down: the last copy of a client does the same when it is destroyed,
  /// within `AsyncOptions::shutdown_timeout`. It waits for callbacks that run, and five seconds at
  /// most for a transport of your own that does not heed its stop token.
  ///
  /// \param deadline by `ClientOptions::clock`; a point in the past cancels now.
  /// \return whether all calls ended before the deadline.
  /// \throws std::logic_error in a callback or a coroutine on the library's own thread, which would
  ///         wait for itself.
  bool shutdown(std::chrono::steady_clock::time_point deadline) const;

  /// How much of an operation's rate limit is left, as far as this client's limiter knows. Nothing
  /// is sent.
  ///
  /// \param operation for example `segment::operations::sources::get`.
  /// \return nothing where no limit is known.
  [[nodiscard]] std::optional<RemainingQuota> remaining_quota(const Operation& operation) const;

  /// Makes a call that this library has no method for: an operation newer than it. Token, retries,
  /// time-outs and errors are those of every call; GET, PUT and DELETE may be sent again.
  ///
  /// \param method the verb.
  /// \param path begins with a slash; what stands in it is percent-encoded already. It stands in no
  ///        message.
  /// \param query parameters, not yet percent-encoded.
  /// \param body sent as JSON; absent: no body.
  /// \param options with a `version` that version is asked for; else the most stable one there is.
  /// \return what stands under `data` in the answer; null where the answer is empty.
  /// \throws InvalidArgumentError for a path that could lead elsewhere; else as every call.
  Json call(http::Method method, std::string_view path,
            const std::vector<QueryParameter>& query = {}, const std::optional<Json>& body = {},
            const CallOptions& options = {}) const;
};

}  // namespace segment::inline SEGMENT_ABI
