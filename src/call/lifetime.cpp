#include "call/lifetime.hpp"

#include <utility>

#include "errors/raise.hpp"
#include "operations/prepared_call.hpp"
#include "segment/error.hpp"
#include "threads/guards.hpp"
#include "threads/library_thread.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

// Grace period for cancelled calls; a transport that honours its stop token needs far less.
constexpr std::chrono::seconds time_to_stop{5};

thread_local const CallOnThisThread* innermost_call = nullptr;

}  // namespace

CallOnThisThread::CallOnThisThread(const ClientLifetime& life) noexcept
    : life_(life), outer_(std::exchange(innermost_call, this)) {}

CallOnThisThread::~CallOnThisThread() { innermost_call = outer_; }

bool ClientLifetime::has_call_on_this_thread() const noexcept {
  const CallOnThisThread* call = innermost_call;
  while (call != nullptr && &call->life_ != this) call = call->outer_;
  return call != nullptr;
}

ClientLifetime::ClientLifetime(const std::stop_token& stop) {
  if (stop.stop_possible()) on_applications_stop_.emplace(stop, [this] { request_stop(); });
}

ClientLifetime::~ClientLifetime() { end_runtime(); }

// On a copy: the last call that ends within this may destroy the client.
void ClientLifetime::request_stop() noexcept {
  if (is_of_this_process()) std::stop_source(stop_).request_stop();
}

void ClientLifetime::close() noexcept {
  closed_ = true;
  if (count_ == 0) none_left_.request_stop();
}

void ClientLifetime::leave() noexcept {
  if (--count_ == 0 && closed_) none_left_.request_stop();
}

bool ClientLifetime::shut_down(Clock& clock,
                               std::chrono::steady_clock::time_point deadline) noexcept {
  close();
  const std::stop_token none_left = none_left_.get_token();
  const bool would_wait_for_itself = has_call_on_this_thread();  // as the program exits in it
  // Without a clock there is no time to wait.
  ignoring_exceptions([&] {
    if (!stop_.stop_requested() && !would_wait_for_itself) clock.wait_until(deadline, none_left);
  });
  const bool all_ended = none_left.stop_requested();
  request_stop();
  if (!all_ended && !would_wait_for_itself) {
    Clock::system()->wait_until(std::chrono::steady_clock::now() + time_to_stop, none_left);
  }
  return all_ended;
}

Background& ClientLifetime::runtime(
    const std::function<std::shared_ptr<Background>()>& make) const {
  if (Background* made = runtime_.load(std::memory_order_acquire)) return *made;
  const std::scoped_lock lock(runtime_mutex_);
  if (!owned_runtime_) {
    owned_runtime_ = make();
    runtime_.store(owned_runtime_.get(), std::memory_order_release);
  }
  return *owned_runtime_;
}

void ClientLifetime::end_runtime() noexcept {
  if (Background* made = runtime_.load(std::memory_order_acquire)) made->end();
}

void ClientLifetime::end_runtime_by(Clock& clock,
                                    std::chrono::steady_clock::time_point deadline) noexcept {
  Background* const runtime = runtime_.load(std::memory_order_acquire);
  if (runtime == nullptr) return;
  if (may_wait()) {
    shut_down(clock, deadline);
    return runtime->end();
  }
  // The runtime's thread ends when the last call releases this.
  close();
  try {
    if (!none_left_.stop_requested()) runtime->stop_at(deadline);
  } catch (...) {  // no thread for the timer
    request_stop();
  }
}

// One call ----------------------------------------------------------------------------------------

CallInProgress::CallInProgress(ClientLifetime& life) noexcept : life_(life.shared_from_this()) {
  life.enter();
  if (life.is_closed()) end();
}

CallInProgress::CallInProgress(ClientLifetime& life, const PreparedCall& call)
    : CallInProgress(life) {
  if (life_) return;
  throw error_about<CancelledError>(
      call.operation(), call.tag(),
      "the client was shut down and accepts no more calls; nothing was sent");
}

std::optional<CallInProgress> CallInProgress::begin(ClientLifetime& life) noexcept {
  CallInProgress begun(life);
  return begun.life_ ? std::optional(begun) : std::nullopt;
}

CallInProgress::CallInProgress(const CallInProgress& other) noexcept : life_(other.life_) {
  if (life_) life_->enter();
}

void CallInProgress::end() noexcept {
  if (const auto life = std::exchange(life_, nullptr)) life->leave();
}

CallStop::CallStop(const std::stop_token& of_call, std::stop_token of_client)
    : token_(std::move(of_client)) {
  if (!of_call.stop_possible()) return;
  both_ = std::make_unique<Both>(of_call, token_);
  token_ = both_->source.get_token();
}

}  // namespace segment::inline SEGMENT_ABI::detail
