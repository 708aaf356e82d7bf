#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "call/core.hpp"
#include "segment/clock.hpp"
#include "segment/http/transport.hpp"
#include "threads/background.hpp"
#include "threads/fork.hpp"

namespace segment::inline SEGMENT_ABI::detail {

class Runtime;

/// What a runtime resumes. It must live for as long as it is queued or waits.
///
/// Copying: not copyable. Thread safety: the runtime's.
class Waiter {
 public:
  using Time = std::chrono::steady_clock::time_point;

  Waiter() = default;
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;
  virtual ~Waiter() = default;

  /// Continues; if it counts as in flight, until it leaves.
  virtual void resume() noexcept = 0;

  /// When it is resumed even without capacity; std::nullopt: never.
  [[nodiscard]] virtual std::optional<Time> limit() const noexcept = 0;

  /// Whether it must not wait any longer, not even for capacity.
  [[nodiscard]] virtual bool stop_requested() const noexcept = 0;

  /// Whether it is in flight when it is resumed; otherwise it sends nothing itself, and is never
  /// queued.
  [[nodiscard]] virtual bool counts_as_in_flight() const noexcept { return true; }

 private:
  friend class Runtime;

  std::optional<std::multimap<Time, Waiter*>::iterator> timer_{};
  std::optional<std::list<Waiter*>::iterator> place_{};  // in the queue
};

/// What runs beside the caller's thread, for one client in one process: a thread that carries
/// requests, keeps the timers and resumes calls. The number of calls in flight is limited; the
/// others are queued.
///
/// The thread starts with the first request or the first wait, and ends with `end`: at the latest
/// when the process exits. It is never detached.
///
/// Copying: not copyable; shared with its thread. Cost: a thread. Thread safety: any thread. No
/// lock is held while a waiter runs.
class Runtime final : public Background, public std::enable_shared_from_this<Runtime> {
 public:
  using Time = Waiter::Time;

  struct Options {
    std::shared_ptr<Clock> clock;  // measures the waits
    std::shared_ptr<http::Transport> transport;
    std::size_t max_in_flight;               // 0: unlimited
    std::chrono::milliseconds time_at_exit;  // for the calls in progress when the process exits
    std::weak_ptr<ClientLifetime> life;
  };

  explicit Runtime(Options options) : options_(std::move(options)) {}

  /// Resumes a waiter as soon as there is capacity: now, or later on another thread.
  void admit(Waiter& waiter);

  /// Ends the in-flight time of a waiter that was resumed.
  void leave();

  /// The same for this waiter, and admits it again at a later time.
  void leave_until(Waiter& waiter, Time time);

  /// Resumes a waiter that does not count as in flight at a later time, or when it must stop.
  void wait_until(Waiter& waiter, Time time);

  /// Checks again whether a queued or waiting waiter must stop.
  void cancel(Waiter& waiter);

  /// Sends a request, which must live until `done` is called.
  void send(const http::Request& request, http::OnOutcome done);

  void end() noexcept override;
  void stop_at(Time deadline) override;
  void end_at_exit() noexcept override;
  [[nodiscard]] bool has_ended() const noexcept override { return has_ended_; }
  void join() noexcept override;

 private:
  /// Stops the client's calls at the deadline.
  class Stop final : public Waiter {
   public:
    explicit Stop(Runtime& runtime) noexcept : runtime_(runtime) {}
    void resume() noexcept override;
    [[nodiscard]] std::optional<Time> limit() const noexcept override { return std::nullopt; }
    [[nodiscard]] bool stop_requested() const noexcept override { return false; }
    [[nodiscard]] bool counts_as_in_flight() const noexcept override { return false; }

   private:
    Runtime& runtime_;
  };

  void run() noexcept;
  void close() noexcept;
  [[nodiscard]] Time now() const noexcept;
  [[nodiscard]] std::chrono::milliseconds longest_sleep() const noexcept;
  void resume_due(std::unique_lock<std::mutex>& lock);
  void resume_first(std::unique_lock<std::mutex>& lock);
  void admit_queued();
  [[nodiscard]] bool has_capacity() const noexcept {
    return options_.max_in_flight == 0 || in_flight_ < options_.max_in_flight;
  }
  void enqueue(Waiter& waiter);
  void dequeue(Waiter& waiter) noexcept;
  [[nodiscard]] std::shared_ptr<http::Engine> engine_for_sending();
  void need_engine();
  void ensure_thread();
  void set_timer(Waiter& waiter, Time time);
  void unset_timer(Waiter& waiter) noexcept;

  const Options options_;
  const unsigned generation_ = process_generation();

  std::mutex mutex_{};  // guards what follows
  std::size_t in_flight_ = 0;
  std::list<Waiter*> queue_{};
  std::multimap<Time, Waiter*> timers_{};
  Stop stop_{*this};
  bool closing_ = false;
  std::shared_ptr<http::Engine> engine_{};
  bool carries_requests_ = false;  // the engine does, not the transport itself
  std::thread thread_{};

  std::mutex join_mutex_{};
  std::atomic<bool> has_ended_ = false;
};

}  // namespace segment::inline SEGMENT_ABI::detail
