#pragma once

#include <memory>

#include "segment/http/engine.hpp"
#include "segment/http/request.hpp"
#include "segment/http/response.hpp"

namespace segment::inline SEGMENT_ABI::http {

/// Sends one HTTP request and returns the outcome. It makes no decisions: what a status means, and
/// whether to retry, is decided above it.
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

  /// Sends the request without blocking, for asynchronous calls if there is no engine. The default
  /// calls `send`, so that such calls run one after another.
  ///
  /// \param request as for `send`; valid until `done` is called.
  /// \param done must be called exactly once with the outcome, on any thread, also within this
  ///        call: without it the call never ends. An exception means the same as from `send`; one
  ///        thrown after `done` was called is ignored.
  virtual void start(const Request& request, OnOutcome done);
};

}  // namespace segment::inline SEGMENT_ABI::http
