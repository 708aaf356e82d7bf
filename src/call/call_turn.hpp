#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "call/core.hpp"
#include "segment/operation.hpp"
#include "segment/rate_limiter.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// A call's turn at the rate limiter: one for each try, from lining up to what came of it.
///
/// Copying: not copyable. Cost: what the limiter's turn costs. Thread safety: none.
class CallTurn {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// Both are kept by reference.
  CallTurn(const Core& core, const Operation& operation) : core_(core), operation_(operation) {}

  /// Asks whether a try may be sent, and lines up for it first.
  ///
  /// \return nothing: yes. Else when the limiter allows it, later than now: a limiter that says
  ///         "now" over and over is asked less and less often.
  [[nodiscard]] std::optional<TimePoint> ask(int number, TimePoint now);

  /// Says that the try is over.
  ///
  /// \param counted whether it may have reached the server.
  void end(bool counted);

  /// Leaves the line.
  void leave() { turn_.reset(); }

 private:
  const Core& core_;
  const Operation& operation_;
  std::unique_ptr<RatePermit> turn_{};
  bool lined_up_ = false;
  std::chrono::milliseconds least_pause_{1};
};

}  // namespace segment::inline SEGMENT_ABI::detail
