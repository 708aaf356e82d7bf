#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "call/lifetime.hpp"
#include "segment/client_options.hpp"
#include "segment/clock.hpp"
#include "segment/version.hpp"
#include "threads/fork.hpp"

namespace segment::inline SEGMENT_ABI::detail {

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
