#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "segment/http/transport.hpp"

namespace segment::inline SEGMENT_ABI::testing {

/// A transport without a network, for tests of programs that use the library: it returns queued
/// responses and keeps every request for the test to inspect.
///
/// Responses are returned in the order in which they were added; after the last, `respond_with`'s
/// function is called. With neither, a request fails like a refused connection.
///
/// Copying: not copyable; share it by shared pointer. Cost: keeps every request. Thread safety: all
/// members may be called from any thread.
class SEGMENT_EXPORT FakeTransport final : public http::Transport {
 public:
  /// Computes a response from a request.
  using Responder = std::function<http::Outcome(const http::Request&)>;

  FakeTransport();
  ~FakeTransport() override;

  /// Adds one response with a JSON body.
  ///
  /// \param status the HTTP status.
  /// \param json the whole body, envelope included: `{"data": {...}}`. Empty: an empty body.
  /// \param headers in addition to Content-Type.
  FakeTransport& add(int status, std::string json, http::Headers headers = {});

  /// Adds one outcome of any kind: a response or a failure.
  FakeTransport& add(http::Outcome outcome);

  /// Sets the function that responds when no added outcome is left.
  FakeTransport& respond_with(Responder responder);

  /// The requests so far, oldest first.
  [[nodiscard]] std::vector<http::Request> requests() const;

  /// The most recent request. Throws std::out_of_range if there is none.
  [[nodiscard]] http::Request last_request() const;

  [[nodiscard]] http::Outcome send(const http::Request& request) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace segment::inline SEGMENT_ABI::testing
