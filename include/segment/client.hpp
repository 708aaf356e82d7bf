#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "segment/api/resources.hpp"
#include "segment/call_options.hpp"
#include "segment/client_options.hpp"
#include "segment/executor.hpp"
#include "segment/front.hpp"

namespace segment::inline SEGMENT_ABI {

// Compilers quote these lines, with their comments, when a header is missing.
class AsyncClient;    // to use it, include segment/async_client.hpp, or segment/async.hpp
class NothrowClient;  // to use it, include segment/nothrow_client.hpp
template <class Front>
class BasicJobs;  // to use it, include segment/jobs.hpp
template <class Front>
class BasicTokens;  // to use it, include segment/tokens.hpp

namespace detail {

SEGMENT_EXPORT bool shut_down(const Core& core, std::chrono::steady_clock::time_point deadline);
[[nodiscard]] SEGMENT_EXPORT std::optional<RemainingQuota> remaining_quota(
    const Core& core, const Operation& operation);

}  // namespace detail

/// The common part of the clients of all fronts: the accessors of the resource groups, and of jobs
/// and tokens, which combine their calls.
///
/// Copying, cost, thread safety: as the derived client.
template <class Front>
class BasicClient : public BasicResources<Front> {
 public:
  /// Information about the client's token; the API has no operations for tokens. Include
  /// `segment/tokens.hpp`.
  [[nodiscard]] BasicTokens<Front> tokens() const;

  /// Waits for Segment's background jobs. Include `segment/jobs.hpp`.
  [[nodiscard]] BasicJobs<Front> jobs() const;

  /// Shuts down the client and all its copies: accepts no more calls, lets calls in progress finish
  /// until the deadline, cancels the rest, and joins the thread of asynchronous calls. Further
  /// calls fail with CancelledError.
  ///
  /// Calling it is optional: the last copy of a client does the same when it is destroyed, within
  /// `AsyncOptions::shutdown_timeout`. It waits for running callbacks, and at most five seconds for
  /// a custom transport that ignores its stop token.
  ///
  /// \param deadline on `ClientOptions::clock`; a time in the past cancels immediately.
  /// \return whether all calls finished before the deadline.
  /// \throws std::logic_error on a thread that carries calls, and within a call of the client
  ///         itself, which it would wait for.
  bool shutdown(std::chrono::steady_clock::time_point deadline) const {
    return detail::shut_down(*front().core(), deadline);
  }

  /// The remaining quota of an operation's rate limit, as far as this client's limiter knows. Sends
  /// nothing.
  ///
  /// \param operation for example `segment::operations::sources::get`.
  /// \return nothing if no limit is known.
  [[nodiscard]] std::optional<RemainingQuota> remaining_quota(const Operation& operation) const {
    return detail::remaining_quota(*front().core(), operation);
  }

  /// The front that makes the calls, for functions that take a client of any front.
  [[nodiscard]] const Front& front() const noexcept { return this->front_; }

 protected:
  explicit BasicClient(Front front) : BasicResources<Front>(std::move(front)) {}
};

/// A client of one workspace: one accessor for each resource group of the API.
///
/// To call a group's methods include its header, for example `segment/api/sources.hpp`, or all of
/// them with `segment/segment.hpp`.
///
/// Copying: cheap; all copies share one transport with its connections; a move is a copy. Cost: no
/// thread except for asynchronous calls, and no connection before the first call. Thread safety:
/// every method of every copy may be called from any thread. A client may be destroyed while calls
/// of its copies and groups are in progress. The last copy waits for asynchronous calls for at most
/// `AsyncOptions::shutdown_timeout` and cancels the rest.
class SEGMENT_EXPORT Client : public BasicClient<Blocking> {
 public:
  /// \param options at least a token, or a token provider.
  /// \throws ConfigurationError for options that cannot work; nothing is sent.
  explicit Client(ClientOptions options);  // ClientOptions{...} names a member that is wrong

  /// The same calls, asynchronous. Include `segment/async_client.hpp`, or `segment/async.hpp` for
  /// all groups.
  ///
  /// \param executor where responses are decoded, callbacks run and coroutines resume. Empty: the
  ///        thread that carries the call, which must not be blocked.
  [[nodiscard]] AsyncClient async(Executor executor = {}) const;

  /// The same calls, returning errors as values instead of throwing. Include
  /// `segment/nothrow_client.hpp`.
  [[nodiscard]] NothrowClient nothrow() const;

  /// Opens a connection for the next blocking call, so that it need not wait for name lookup, TCP
  /// and TLS: three round trips become one. Sends one request for the API's root, with the token;
  /// the connection stays open whatever the server responds. It is kept for less than a minute.
  ///
  /// \param options timeout, deadline, stop token and attempts, as for every call.
  /// \throws TransportError, TlsError or TimeoutError, like a call that reaches no server.
  void warm_up(const CallOptions& options = {}) const;

  /// Calls an operation by verb and path, for operations newer than this library. Token, retries,
  /// timeouts and errors are the same as for every call; GET, PUT and DELETE count as idempotent.
  ///
  /// \param method the verb.
  /// \param path starts with a slash and is already percent-encoded. It appears in no message.
  /// \param query parameters, not yet percent-encoded.
  /// \param body sent as JSON; absent: no body.
  /// \param options `version` selects a version; otherwise the server uses the most stable one.
  /// \return the response's `data`; null if the response is empty.
  /// \throws InvalidArgumentError for a path that could lead elsewhere; otherwise as every call.
  Json call(http::Method method, std::string_view path,
            const std::vector<QueryParameter>& query = {}, const std::optional<Json>& body = {},
            const CallOptions& options = {}) const;
};

}  // namespace segment::inline SEGMENT_ABI
