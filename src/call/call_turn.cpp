#include "call/call_turn.hpp"

#include <algorithm>

namespace segment::inline SEGMENT_ABI::detail {

std::optional<CallTurn::TimePoint> CallTurn::ask(int number, TimePoint now) {
  if (!lined_up_) {
    turn_ = core_.rate_limiter().acquire(operation_, number, now);
    lined_up_ = true;
  }
  if (!turn_) return std::nullopt;
  const auto until = turn_->wait_until(now);
  constexpr std::chrono::milliseconds shortest{1};
  constexpr std::chrono::milliseconds longest = std::chrono::seconds{1};
  if (!until || *until >= now + shortest) return until;
  const auto pause = least_pause_;
  least_pause_ = std::min(2 * least_pause_, longest);
  return now + pause;
}

void CallTurn::end(bool counted) {
  try {
    if (turn_ && counted) turn_->used(core_.clock().now());
  } catch (...) {  // NOLINT(bugprone-empty-catch): an answer is worth more than a limiter's books
  }
  turn_.reset();
  lined_up_ = false;
}

}  // namespace segment::inline SEGMENT_ABI::detail
