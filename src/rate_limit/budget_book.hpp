#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "segment/operation.hpp"
#include "segment/rate_limiter.hpp"
#include "segment/version.hpp"
#include "threads/fork.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What a rate limiter and its permits share: a budget for each operation, and the time until
/// which the whole token must wait. Permits keep it alive beyond the limiter.
///
/// Inline, so that a limiter in a library of its own uses it too.
///
/// Copying: not copyable. Cost: an entry for each limited operation that was called. Thread
/// safety: callers must hold `mutex`; permits lock it themselves.
///
/// \tparam Budget has the types `Mutex` and `Ticket`, and `limits`, `enqueue`, `ask`, `leave`,
///         `give_back`, `complete` and `remaining_quota`, as RateBudget has them; and
///         `leave_to_parent`, unless each process makes a book of its own.
template <class Budget>
class BudgetBook {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  using milliseconds = std::chrono::milliseconds;

  /// \param make makes the budget of an operation that is called for the first time.
  explicit BudgetBook(std::function<Budget(const Operation&)> make) : make_(std::move(make)) {}

  /// \param adds whether to add a budget if the operation has no published limit.
  /// \return null if no limit of the operation is known.
  [[nodiscard]] Budget* find(const Operation& operation, bool adds) {
    // A call by verb and path may be any operation: what one of them meets does not apply to the
    // next.
    if (operation.group.empty()) return nullptr;
    const auto known = by_operation_.find(operation.id);
    if (known != by_operation_.end()) return &known->second;
    if (!adds && !operation.rate_limit) return nullptr;
    return &by_operation_.emplace(std::string(operation.id), make_(operation)).first->second;
  }

  /// A permit for one attempt, or null: send now.
  [[nodiscard]] static std::unique_ptr<RatePermit> acquire(const std::shared_ptr<BudgetBook>& book,
                                                           const Operation& operation, int number,
                                                           TimePoint now) {
    const std::scoped_lock lock(book->mutex);
    book->leave_to_parent(now);
    Budget* budget = book->find(operation, false);
    if (budget != nullptr && !budget->limits(now)) budget = nullptr;
    if (budget == nullptr && now >= book->token_blocked_until_) return nullptr;
    return std::make_unique<Permit>(book, budget, number <= 1);
  }

  /// Blocks the token if the response asks for that.
  ///
  /// \return for how long; std::nullopt if the response does not ask.
  std::optional<milliseconds> block_token(const RateObservation& observation, TimePoint now) {
    leave_to_parent(now);
    constexpr milliseconds longest = std::chrono::hours{1};
    if (observation.status != 429 || !observation.retry_after) return std::nullopt;
    const milliseconds wait = std::min(*observation.retry_after, longest);
    token_blocked_until_ = std::max(token_blocked_until_, now + wait);
    return wait;
  }

  /// The budget that learns from a response; null if there is nothing to learn.
  [[nodiscard]] Budget* find_for(const Operation& operation, const RateObservation& observation) {
    return find(operation, observation.status == 429 || observation.counted);
  }

  [[nodiscard]] std::optional<RemainingQuota> remaining_quota(const Operation& operation,
                                                              TimePoint now) {
    leave_to_parent(now);
    std::optional<RemainingQuota> remaining;
    if (Budget* const budget = find(operation, false)) remaining = budget->remaining_quota(now);
    if (now < token_blocked_until_) {
      if (!remaining) remaining.emplace();
      remaining->remaining = 0;
      remaining->available_in = std::max(
          remaining->available_in, std::chrono::ceil<milliseconds>(token_blocked_until_ - now));
    }
    return remaining;
  }

  typename Budget::Mutex mutex{};

 private:
  class Permit final : public RatePermit {
   public:
    /// \param budget null: only the token's wait applies. The book's mutex is held.
    Permit(std::shared_ptr<BudgetBook> book, Budget* budget, bool first_attempt)
        : book_(std::move(book)), budget_(budget) {
      if (budget_ != nullptr) ticket_ = budget_->enqueue(first_attempt);
    }

    ~Permit() override {
      if (budget_ == nullptr || is_completed_ || !is_of_this_process()) return;
      const std::scoped_lock lock(book_->mutex);
      if (is_granted_) {
        budget_->give_back(ticket_);
      } else {
        budget_->leave(ticket_);
      }
    }

    std::optional<TimePoint> retry_at(TimePoint now) override {
      if (is_granted_) return std::nullopt;
      const std::scoped_lock lock(book_->mutex);
      book_->leave_to_parent(now);
      is_for_token_ = now < book_->token_blocked_until_;
      if (is_for_token_) return book_->token_blocked_until_;
      if (budget_ != nullptr) {
        if (const auto later = budget_->ask(ticket_, now)) return later;
      }
      is_granted_ = true;
      return std::nullopt;
    }

    [[nodiscard]] bool is_for_token() const override { return is_for_token_; }

    void complete(TimePoint now) override {
      if (!is_granted_ || is_completed_) return;
      is_completed_ = true;
      if (budget_ == nullptr || !is_of_this_process()) return;
      const std::scoped_lock lock(book_->mutex);
      budget_->complete(ticket_, now);
    }

   private:
    // In a forked child, what its parent took is no longer counted as taken.
    [[nodiscard]] bool is_of_this_process() const noexcept {
      return generation_ == process_generation();
    }

    const unsigned generation_ = process_generation();
    std::shared_ptr<BudgetBook> book_;
    Budget* budget_;  // lives as long as book_
    typename Budget::Ticket ticket_{};
    bool is_granted_ = false;
    bool is_completed_ = false;
    bool is_for_token_ = false;
  };

  // In a forked child, no thread will ever complete what the parent's threads have in flight.
  void leave_to_parent(TimePoint now) {
    if (generation_ == process_generation()) return;
    generation_ = process_generation();
    if constexpr (requires(Budget & budget) { budget.leave_to_parent(now); }) {
      for (auto& [operation, budget] : by_operation_) budget.leave_to_parent(now);
    }
  }

  unsigned generation_ = process_generation();
  std::function<Budget(const Operation&)> make_;
  std::map<std::string, Budget, std::less<>> by_operation_{};
  TimePoint token_blocked_until_{};
};

}  // namespace segment::inline SEGMENT_ABI::detail
