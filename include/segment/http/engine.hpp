#pragma once

#include <chrono>
#include <functional>

#include "segment/http/request.hpp"
#include "segment/http/response.hpp"

namespace segment::inline SEGMENT_ABI::http {

/// Told the outcome of a request, once; what it is told after that is dropped. It throws nothing.
using OnOutcome = std::function<void(Outcome)>;

/// Carries any number of requests at once on one thread, which is the caller's: the library's own
/// drives one for the asynchronous calls of a client, beside its timers and its queue.
///
/// Destroying it ends the requests under way as cancelled.
///
/// Copying: not copyable. Cost: the engine's. Thread safety: `start` and `wake` may be called from
/// any thread, `poll` from one at a time.
class SEGMENT_EXPORT Engine {
 public:
  Engine() = default;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  virtual ~Engine() = default;

  /// Begins a request.
  ///
  /// \param request it stays until `done` is called.
  /// \param done called with the outcome in any case, within `poll` or within this call.
  virtual void start(const Request& request, OnOutcome done) = 0;

  /// Carries the requests on, and waits until there is something to do for them.
  ///
  /// \param longest the longest time to wait; zero: it does not wait.
  virtual void poll(std::chrono::milliseconds longest) = 0;

  /// Ends the wait of a `poll`: of the one that runs, or else of the next one.
  virtual void wake() noexcept = 0;
};

}  // namespace segment::inline SEGMENT_ABI::http
