#include "runtime/runtime.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <stdexcept>
#include <utility>

#include "call/retry_plan.hpp"
#include "threads/library_thread.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

// The runtime whose queue this thread is admitting from, if any. When a call ends meanwhile, that
// loop admits the next one instead of the call itself, which would recurse ever deeper.
thread_local const Runtime* admitting = nullptr;

// The engine for a transport without one: the transport sends by itself, so this only sleeps.
class PlainEngine final : public http::Engine {
 public:
  explicit PlainEngine(std::shared_ptr<http::Transport> transport) noexcept
      : transport_(std::move(transport)) {}

  void start(const http::Request& request, http::OnOutcome done) override {
    transport_->start(request, std::move(done));
  }

  void poll(std::chrono::milliseconds longest) override {
    std::unique_lock lock(mutex_);
    woken_up_.wait_for(lock, longest, [this] { return is_awake_; });
    is_awake_ = false;
  }

  void wake() noexcept override {
    const std::scoped_lock lock(mutex_);
    is_awake_ = true;
    woken_up_.notify_one();
  }

 private:
  const std::shared_ptr<http::Transport> transport_;
  std::mutex mutex_{};
  std::condition_variable woken_up_{};
  bool is_awake_ = false;
};

}  // namespace

void Runtime::admit(Waiter& waiter) {
  {
    const std::scoped_lock lock(mutex_);
    if (!has_capacity()) return enqueue(waiter);
    ++in_flight_;
  }
  waiter.resume();
}

void Runtime::leave() {
  {
    const std::scoped_lock lock(mutex_);
    --in_flight_;
  }
  admit_queued();
}

void Runtime::leave_until(Waiter& waiter, Time time) {
  {
    const std::scoped_lock lock(mutex_);
    set_timer(waiter, waiter.stop_requested() ? Time::min() : time);
    --in_flight_;
  }
  admit_queued();
}

void Runtime::wait_until(Waiter& waiter, Time time) {
  const std::scoped_lock lock(mutex_);
  set_timer(waiter, waiter.stop_requested() ? Time::min() : time);
}

void Runtime::admit_queued() {
  if (admitting == this) return;
  const auto* before = std::exchange(admitting, this);
  std::unique_lock lock(mutex_);
  while (has_capacity() && !queue_.empty()) {
    Waiter& waiter = *queue_.front();
    dequeue(waiter);
    ++in_flight_;
    lock.unlock();
    waiter.resume();
    lock.lock();
  }
  admitting = before;
}

// A stop may be requested in a forked child, where the waiters are copies of the parent's.
void Runtime::cancel(Waiter& waiter) {
  if (generation_ != process_generation()) return;
  const std::scoped_lock lock(mutex_);
  if (!waiter.timer_ && !waiter.place_) return;
  unset_timer(waiter);
  set_timer(waiter, Time::min());
}

void Runtime::send(const http::Request& request, http::OnOutcome done) {
  std::shared_ptr<http::Engine> engine;
  try {
    engine = engine_for_sending();
  } catch (const std::exception&) {
    return done(http::Failure{.kind = http::FailureKind::other,
                              .may_have_been_sent = false,
                              .message = "The system has no threads or descriptors left."});
  }
  engine->start(request, std::move(done));
}

// The end -----------------------------------------------------------------------------------------

void Runtime::stop_at(Time deadline) {
  const std::scoped_lock lock(mutex_);
  if (!stop_.timer_) set_timer(stop_, deadline);
}

void Runtime::Stop::resume() noexcept {
  if (const auto life = runtime_.options_.life.lock()) life->request_stop();
}

void Runtime::end() noexcept {
  close();
  if (!may_wait()) return;  // the thread is joined later, at the latest when the process exits
  join();
  release(*this);
}

void Runtime::end_at_exit() noexcept {
  if (thread_.get_id() == std::this_thread::get_id()) return;  // a callback called exit
  if (const auto life = options_.life.lock()) {
    life->shut_down(*options_.clock, later(now(), options_.time_at_exit));
  }
  close();
  join();
  release(*this);
}

void Runtime::close() noexcept {
  const std::scoped_lock lock(mutex_);
  closing_ = true;
  if (engine_) engine_->wake();
}

