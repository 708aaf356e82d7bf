#include "runtime/dispatcher.hpp"

#include <utility>

#include "threads/library_thread.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

// The dispatcher whose line this thread is letting in, if any: who comes to its end meanwhile is
// followed by the next one there, and not within its own call, which would go ever deeper.
thread_local const Dispatcher* letting_in = nullptr;

}  // namespace

void Dispatcher::enter(Guest& guest) {
  {
    const std::scoped_lock lock(mutex_);
    if (!has_room()) return stand_in_line(guest);
    ++in_flight_;
  }
  guest.go_on();
}

void Dispatcher::leave() {
  {
    const std::scoped_lock lock(mutex_);
    --in_flight_;
  }
  let_in();
}

void Dispatcher::leave_until(Guest& guest, Time time) {
  {
    const std::scoped_lock lock(mutex_);
    set_alarm(guest, guest.is_hurried() ? Time::min() : time);
    --in_flight_;
  }
  let_in();
}

void Dispatcher::let_in() {
  if (letting_in == this) return;
  const auto* before = std::exchange(letting_in, this);
  std::unique_lock lock(mutex_);
  while (has_room() && !line_.empty()) {
    Guest& guest = *line_.front();
    step_out_of_line(guest);
    ++in_flight_;
    lock.unlock();
    guest.go_on();
    lock.lock();
  }
  letting_in = before;
}

void Dispatcher::hasten(Guest& guest) {
  const std::scoped_lock lock(mutex_);
  if (!guest.alarm_ && !guest.place_) return;
  unset_alarm(guest);
  set_alarm(guest, Time::min());
}

void Dispatcher::close() {
  std::thread thread;
  {
    const std::scoped_lock lock(mutex_);
    closing_ = true;
    look_at_alarms();
    thread = std::move(thread_);
  }
  end_library_thread(thread);
}

// With the lock held ------------------------------------------------------------------------------

void Dispatcher::stand_in_line(Guest& guest) {
  need_thread();  // now, where it can still be said that there is none: a stop may need it later
  guest.place_ = line_.insert(line_.end(), &guest);
  try {
    if (guest.is_hurried()) {
      set_alarm(guest, Time::min());
    } else if (const auto limit = guest.limit()) {
      set_alarm(guest, *limit);
    }
  } catch (...) {
    step_out_of_line(guest);
    throw;
  }
}

void Dispatcher::step_out_of_line(Guest& guest) noexcept {
  if (guest.place_) line_.erase(*std::exchange(guest.place_, std::nullopt));
  unset_alarm(guest);
}

// It looks at the alarms when the lock is let go.
void Dispatcher::need_thread() {
  if (thread_.joinable()) return;
  thread_ = begin_library_thread("segment-wait", [self = shared_from_this()] { self->run(); });
}

void Dispatcher::set_alarm(Guest& guest, Time time) {
  need_thread();
  guest.alarm_ = alarms_.emplace(time, &guest);
  if (*guest.alarm_ == alarms_.begin()) look_at_alarms();
}

void Dispatcher::unset_alarm(Guest& guest) noexcept {
  if (guest.alarm_) alarms_.erase(*std::exchange(guest.alarm_, std::nullopt));
}

void Dispatcher::look_at_alarms() {
  alarms_changed_.notify_one();
  wait_.request_stop();
}

// Its own thread ----------------------------------------------------------------------------------

void Dispatcher::run() {
  std::unique_lock lock(mutex_);
  while (!closing_) {
    if (alarms_.empty()) {
      alarms_changed_.wait(lock);
      continue;
    }
    const Time first = alarms_.begin()->first;
    if (first <= now()) {
      go_on_where_due(lock);
      continue;
    }
    wait_ = std::stop_source();
    const std::stop_token until_changed = wait_.get_token();
    lock.unlock();
    wait_until(first, until_changed);
    lock.lock();
    wait_ = std::stop_source(std::nostopstate);
  }
}

// Where the clock throws everybody goes on: their calls meet with the same, and end with it.
Dispatcher::Time Dispatcher::now() const noexcept {
  try {
    return clock_->now();
  } catch (...) {
    return Time::max();
  }
}

// There is nobody here to tell that the clock threw: the machine's own waits in its place.
void Dispatcher::wait_until(Time time, const std::stop_token& stop) const noexcept {
  try {
    clock_->wait_until(time, stop);
  } catch (...) {
    const Time start = now();
    if (time > start) Clock::system()->wait_until(Time::clock::now() + (time - start), stop);
  }
}

void Dispatcher::go_on_where_due(std::unique_lock<std::mutex>& lock) {
  Guest& guest = *alarms_.begin()->second;
  const bool stood_in_line = guest.place_.has_value();
  step_out_of_line(guest);
  if (!stood_in_line && !guest.is_hurried() && !has_room()) return stand_in_line(guest);
  ++in_flight_;
  lock.unlock();
  guest.go_on();
  lock.lock();
}

}  // namespace segment::inline SEGMENT_ABI::detail
