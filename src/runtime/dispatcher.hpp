#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "segment/clock.hpp"

namespace segment::inline SEGMENT_ABI::detail {

class Dispatcher;

/// What a dispatcher lets go on. It must live for as long as it stands in line or waits.
///
/// Copying: not copyable. Cost: small. Thread safety: the dispatcher's.
class Guest {
 public:
  using Time = std::chrono::steady_clock::time_point;

  Guest() = default;
  Guest(const Guest&) = delete;
  Guest& operator=(const Guest&) = delete;
  virtual ~Guest() = default;

  /// Goes on, in flight until it says that it leaves.
  virtual void go_on() noexcept = 0;

  /// When it goes on without room; nothing: never.
  [[nodiscard]] virtual std::optional<Time> limit() const noexcept = 0;

  /// Whether it must not wait any more, not even for room.
  [[nodiscard]] virtual bool is_hurried() const noexcept = 0;

 private:
  friend class Dispatcher;

  std::optional<std::multimap<Time, Guest*>::iterator> alarm_{};
  std::optional<std::list<Guest*>::iterator> place_{};  // in line
};

/// Decides when asynchronous calls go on: no more than so many are in flight at a time, the others
/// stand in line; and one that has to wait is woken when its time has come.
///
/// Copying: not copyable; shared with its thread. Cost: a thread, from the first wait on. Thread
/// safety: any thread. No lock is held while a guest goes on.
class Dispatcher : public std::enable_shared_from_this<Dispatcher> {
 public:
  using Time = Guest::Time;

  /// \param clock what waits are counted in, and waited with.
  /// \param max_in_flight 0: as many as there are.
  Dispatcher(std::shared_ptr<Clock> clock, std::size_t max_in_flight)
      : clock_(std::move(clock)), max_in_flight_(max_in_flight) {}

  /// Lets a guest go on as soon as there is room: at once, or later on another thread.
  void enter(Guest& guest);

  /// Says that one that went on is in flight no more.
  void leave();

  /// Says so of this one, and lets it enter again at a later time.
  void leave_until(Guest& guest, Time time);

  /// Looks again whether a guest that stands in line or waits is hurried.
  void hasten(Guest& guest);

  /// Ends the thread. Nobody stands in line or waits any more.
  void close();

 private:
  void run();
  [[nodiscard]] Time now() const noexcept;
  void wait_until(Time time, const std::stop_token& stop) const noexcept;
  void go_on_where_due(std::unique_lock<std::mutex>& lock);
  void let_in();
  [[nodiscard]] bool has_room() const noexcept {
    return max_in_flight_ == 0 || in_flight_ < max_in_flight_;
  }
  void stand_in_line(Guest& guest);
  void step_out_of_line(Guest& guest) noexcept;
  void need_thread();
  void set_alarm(Guest& guest, Time time);
  void unset_alarm(Guest& guest) noexcept;
  void look_at_alarms();

  const std::shared_ptr<Clock> clock_;
  const std::size_t max_in_flight_;

  std::mutex mutex_;
  std::size_t in_flight_ = 0;
  std::list<Guest*> line_{};
  std::multimap<Time, Guest*> alarms_{};
  bool closing_ = false;
  std::condition_variable alarms_changed_{};
  std::stop_source wait_{std::nostopstate};  // of the thread's present wait
  std::thread thread_{};
};

}  // namespace segment::inline SEGMENT_ABI::detail
