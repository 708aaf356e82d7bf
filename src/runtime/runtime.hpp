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
/// Copying: not copyable. Cost: small. Thread safety: the runtime's.
class Waiter {
 public:
  using Time = std::chrono::steady_clock::time_point;

  Waiter() = default;
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;
  virtual ~Waiter() = default;

  /// Runs on, in flight until it says that it leaves, where it takes room.
  virtual void resume() noexcept = 0;

  /// When it is resumed without room; nothing: never.
  [[nodiscard]] virtual std::optional<Time> limit() const noexcept = 0;

  /// Whether it must not wait any more, not even for room.
  [[nodiscard]] virtual bool stop_requested() const noexcept = 0;

  /// Whether it is in flight when it is resumed; else it sends nothing itself, and never queues.
  [[nodiscard]] virtual bool takes_room() const noexcept { return true; }

 private:
  friend class Runtime;

  std::optional<std::multimap<Time, Waiter*>::iterator> timer_{};
  std::optional<std::list<Waiter*>::iterator> place_{};  // in the queue
};

/// What is beside the caller's thread, for one client in one process: one thread, which carries
/// requests, keeps the timers, and resumes calls. No more than so many calls are in flight at a
/// time; the others are queued.
///
/// The thread begins with the first request, or the first wait, and ends with `end`: at the latest
/// when the process exits. It is never detached.
///
/// Copying: not copyable; shared with its thread. Cost: a thread. Thread safety: any thread. No
/// lock is held while a waiter runs.
class Runtime final : public Background, public std::enable_shared_from_this<Runtime> {
 public:
  using Time = Waiter::Time;

  struct Options {
    std::shared_ptr<Clock> clock;  // what waits are counted in
    std::shared_ptr<http::Transport> transport;
    std::size_t max_in_flight;               // 0: no bound
    std::chrono::milliseconds time_at_exit;  // for the calls under way when the process exits
    std::weak_ptr<ClientLife> life;
  };

  explicit Runtime(Options options) : options_(std::move(options)) {}

  /// Resumes a waiter as soon as there is room: now, or later on another thread.
  void admit(Waiter& waiter);

  /// Says that one that was resumed is in flight no more.
  void leave();

  /// Says so of this one, and admits it again at a later time.
  void leave_until(Waiter& waiter, Time time);

  /// Resumes one that takes no room at a later time, or when it is to stop.
  void wait_until(Waiter& waiter, Time time);

  /// Looks again whether a waiter that is queued or waits is to stop.
  void cancel(Waiter& waiter);

  /// Sends a request, which stays until `done` is called.
  void send(const http::Request& request, const http::OnOutcome& done);

  void end() noexcept override;
  void stop_at(Time deadline) override;
  void end_at_exit() noexcept override;
  [[nodiscard]] bool has_ended() const noexcept override { return has_ended_; }
  void join() noexcept override;

 private:
  /// Stops the client's calls when its time has come.
  class Stop final : public Waiter {
   public:
    explicit Stop(Runtime& runtime) noexcept : runtime_(runtime) {}
    void resume() noexcept override;
    [[nodiscard]] std::optional<Time> limit() const noexcept override { return std::nullopt; }
    [[nodiscard]] bool stop_requested() const noexcept override { return false; }
    [[nodiscard]] bool takes_room() const noexcept override { return false; }

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
  [[nodiscard]] bool has_room() const noexcept {
    return options_.max_in_flight == 0 || in_flight_ < options_.max_in_flight;
  }
  void enqueue(Waiter& waiter);
  void dequeue(Waiter& waiter) noexcept;
  [[nodiscard]] std::shared_ptr<http::Engine> engine_for_sending();
  void need_engine();
  void need_thread();
  void set_timer(Waiter& waiter, Time time);
  void unset_timer(Waiter& waiter) noexcept;

  const Options options_;
  const unsigned generation_ = process_generation();

  std::mutex mutex_{};  // of what follows, but for what says otherwise
  std::size_t in_flight_ = 0;
  std::list<Waiter*> queue_{};
  std::multimap<Time, Waiter*> timers_{};
  Stop stop_{*this};
  bool closing_ = false;
  std::shared_ptr<http::Engine> engine_{};
  bool carries_requests_ = false;  // the engine does, and not the transport itself
  std::thread thread_{};

  std::mutex join_mutex_{};
  std::atomic<bool> has_ended_ = false;
};

}  // namespace segment::inline SEGMENT_ABI::detail
