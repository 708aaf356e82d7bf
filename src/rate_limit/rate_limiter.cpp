// The library's own limiter: a budget for each operation, and one waiting time for the token.
#include <mutex>
#include <utility>

#include "rate_limit/budget_book.hpp"
#include "rate_limit/quota.hpp"
#include "rate_limit/rate_budget.hpp"
#include "segment/rate_limiter.hpp"

namespace segment::inline SEGMENT_ABI {

namespace {

using detail::RateBudget;
using std::chrono::steady_clock;
using TimePoint = steady_clock::time_point;

class OwnRateLimiter final : public RateLimiter {
 public:
  std::unique_ptr<RatePermit> acquire(const Operation& operation, int number,
                                      TimePoint now) override {
    return Book::acquire(book_, operation, number, now);
  }

  void observe(const Operation& operation, const RateObservation& observation,
               TimePoint now) override {
    const std::scoped_lock lock(book_->mutex);
    book_->block_token(observation, now);
    if (RateBudget* const budget = book_->find_for(operation, observation)) {
      budget->observe(observation, now);
    }
  }

  void observe_quota(const Operation&, const Quota& quota, const RateObservation& observation,
                     TimePoint now) override {
    const std::scoped_lock lock(book_->mutex);
    quotas_.observe(quota, observation, now);
  }

  std::optional<TimePoint> quota_used_up_until(const Quota& quota, TimePoint now) const override {
    const std::scoped_lock lock(book_->mutex);
    return quotas_.used_up_until(quota, now);
  }

  std::optional<RemainingQuota> remaining_quota(const Operation& operation,
                                                TimePoint now) const override {
    const std::scoped_lock lock(book_->mutex);
    auto remaining = book_->remaining_quota(operation, now);
    auto quotas = quotas_.remaining(detail::quota_kind(operation), now);
    if (!quotas.empty()) {
      if (!remaining) remaining.emplace();
      remaining->quotas = std::move(quotas);
    }
    return remaining;
  }

 private:
  using Book = detail::BudgetBook<RateBudget>;

  std::shared_ptr<Book> book_ = std::make_shared<Book>(
      [](const Operation& operation) { return RateBudget(operation.rate_limit); });
  detail::QuotaBook quotas_{};
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
