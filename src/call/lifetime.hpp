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
#include "segment/version.hpp"
#include "threads/background.hpp"
#include "threads/fork.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// A client's state within one process: the calls in progress, whether more are accepted, what
/// stops them all, and the runtime of the asynchronous ones. A forked child starts with its own, in
/// which nothing is in progress.
///
/// Copying: not copyable; shared by the client and its runtime. Cost: two allocations.
/// Thread safety: any thread.
class ClientLifetime : public std::enable_shared_from_this<ClientLifetime> {
 public:
  /// \param stop the application's token for all calls of the client; may be empty.
  explicit ClientLifetime(const std::stop_token& stop);
  ~ClientLifetime();
  ClientLifetime(const ClientLifetime&) = delete;
  ClientLifetime& operator=(const ClientLifetime&) = delete;

  [[nodiscard]] bool is_of_this_process() const noexcept {
    return generation_ == process_generation();
  }

  /// Stops every call of the client.
  [[nodiscard]] std::stop_token stop() const noexcept { return stop_.get_token(); }
  void request_stop() noexcept;

  /// Accepts no more calls.
  void close() noexcept;
  [[nodiscard]] bool is_closed() const noexcept { return closed_; }

  /// Accepts no more calls, waits for those in progress, and stops the remaining ones at the
  /// deadline.
  ///
  /// \return whether all of them ended by themselves.
  bool shut_down(Clock& clock, std::chrono::steady_clock::time_point deadline) noexcept;

  /// Whether the calling thread is in a blocking call of the client, which it would wait for.
  [[nodiscard]] bool has_call_on_this_thread() const noexcept;

  /// The runtime of the asynchronous calls, made by `make` on first use.
  [[nodiscard]] Background& runtime(const std::function<std::shared_ptr<Background>()>& make) const;
  /// Ends the runtime, if there is one.
  void end_runtime() noexcept;
  /// Lets the calls in progress run until then, and ends the runtime.
  void end_runtime_by(Clock& clock, std::chrono::steady_clock::time_point deadline) noexcept;

 private:
  friend class CallInProgress;

  void enter() noexcept { ++count_; }
  void leave() noexcept;

  const unsigned generation_ = process_generation();
  std::stop_source stop_{};
  std::stop_source none_left_{};  // requested once it is closed and no call is in progress
  std::atomic<std::size_t> count_ = 0;
  std::atomic<bool> closed_ = false;
  std::optional<std::stop_callback<std::function<void()>>> on_applications_stop_{};
  mutable std::mutex runtime_mutex_{};  // held while the runtime is made
  mutable std::atomic<Background*> runtime_ = nullptr;
  mutable std::shared_ptr<Background> owned_runtime_{};
};

/// Counts one call as in progress until its last copy is destroyed.
///
/// Copying: a value. Cost: a shared pointer and two atomic operations. Thread safety: as a shared
/// pointer.
class CallInProgress {
 public:
  /// \throws CancelledError if the client accepts no more calls.
  CallInProgress(ClientLifetime& life, const PreparedCall& call);
  /// For work that is not itself a call; std::nullopt if the client accepts no more calls.
  [[nodiscard]] static std::optional<CallInProgress> begin(ClientLifetime& life) noexcept;
  CallInProgress(const CallInProgress& other) noexcept;
  CallInProgress& operator=(const CallInProgress&) = delete;
  ~CallInProgress() { end(); }

  void end() noexcept;

 private:
  explicit CallInProgress(ClientLifetime& life) noexcept;

  std::shared_ptr<ClientLifetime> life_;
};

/// Marks the calling thread, while this lives, as one in a blocking call of a client.
///
/// Copying: not copyable. Cost: a pointer per thread. Thread safety: belongs to the thread that
/// made it.
class CallOnThisThread {
 public:
  explicit CallOnThisThread(const ClientLifetime& life) noexcept;
  ~CallOnThisThread();
  CallOnThisThread(const CallOnThisThread&) = delete;
  CallOnThisThread& operator=(const CallOnThisThread&) = delete;

 private:
  friend class ClientLifetime;

  const ClientLifetime& life_;
  const CallOnThisThread* const outer_;  // a callback may make calls of its own
};

/// Stops one call: through its own token or its client's.
///
/// Copying: not copyable. Cost: only a reference count if the call has no token of its own.
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
    // On a copy: a call that ends within this destroys the source.
    void operator()() const noexcept { std::stop_source(*source).request_stop(); }
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
