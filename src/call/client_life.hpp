#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>

#include "segment/clock.hpp"
#include "segment/detail/call.hpp"
#include "threads/background.hpp"
#include "threads/fork.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What a client is within one process: how many calls are under way, whether more are taken, what
/// stops them all, and what carries the asynchronous ones. A forked child begins with one of its
/// own, in which nothing is under way.
///
/// Copying: not copyable; shared by the client and what carries its calls. Cost: two allocations.
/// Thread safety: any thread.
class ClientLife : public std::enable_shared_from_this<ClientLife> {
 public:
  /// \param stop the application's, for all calls of the client; may be empty.
  explicit ClientLife(const std::stop_token& stop);
  ~ClientLife();
  ClientLife(const ClientLife&) = delete;
  ClientLife& operator=(const ClientLife&) = delete;

  [[nodiscard]] bool is_of_this_process() const noexcept {
    return generation_ == process_generation();
  }

  /// Stops every call of the client.
  [[nodiscard]] std::stop_token stop() const noexcept { return stop_.get_token(); }
  void request_stop() noexcept;

  /// Takes no more calls.
  void close() noexcept;
  [[nodiscard]] bool is_closed() const noexcept { return closed_; }

  /// Takes no more calls, waits for those under way, and stops those that are left at the deadline.
  ///
  /// \return whether all of them ended by themselves.
  bool shut_down(Clock& clock, std::chrono::steady_clock::time_point deadline) noexcept;

  /// What carries the asynchronous calls: made by the first of them, with the function given.
  [[nodiscard]] Background& runtime(const std::function<std::shared_ptr<Background>()>& make) const;
  /// Ends it, where there is one.
  void end_runtime() noexcept;
  /// Gives the calls that it carries until then, and ends it.
  void end_runtime_by(Clock& clock, std::chrono::steady_clock::time_point deadline) noexcept;

 private:
  friend class CallInProgress;

  void enter() noexcept { ++count_; }
  void leave() noexcept;

  const unsigned generation_ = process_generation();
  std::stop_source stop_{};
  std::stop_source none_left_{};  // requested when it is closed and no call is under way
  std::atomic<std::size_t> count_ = 0;
  std::atomic<bool> closed_ = false;
  std::optional<std::stop_callback<std::function<void()>>> on_applications_stop_{};
  mutable std::mutex runtime_mutex_{};  // held while it is made
  mutable std::atomic<Background*> runtime_ = nullptr;
  mutable std::shared_ptr<Background> owned_runtime_{};
};

/// Counts one call as under way, until the last copy of this goes.
///
/// Copying: a value. Cost: a shared pointer and two atomic operations. Thread safety: as a shared
/// pointer.
class CallInProgress {
 public:
  /// \throws CancelledError where the client takes no more calls.
  CallInProgress(ClientLife& life, const PreparedCall& call);
  /// For what is no call by itself; nothing where the client takes no more calls.
  [[nodiscard]] static std::optional<CallInProgress> begin(ClientLife& life) noexcept;
  CallInProgress(const CallInProgress& other) noexcept;
  CallInProgress& operator=(const CallInProgress&) = delete;
  ~CallInProgress() { end(); }

  void end() noexcept;

 private:
  explicit CallInProgress(ClientLife& life) noexcept;

  std::shared_ptr<ClientLife> life_;
};

/// What stops one call: its own token, or its client's.
///
/// Copying: not copyable. Cost: none but a reference count where the call has no token of its own.
/// Thread safety: any thread.
class CallStop {
 public:
  CallStop(const std::stop_token& of_call, std::stop_token of_client);
  CallStop(const CallStop&) = delete;
  CallStop& operator=(const CallStop&) = delete;

  [[nodiscard]] const std::stop_token& token() const noexcept { return token_; }

 private:
  struct Request {
    std::stop_source* source;
    void operator()() const noexcept { source->request_stop(); }
  };
  struct Both {
    Both(const std::stop_token& one, const std::stop_token& other)
        : on_one(one, Request{&source}), on_other(other, Request{&source}) {}
    std::stop_source source{};
    std::stop_callback<Request> on_one;
    std::stop_callback<Request> on_other;
  };

  std::unique_ptr<Both> both_{};
  std::stop_token token_;
};

}  // namespace segment::inline SEGMENT_ABI::detail