void Runtime::join() noexcept {
  const std::scoped_lock lock(join_mutex_);
  if (thread_.joinable()) thread_.join();
}

// With the lock held ------------------------------------------------------------------------------

void Runtime::enqueue(Waiter& waiter) {
  ensure_thread();  // now, since failing can still be reported: a stop may need it later
  waiter.place_ = queue_.insert(queue_.end(), &waiter);
  try {
    if (waiter.stop_requested()) {
      set_timer(waiter, Time::min());
    } else if (const auto limit = waiter.limit()) {
      set_timer(waiter, *limit);
    }
  } catch (...) {
    dequeue(waiter);
    throw;
  }
}

void Runtime::dequeue(Waiter& waiter) noexcept {
  if (waiter.place_) queue_.erase(*std::exchange(waiter.place_, std::nullopt));
  unset_timer(waiter);
}

std::shared_ptr<http::Engine> Runtime::engine_for_sending() {
  const std::scoped_lock lock(mutex_);
  if (closing_) throw std::runtime_error("the runtime has ended");
  need_engine();
  if (carries_requests_) ensure_thread();
  return engine_;
}

void Runtime::need_engine() {
  if (engine_) return;
  engine_ = options_.transport->engine();
  carries_requests_ = engine_ != nullptr;
  if (!engine_) engine_ = std::make_shared<PlainEngine>(options_.transport);
}

// The new thread looks at the timers once the lock is released.
void Runtime::ensure_thread() {
  if (thread_.joinable() || closing_) return;
  need_engine();
  keep_until_exit(shared_from_this());
  try {
    thread_ = begin_library_thread("segment", [this] { run(); });
  } catch (...) {
    release(*this);
    throw;
  }
}

void Runtime::set_timer(Waiter& waiter, Time time) {
  ensure_thread();
  waiter.timer_ = timers_.emplace(time, &waiter);
  if (*waiter.timer_ == timers_.begin() && engine_) engine_->wake();
}

void Runtime::unset_timer(Waiter& waiter) noexcept {
  if (waiter.timer_) timers_.erase(*std::exchange(waiter.timer_, std::nullopt));
}

// Its own thread ----------------------------------------------------------------------------------

void Runtime::run() noexcept {
  std::unique_lock lock(mutex_);
  const std::shared_ptr<http::Engine> engine = engine_;
  while (!closing_) {
    resume_due(lock);
    const auto longest = longest_sleep();
    lock.unlock();
    engine->poll(longest);
    // A callback forked, and in the child this thread's work belongs to the parent.
    if (generation_ != process_generation()) return leave_to_parent(engine);
    lock.lock();
  }
  engine_.reset();
  lock.unlock();
  has_ended_ = true;
}

// If the clock throws, everybody is resumed: their calls get the same error, and end with it.
Runtime::Time Runtime::now() const noexcept {
  try {
    return options_.clock->now();
  } catch (...) {
    return Time::max();
  }
}

// Rounded up, since a timer is not due before its time.
std::chrono::milliseconds Runtime::longest_sleep() const noexcept {
  constexpr std::chrono::milliseconds longest = std::chrono::hours{1};
  if (timers_.empty()) return longest;
  const Time first = timers_.begin()->first;
  if (first <= now()) return {};
  try {
    const auto sleep = options_.clock->longest_sleep(first);
    return std::chrono::ceil<std::chrono::milliseconds>(
        std::clamp<Time::duration>(sleep, Time::duration::zero(), longest));
  } catch (...) {
    return {};
  }
}

// What becomes due meanwhile is resumed after the requests.
void Runtime::resume_due(std::unique_lock<std::mutex>& lock) {
  const Time due = now();
  while (!closing_ && !timers_.empty() && timers_.begin()->first <= due) resume_first(lock);
}

void Runtime::resume_first(std::unique_lock<std::mutex>& lock) {
  Waiter& waiter = *timers_.begin()->second;
  const bool was_queued = waiter.place_.has_value();
  dequeue(waiter);
  if (waiter.counts_as_in_flight()) {
    if (!was_queued && !waiter.stop_requested() && !has_capacity()) return enqueue(waiter);
    ++in_flight_;
  }
  lock.unlock();
  waiter.resume();
  lock.lock();
}

}  // namespace segment::inline SEGMENT_ABI::detail
