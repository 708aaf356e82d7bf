#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "segment/http/request.hpp"
#include "segment/http/response.hpp"

namespace segment::inline SEGMENT_ABI::http {

/// Called with the outcome of a request. Only the first call counts. It does not throw.
using OnOutcome = std::function<void(Outcome)>;

/// Carries any number of concurrent requests on one thread, the caller's: a client's runtime drives
/// one for its asynchronous calls, along with its timers and its queue.
///
/// Destroying it cancels requests in progress.
///
/// Copying: not copyable. Thread safety: `start` and `wake` may be called from any thread, `poll`
/// from one at a time.
class SEGMENT_EXPORT Engine {
 public:
  Engine() = default;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  virtual ~Engine() = default;

  /// Starts a request.
  ///
  /// \param request valid until `done` is called.
  /// \param done always called with the outcome, within `poll` or within this call.
  virtual void start(const Request& request, OnOutcome done) = 0;

  /// Makes progress on the requests, waiting until there is something to do.
  ///
  /// \param longest the longest wait; zero: does not wait.
  virtual void poll(std::chrono::milliseconds longest) = 0;

  /// Ends the wait of the current `poll`, or of the next one.
  virtual void wake() noexcept = 0;
};

/// Sends one HTTP request and returns the outcome. It makes no decisions: what a status means, and
/// whether to retry, is decided above it.
///
/// Derive from it to send the library's requests your own way.
///
/// Copying: held by shared pointer. Cost: one virtual call per attempt. Thread safety: every member
/// must be callable from many threads at once.
class SEGMENT_EXPORT Transport {
 public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;

  /// Sends the request as is, without following redirects, and waits for the response.
  ///
  /// \param request headers, body, limits and stop token included.
  /// \return the response, or why there is none. An exception counts as a failure with an unknown
  ///         outcome, except a ConfigurationError: it means that nothing was sent, and the call
  ///         rethrows it unchanged.
  [[nodiscard]] virtual Outcome send(const Request& request) = 0;

  /// Creates the engine for one client's asynchronous calls, which the client drives on its own
  /// thread. Null by default: then `start` is used.
  [[nodiscard]] virtual std::unique_ptr<Engine> engine() { return nullptr; }

  /// Starts to send the request, for asynchronous calls if there is no engine. The default calls
  /// `send` and so blocks the thread that starts the call: such calls run one after another.
  ///
  /// \param request as for `send`; valid until `done` is called.
  /// \param done must be called exactly once with the outcome, on any thread, even within this
  ///        call: without it the call never ends. An exception means the same as from `send`; one
  ///        thrown after `done` was called is ignored.
  virtual void start(const Request& request, OnOutcome done);
};

}  // namespace segment::inline SEGMENT_ABI::http
