#include "client/poll.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "call/retry_plan.hpp"
#include "errors/message_text.hpp"
#include "rate_limit/rate_budget.hpp"
#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

using std::chrono::milliseconds;

// Whoever asks for no pause at all does not mean thousands of looks.
constexpr milliseconds least_pause{100};

// The pause that keeps looks within a published limit.
milliseconds shortest_pause(const RateLimit& limit) {
  if (!limit) return least_pause;
  return std::max(least_pause, milliseconds{length(limit.per)} / limit.requests);
}

ErrorFacts facts_of(const Operation& operation, int looks) {
  ErrorFacts facts;
  facts.operation = operation.id;
  facts.attempts = looks;
  return facts;
}

// A status may be any text of the server's.
std::string for_message(const std::string& status) { return cut(one_line(status), 100); }

[[noreturn]] void throw_failed(const Operation& operation, int looks, Progress progress) {
  throw JobFailedError(std::string(operation.id) + ": what was waited for ended as \"" +
                           for_message(progress.status) + "\"",
                       facts_of(operation, looks), progress.status, std::move(progress.job));
}

[[noreturn]] void throw_timeout(const Operation& operation, int looks, const std::string& status) {
  ErrorFacts facts = facts_of(operation, looks);
  facts.retryable = true;
  throw TimeoutError(
      std::string(operation.id) + ": still \"" + for_message(status) +
          "\" when the time to wait ran out; it goes on, and can be waited for again",
      std::move(facts));
}

}  // namespace

void poll(const Core& core, const Operation& operation, const WaitOptions& options,
          const std::function<Progress(const CallOptions&)>& look) {
  const auto end = end_after(core.clock().now(), options.timeout, options.call.deadline);
  CallOptions call = options.call;
  call.deadline = end;
  const milliseconds least = shortest_pause(operation.rate_limit);
  const milliseconds most = std::max(options.max_interval, least);
  milliseconds pause = std::clamp(options.initial_interval, least, most);
  for (int looks = 1;; ++looks) {
    Progress progress = look(call);
    if (options.on_status) options.on_status(progress.status);
    if (progress.state == Progress::State::done) return;
    if (progress.state == Progress::State::failed) {
      throw_failed(operation, looks, std::move(progress));
    }
    const auto wake_at = core.clock().now() + pause;
    if (end && wake_at >= *end) throw_timeout(operation, looks, progress.status);
    if (!core.clock().wait_until(wake_at, call.stop)) {
      throw CancelledError(std::string(operation.id) + ": the caller asked to stop waiting",
                           facts_of(operation, looks));
    }
    pause = std::min(pause + pause / 2, most);
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail
