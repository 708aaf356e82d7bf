#pragma once

#include <chrono>
#include <functional>

#include "segment/http/request.hpp"
#include "segment/http/response.hpp"

namespace segment::inline SEGMENT_ABI::http {

/// Called with the outcome of a request. Only the first call counts. It does not throw.
using OnOutcome = std::function<void(Outcome)>;

/// Carries any number of concurrent requests on one thread, which is the caller's: a client's
/// runtime drives one for its asynchronous calls, beside its timers and its queue.
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

  /// Begins a request.
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

}  // namespace segment::inline SEGMENT_ABI::http
