#pragma once

#include <memory>

#include "segment/http/engine.hpp"
#include "segment/http/request.hpp"
#include "segment/http/response.hpp"

namespace segment::inline SEGMENT_ABI::http {

/// Carries one HTTP request to the server and brings back what happened. It judges nothing: what a
/// status means, and whether to try again, is decided above it.
///
/// Derive from it to send the library's requests your own way.
///
/// Copying: held by shared pointer. Cost: one virtual call an attempt. Thread safety: the members
/// are called from many threads at once and must allow it.
class SEGMENT_EXPORT Transport {
 public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;

  /// Sends the request as it is, without following redirects, and waits for the answer.
  ///
  /// \param request headers, body, limits and stop token included.
  /// \return the answer, or why there is none. An exception that leaves `send` is taken for a
  ///         failure after which the request may have been carried out; but a ConfigurationError
  ///         says that nothing was sent, and leaves the call as it is.
  [[nodiscard]] virtual Outcome send(const Request& request) = 0;

  /// What carries the requests of one client's asynchronous calls: each client that makes such
  /// calls asks for one, and drives it on its own thread. Null, unless overridden: then `start` is
  /// called.
  [[nodiscard]] virtual std::unique_ptr<Engine> engine() { return nullptr; }

  /// Sends the request without waiting, for asynchronous calls, where there is no engine. Left as
  /// it is, it waits all the same: such calls are then made one after the other.
  ///
  /// \param request as for `send`; it stays until `done` is called.
  /// \param done to be called with the outcome, on any thread, also within this call, and in any
  ///        case: a call that is told nothing never ends. Where this throws instead, that means
  ///        what it means for `send`; thrown after `done` was called, it means nothing.
  virtual void start(const Request& request, OnOutcome done);
};

}  // namespace segment::inline SEGMENT_ABI::http
