#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "call/client_life.hpp"
#include "call/retry_budget.hpp"
#include "segment/client_options.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What all copies of a client share: its options, checked and filled in.
class SEGMENT_EXPORT_INTERNAL Core : public std::enable_shared_from_this<Core> {
 public:
  /// \throws ConfigurationError for options that cannot work.
  explicit Core(ClientOptions options);
  ~Core();
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
    ClientLife* const life = life_.load(std::memory_order_acquire);
    return life->is_of_this_process() ? *life : renewed_life();
  }
  /// Gives asynchronous calls their time to end, and stops those that are left: the last copy of
  /// the client is destroyed.
  void end_asynchronous_calls() const noexcept;
  /// The number of the next call.
  [[nodiscard]] std::uint64_t next_call() const noexcept { return ++calls_; }

 private:
  [[nodiscard]] ClientLife& renewed_life() const;

  ClientOptions options_;
  std::string base_url_;
  std::vector<std::shared_ptr<http::Policy>> policies_;
  mutable RetryBudget retry_budget_;
  std::shared_ptr<const ExceptionHandler> on_unhandled_exception_{};
  mutable std::shared_ptr<ClientLife> owned_life_;
  mutable std::atomic<ClientLife*> life_;
  mutable std::atomic<std::uint64_t> calls_ = 0;
};

}  // namespace segment::inline SEGMENT_ABI::detail
