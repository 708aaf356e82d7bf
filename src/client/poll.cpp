#include "client/poll.hpp"

#include <algorithm>

#include "call/retry_plan.hpp"
#include "rate_limit/rate_budget.hpp"
#include "segment/error.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

using std::chrono::milliseconds;

// A caller who asks for no pause does not want thousands of requests.
constexpr milliseconds least_pause{100};

// The pause that keeps polling within a published limit.
milliseconds shortest_pause(const RateLimit& limit) {
  if (!limit) return least_pause;
  return std::max(least_pause, milliseconds{length(limit.per)} / limit.requests);
}

// The server may send any text as a status, an echo of the token too.
std::string for_message(const std::string& status) {
  constexpr std::size_t longest = 40;
  const bool is_status =
      status.size() <= longest && std::ranges::all_of(status, [](char c) {
        return c == ' ' || c == '_' || c == '-' || (lower(c) >= 'a' && lower(c) <= 'z');
      });
  return is_status ? '"' + status + '"' : "an unreadable status";
}

}  // namespace

Polling::Polling(const Core& core, const Operation& operation, WaitOptions options)
    : core_(core), operation_(operation), options_(std::move(options)) {
  const milliseconds shortest = shortest_pause(operation.rate_limit);
  longest_ = std::max(options_.max_interval, shortest);
  next_ = std::clamp(options_.initial_interval, shortest, longest_);
  options_.call.deadline = end_after(core.clock().now(), options_.timeout, options_.call.deadline);
}

void Polling::looked(std::string status) {
  ++looks_;
  status_ = std::move(status);
  if (options_.on_status) options_.on_status(status_);
}

SequencePause Polling::pause() {
  const auto until = core_.clock().now() + next_;
  if (options_.call.deadline && until >= *options_.call.deadline) {
    ErrorFacts of_timeout = facts();
    of_timeout.retryable = true;
    throw TimeoutError(
        std::string(operation_.id) + ": still " + for_message(status_) +
            " when the wait timed out; the job continues, and you can wait for it again",
        std::move(of_timeout));
  }
  next_ = std::min(next_ + next_ / 2, longest_);
  return {until, options_.call.stop};
}

void Polling::raise_failed(Json job) const {
  throw JobFailedError(std::string(operation_.id) + ": the job ended as " + for_message(status_),
                       facts(), status_, std::move(job));
}

void Polling::raise_cancelled() const {
  throw CancelledError(
      std::string(operation_.id) +
          ": the caller stopped waiting; the job continues, and you can wait for it again",
      facts());
}

ErrorFacts Polling::facts() const {
  ErrorFacts facts;
  facts.operation = operation_.id;
  facts.tag = options_.call.tag.value_or("");
  facts.attempts = looks_;
  return facts;
}

}  // namespace segment::inline SEGMENT_ABI::detail
