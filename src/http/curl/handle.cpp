#include "http/curl/handle.hpp"

#include <iterator>
#include <stop_token>
#include <utility>

#include "threads/guards.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {
namespace {

// Only a fallback for lost wake-ups; libcurl's own timers shorten a poll.
constexpr int longest_poll_milliseconds = 60'000;

CURLcode result_of(CURLM* multi) noexcept {
  int left = 0;
  const CURLMsg* message = curl_multi_info_read(multi, &left);
  if (message == nullptr || message->msg != CURLMSG_DONE) return CURLE_FAILED_INIT;
  return message->data.result;
}

}  // namespace

Handle::Handle(std::shared_ptr<Shared> shared) : multi_(make_multi(1)), easy_(std::move(shared)) {}

Outcome Handle::send(const Request& request, const CurlOptions& options) {
  CURLM* const multi = multi_.get();
  Exchange exchange(easy_, multi, request, options, connections_);
  if (auto failure = exchange.begin()) return *std::move(failure);
  const std::stop_callback wake_up(request.stop, [multi] { curl_multi_wakeup(multi); });
  while (true) {
    int running = 0;
    if (curl_multi_perform(multi, &running) != CURLM_OK) break;
    if (running == 0) {
      if (auto outcome = exchange.finish(result_of(multi))) return *std::move(outcome);
      continue;
    }
    if (request.stop.stop_requested()) {
      return exchange.failure(FailureKind::cancelled, "The request was cancelled.");
    }
    if (curl_multi_poll(multi, nullptr, 0, longest_poll_milliseconds, nullptr) != CURLM_OK) break;
  }
  return exchange.failure(FailureKind::other, "libcurl could not continue the request.");
}

HandlePool::Closing::~Closing() {
  if (empty()) return;
  const segment::detail::SigpipeGuard guard;
  clear();
}

HandlePool::~HandlePool() {
  const segment::detail::SigpipeGuard guard;
  idle_.clear();
}

std::unique_ptr<Handle> HandlePool::take() {
  Closing closing;
  {
    const std::scoped_lock lock(mutex_);
    take_out_old(clock_(), closing);
    if (!idle_.empty()) {
      const auto found = best();
      std::unique_ptr<Handle> handle = std::move(found->handle);
      idle_.erase(found);
      return handle;
    }
  }
  return std::make_unique<Handle>(shared_);
}

// The most recently used handle, unless one last used by this thread is nearly as recent. The pool
// must not be empty.
std::deque<HandlePool::Idle>::iterator HandlePool::best() {
  constexpr std::chrono::milliseconds hardly{100};
  const auto newest = std::prev(idle_.end());
  const auto self = std::this_thread::get_id();
  for (auto at = newest; newest->since - at->since <= hardly; --at) {
    if (at->used_by == self) return at;
    if (at == idle_.begin()) break;
  }
  return newest;
}

void HandlePool::give_back(std::unique_ptr<Handle> handle) {
  const auto now = clock_();
  Closing closing;
  const std::scoped_lock lock(mutex_);
  idle_.push_back({std::move(handle), now, std::this_thread::get_id()});
  take_out_old(now, closing);
  take_out_ended(now, closing);
}

std::size_t HandlePool::idle() {
  const std::scoped_lock lock(mutex_);
  return idle_.size();
}

// A handle that waited too long only holds a socket that the server has closed, or soon will.
void HandlePool::take_out_old(BootClock::time_point now, Closing& closing) {
  while (!idle_.empty() && (idle_.size() > max_idle_ || now - idle_.front().since > longest_idle)) {
    closing.push_back(std::move(idle_.front()));
    idle_.pop_front();
  }
}

void HandlePool::take_out_ended(BootClock::time_point now, Closing& closing) {
  if (now - last_check_ < between_checks) return;
  last_check_ = now;
  std::erase_if(idle_, [&](Idle& idle) {
    const bool has_ended = idle.handle->connection_has_ended();
    if (has_ended) closing.push_back(std::move(idle));
    return has_ended;
  });
}

}  // namespace segment::inline SEGMENT_ABI::http::detail
