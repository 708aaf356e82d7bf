#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "call/client_life.hpp"
#include "segment/client_options.hpp"
#include "segment/version.hpp"
#include "threads/fork.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What keeps an outage from multiplying a client's load: retries are paid out of a purse that only
/// calls which succeed fill again.
///
/// Copying: none; shared by all copies of a client. Cost: one atomic. Thread safety: any thread.
class RetryBudget {
 public:
  /// \param retries how many retries it holds when it is full. 0 or less: no bound.
  explicit RetryBudget(int retries) : full_(std::clamp(retries, 0, most) * parts), left_(full_) {}

  /// Takes one retry; false where none is left.
  [[nodiscard]] bool take() noexcept {
    if (full_ == 0) return true;
    int left = left_.load(std::memory_order_relaxed);
    while (left >= parts) {
      if (left_.compare_exchange_weak(left, left - parts, std::memory_order_relaxed)) return true;
    }
    return false;
  }

  /// A call succeeded: a tenth of a retry comes back.
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

/// What all copies of a client share: its options, checked and filled in.
class SEGMENT_EXPORT_INTERNAL Core : public std::enable_shared_from_this<Core> {
 public:
  /// \throws ConfigurationError for options that cannot work.
  explicit Core(ClientOptions options);
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  [[nodiscard]] const ClientOptions& options() const noexcept { return options_; }
  /// Without a slash at its end.
  [[nodiscard]] const std::string& base_url() const noexcept { return base_url_; }
  [[nodiscard]] http::Transport& transport() const noexcept { return *options_.transport; }
  [[nodiscard]] Clock& clock() const noexcept { return *options_.clock; }
  /// In the order in which they see a request.
  [[nodiscard]] const std::vector<std::shared_ptr<http::Policy>>& policies() const noexcept {
    return policies_;
  }
  /// From 0 up to but not including 1.
  [[nodiscard]] double jitter() const { return options_.jitter(); }
  [[nodiscard]] RateLimiter& rate_limiter() const noexcept { return *options_.rate_limiter; }
  /// What retries are paid out of.
  [[nodiscard]] RetryBudget& retry_budget() const noexcept { return retry_budget_; }
  /// Told of exceptions that leave a callback; null: nobody is.
  [[nodiscard]] const std::shared_ptr<const ExceptionHandler>& on_unhandled_exception()
      const noexcept {
    return on_unhandled_exception_;
  }
  /// What is under way in this process.
  [[nodiscard]] ClientLife& life() const {
    return life_.get([this] { return std::make_shared<ClientLife>(options_.stop); });
  }
  /// Gives asynchronous calls their time to end, and stops those that are left: the last copy of
  /// the client is destroyed.
  void end_asynchronous_calls() const noexcept;
  /// The number of the next call.
  [[nodiscard]] std::uint64_t next_call() const noexcept { return ++calls_; }

 private:
  ClientOptions options_;
  std::string base_url_;
  std::vector<std::shared_ptr<http::Policy>> policies_;
  mutable RetryBudget retry_budget_;
  std::shared_ptr<const ExceptionHandler> on_unhandled_exception_{};
  mutable PerProcess<ClientLife> life_{};
  mutable std::atomic<std::uint64_t> calls_ = 0;
};

}  // namespace segment::inline SEGMENT_ABI::detail
