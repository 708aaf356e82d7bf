#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "segment/client_options.hpp"
#include "segment/clock.hpp"
#include "segment/detail/call.hpp"
#include "segment/version.hpp"
#include "threads/background.hpp"
#include "threads/fork.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Runs what belongs to the application and must not fail a call: a log, a rate limiter, a clock.
template <class Step>
void ignoring_exceptions(Step&& step) noexcept {
  try {
    step();
  } catch (...) {  // NOLINT(bugprone-empty-catch)
  }
}

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

/// Keeps an outage from multiplying a client's load: each retry draws on a budget that only
/// successful calls refill.
///
/// Copying: none; shared by all copies of a client. Cost: one atomic. Thread safety: any thread.
class RetryBudget {
 public:
  /// \param retries how many retries a full budget holds. 0 or less: no limit.
  explicit RetryBudget(int retries) : full_(std::clamp(retries, 0, most) * parts), left_(full_) {}

  /// Takes one retry; false if none is left.
  [[nodiscard]] bool take() noexcept {
    if (full_ == 0) return true;
    int left = left_.load(std::memory_order_relaxed);
    while (left >= parts) {
      if (left_.compare_exchange_weak(left, left - parts, std::memory_order_relaxed)) return true;
    }
    return false;
  }

  /// Returns a tenth of a retry after a successful call.
  void refill() noexcept {
    int left = left_.load(std::memory_order_relaxed);
    while (left < full_ &&
           !left_.compare_exchange_weak(left, left + 1, std::memory_order_relaxed)) {
    }
  }

 private:
  static constexpr int parts = 10;  // of one retry
  static constexpr int most = 1'000'000;
  const int full_;
  std::atomic<int> left_;
};

/// The operations whose largest page size the server has refused; their lists use smaller pages
/// from then on.
///
/// Copying: none; shared by all copies of a client. Cost: a lock per page. Thread safety: any
/// thread.
class RefusedPageSizes {
 public:
  void add(const Operation& operation) {
    const std::scoped_lock lock(mutex_);
    if (!holds(operation)) operations_.push_back(&operation);
  }
  [[nodiscard]] bool contains(const Operation& operation) const {
    const std::scoped_lock lock(mutex_);
    return holds(operation);
  }

 private:
  [[nodiscard]] bool holds(const Operation& operation) const {
    return std::ranges::find(operations_, &operation) != operations_.end();
  }

  mutable ForkSafeMutex mutex_{};
  std::vector<const Operation*> operations_{};
};

/// What all copies of a client share: its checked and completed options.
class SEGMENT_EXPORT_INTERNAL Core : public std::enable_shared_from_this<Core> {
 public:
  /// \throws ConfigurationError for options that cannot work.
  explicit Core(ClientOptions options);
  ~Core();
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  [[nodiscard]] const ClientOptions& options() const noexcept { return options_; }
  /// Has no trailing slash.
  [[nodiscard]] const std::string& base_url() const noexcept { return base_url_; }
  [[nodiscard]] http::Transport& transport() const noexcept { return *options_.transport; }
  [[nodiscard]] Clock& clock() const noexcept { return *options_.clock; }
  /// In the order in which they see a request.
  [[nodiscard]] const std::vector<std::shared_ptr<http::Policy>>& policies() const noexcept {
    return policies_;
  }
  /// In [0, 1).
  [[nodiscard]] double jitter() const { return options_.jitter(); }
  [[nodiscard]] RateLimiter& rate_limiter() const noexcept { return *options_.rate_limiter; }
  [[nodiscard]] RetryBudget& retry_budget() const noexcept { return retry_budget_; }
  [[nodiscard]] RefusedPageSizes& refused_page_sizes() const noexcept {
    return refused_page_sizes_;
  }
  /// Called with exceptions thrown by callbacks; null if there is no handler.
  [[nodiscard]] const std::shared_ptr<const ExceptionHandler>& on_unhandled_exception()
      const noexcept {
    return on_unhandled_exception_;
  }
  /// The calls in progress in this process.
  [[nodiscard]] ClientLifetime& life() const {
    return life_.get([this] { return std::make_shared<ClientLifetime>(options_.stop); });
  }
  /// Called when the client's last copy is destroyed: gives asynchronous calls time to end, and
  /// stops the rest.
  void end_asynchronous_calls() const noexcept;
  [[nodiscard]] std::uint64_t next_call() const noexcept { return ++calls_; }

 private:
  ClientOptions options_;
  std::string base_url_;
  std::vector<std::shared_ptr<http::Policy>> policies_;
  mutable RetryBudget retry_budget_;
  mutable RefusedPageSizes refused_page_sizes_{};
  std::shared_ptr<const ExceptionHandler> on_unhandled_exception_{};
  mutable PerProcess<ClientLifetime> life_{};
  mutable std::atomic<std::uint64_t> calls_ = 0;
};

}  // namespace segment::inline SEGMENT_ABI::detail
