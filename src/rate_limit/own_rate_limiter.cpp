// The library's own limiter: a budget for each operation, and one time that holds for the token.
#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "rate_limit/quota.hpp"
#include "rate_limit/rate_budget.hpp"
#include "segment/rate_limiter.hpp"
#include "threads/fork.hpp"

namespace segment::inline SEGMENT_ABI {

namespace {

using detail::RateBudget;
using std::chrono::steady_clock;
using TimePoint = steady_clock::time_point;

// What the limiter and its permits share, so that a permit may outlive the limiter.
struct Budgets {
  detail::ForkSafeMutex mutex{};
  std::map<std::string, RateBudget, std::less<>> by_operation{};
  TimePoint token_blocked_until{};
  detail::QuotaBook quotas{};

  // Null where nothing is known of the operation, and nothing is to be.
  RateBudget* find(const Operation& operation, bool make) {
    // A call by verb and path may be any operation: what one of them meets says nothing of the
    // next.
    if (operation.group.empty()) return nullptr;
    const auto known = by_operation.find(operation.id);
    if (known != by_operation.end()) return &known->second;
    if (!make && !operation.rate_limit) return nullptr;
    return &by_operation.emplace(std::string(operation.id), RateBudget(operation.rate_limit))
                .first->second;
  }
};

class OwnPermit final : public RatePermit {
 public:
  /// \param budget null: only the token's limit is to be waited for. The budgets' mutex is held.
  OwnPermit(std::shared_ptr<Budgets> budgets, RateBudget* budget, bool first_attempt)
      : budgets_(std::move(budgets)), budget_(budget) {
    if (budget_ != nullptr) ticket_ = budget_->enqueue(first_attempt);
  }

  ~OwnPermit() override {
    if (budget_ == nullptr || completed_) return;
    const std::scoped_lock lock(budgets_->mutex);
    if (granted_) {
      budget_->give_back();
    } else {
      budget_->leave(ticket_);
    }
  }

  std::optional<TimePoint> wait_until(TimePoint now) override {
    if (granted_) return std::nullopt;
    const std::scoped_lock lock(budgets_->mutex);
    is_for_token_ = now < budgets_->token_blocked_until;
    if (is_for_token_) return budgets_->token_blocked_until;
    if (budget_ != nullptr) {
      if (const auto later = budget_->ask(ticket_, now)) return later;
    }
    granted_ = true;
    return std::nullopt;
  }

  bool is_for_token() const override { return is_for_token_; }

  void complete(TimePoint now) override {
    if (!granted_ || completed_) return;
    completed_ = true;
    if (budget_ == nullptr) return;
    const std::scoped_lock lock(budgets_->mutex);
    budget_->complete(now);
  }

 private:
  std::shared_ptr<Budgets> budgets_;
  RateBudget* budget_;  // lives as long as budgets_
  RateBudget::Ticket ticket_{};
  bool granted_ = false;
  bool completed_ = false;
  bool is_for_token_ = false;
};

class OwnRateLimiter final : public RateLimiter {
 public:
  std::unique_ptr<RatePermit> acquire(const Operation& operation, int number,
                                      TimePoint now) override {
    const std::scoped_lock lock(budgets_->mutex);
    RateBudget* budget = budgets_->find(operation, false);
    if (budget != nullptr && !budget->limits(now)) budget = nullptr;
    if (budget == nullptr && now >= budgets_->token_blocked_until) return nullptr;
    return std::make_unique<OwnPermit>(budgets_, budget, number <= 1);
  }

  void observe(const Operation& operation, const RateObservation& observation,
               TimePoint now) override {
    const std::scoped_lock lock(budgets_->mutex);
    const bool refused = observation.status == 429;
    if (refused && observation.retry_after) {
      constexpr std::chrono::milliseconds longest = std::chrono::hours{1};
      const auto until = now + std::min(*observation.retry_after, longest);
      budgets_->token_blocked_until = std::max(budgets_->token_blocked_until, until);
    }
    RateBudget* budget = budgets_->find(operation, refused || observation.counted);
    if (budget != nullptr) budget->observe(observation, now);
  }

  void observe_quota(const Operation&, const Quota& quota, const RateObservation& observation,
                     TimePoint now) override {
    const std::scoped_lock lock(budgets_->mutex);
    budgets_->quotas.observe(quota, observation, now);
  }

  std::optional<TimePoint> quota_used_up_until(const Quota& quota, TimePoint now) const override {
    const std::scoped_lock lock(budgets_->mutex);
    return budgets_->quotas.used_up_until(quota, now);
  }

  std::optional<RemainingQuota> remaining_quota(const Operation& operation,
                                                TimePoint now) const override {
    const std::scoped_lock lock(budgets_->mutex);
    RateBudget* budget = budgets_->find(operation, false);
    std::optional<RemainingQuota> remaining_quota;
    if (budget != nullptr) remaining_quota = budget->remaining_quota(now);
    if (now < budgets_->token_blocked_until) {
      if (!remaining_quota) remaining_quota.emplace();
      remaining_quota->remaining = 0;
      const auto wait =
          std::chrono::ceil<std::chrono::milliseconds>(budgets_->token_blocked_until - now);
      remaining_quota->available_in = std::max(remaining_quota->available_in, wait);
    }
    auto quotas = budgets_->quotas.remaining(detail::quota_kind(operation), now);
    if (!quotas.empty()) {
      if (!remaining_quota) remaining_quota.emplace();
      remaining_quota->quotas = std::move(quotas);
    }
    return remaining_quota;
  }

 private:
  std::shared_ptr<Budgets> budgets_ = std::make_shared<Budgets>();
};

class UnlimitedRateLimiter final : public RateLimiter {
 public:
  std::unique_ptr<RatePermit> acquire(const Operation&, int, TimePoint) override { return nullptr; }
  void observe(const Operation&, const RateObservation&, TimePoint) override {}
  std::optional<RemainingQuota> remaining_quota(const Operation&, TimePoint) const override {
    return std::nullopt;
  }
};

}  // namespace

bool RatePermit::is_for_token() const { return false; }

void RateLimiter::observe_quota(const Operation&, const Quota&, const RateObservation&, TimePoint) {
}

std::optional<TimePoint> RateLimiter::quota_used_up_until(const Quota&, TimePoint) const {
  return std::nullopt;
}

std::shared_ptr<RateLimiter> RateLimiter::create() { return std::make_shared<OwnRateLimiter>(); }

std::shared_ptr<RateLimiter> RateLimiter::unlimited() {
  return std::make_shared<UnlimitedRateLimiter>();
}

}  // namespace segment::inline SEGMENT_ABI
