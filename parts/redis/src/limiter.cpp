#include "limiter.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "fleet_budget.hpp"
#include "rate_limit/budget_book.hpp"
#include "segment/error.hpp"
#include "store.hpp"
#include "threads/fork.hpp"

namespace segment::inline SEGMENT_ABI::redis {

namespace {

using Book = segment::detail::BudgetBook<FleetBudget>;

// How often the store is asked about one quota.
constexpr milliseconds quota_known_for = std::chrono::seconds{1};

/// What one process knows and has, shared by the limiter and its permits.
struct Fleet {
  Fleet(const RateLimiterOptions& the_options, bool is_scripted)
      : options(the_options), store(options, is_scripted), book([this](const Operation& operation) {
          const Sharing sharing{.members = options.members, .max_batch = options.max_batch};
          return FleetBudget(operation, sharing, store);
        }) {}

  /// What the fleet knows about a monthly quota.
  struct QuotaKnown {
    std::optional<TimePoint> asked_at{};
    std::optional<TimePoint> used_up_until{};
  };

  const RateLimiterOptions options;
  Store store;
  Book book;
  std::map<std::string, QuotaKnown, std::less<>> quotas{};
};

/// A process's part of the fleet. A forked child has its own.
class FleetRateLimiter final : public RateLimiter {
 public:
  FleetRateLimiter(RateLimiterOptions options, bool is_scripted)
      : options_(std::move(options)), is_scripted_(is_scripted) {}

  std::unique_ptr<RatePermit> acquire(const Operation& operation, int number,
                                      TimePoint now) override {
    const Holder& own = holder();
    return Book::acquire({own, &own->book}, operation, number, now);
  }

  void observe(const Operation& operation, const RateObservation& observation,
               TimePoint now) override {
    Fleet& own = fleet();
    const std::scoped_lock lock(own.book.mutex);
    if (const auto wait = own.book.block_token(observation, now)) own.store.block({}, *wait, now);
    FleetBudget* const budget = own.book.find_for(operation, observation);
    if (budget == nullptr) return;
    if (const auto wait = budget->observe(observation, now)) {
      own.store.block(operation.id, *wait, now);
    }
  }

  void observe_quota(const Operation& operation, const Quota& quota,
                     const RateObservation& observation, TimePoint now) override {
    quotas_->observe_quota(operation, quota, observation, now);
    const auto until = quotas_->quota_used_up_until(quota, now);
    if (!until) return;
    Fleet& own = fleet();
    const std::scoped_lock lock(own.book.mutex);
    own.store.quota_used_up(quota.category, std::chrono::ceil<milliseconds>(*until - now), now);
  }

  std::optional<TimePoint> quota_used_up_until(const Quota& quota, TimePoint now) const override {
    if (const auto until = quotas_->quota_used_up_until(quota, now)) return until;
    Fleet& own = fleet();
    const std::scoped_lock lock(own.book.mutex);
    Fleet::QuotaKnown& known = own.quotas[quota.category];
    if (!known.asked_at || now >= *known.asked_at + quota_known_for) {
      known.asked_at = now;
      const auto wait = own.store.quota_used_up(quota.category, now);
      known.used_up_until = wait ? std::optional(now + *wait) : std::nullopt;
    }
    return known.used_up_until && *known.used_up_until > now ? known.used_up_until : std::nullopt;
  }

  std::optional<RemainingQuota> remaining_quota(const Operation& operation,
                                                TimePoint now) const override {
    std::optional<RemainingQuota> remaining;
    {
      Fleet& own = fleet();
      const std::scoped_lock lock(own.book.mutex);
      remaining = own.book.remaining_quota(operation, now);
    }
    // The book of quotas knows no limits, because it was given none.
    if (auto monthly = quotas_->remaining_quota(operation, now);
        monthly && !monthly->quotas.empty()) {
      if (!remaining) remaining.emplace();
      remaining->quotas = std::move(monthly->quotas);
    }
    return remaining;
  }

 private:
  using Holder = std::shared_ptr<Fleet>;

  [[nodiscard]] Holder& holder() const {
    return fleets_.get([this] {
      return std::make_shared<Holder>(std::make_shared<Fleet>(options_, is_scripted_));
    });
  }
  [[nodiscard]] Fleet& fleet() const { return *holder(); }

  const RateLimiterOptions options_;
  const bool is_scripted_;
  const std::shared_ptr<RateLimiter> quotas_ = RateLimiter::create();
  mutable segment::detail::PerProcess<Holder> fleets_{};
};

void check(const RateLimiterOptions& options) {
  const auto refuse = [](const std::string& reason) {
    throw ConfigurationError("The rate limiter over Redis cannot be used: " + reason);
  };
  if (options.fleet.empty() || options.fleet.find_first_of("{}") != std::string::npos) {
    refuse("the fleet needs a name without braces");
  }
  if (options.members < 1) refuse("a fleet has at least one member");
  if (options.max_batch < 1) refuse("max_batch is less than 1");
  if (options.timeout <= milliseconds::zero() || options.connect_timeout <= milliseconds::zero()) {
    refuse("its timeouts must be positive, so that no call waits forever");
  }
  if (options.tls && !options.unix_socket.empty()) refuse("TLS over a Unix socket has no host");
}

}  // namespace

std::string_view to_string(StoreEvent::Kind kind) noexcept {
  return kind == StoreEvent::Kind::restored ? "restored" : "lost";
}

std::shared_ptr<RateLimiter> create_rate_limiter(RateLimiterOptions options) {
  check(options);
  return std::make_shared<FleetRateLimiter>(std::move(options), false);
}

std::shared_ptr<RateLimiter> create_scripted_rate_limiter(RateLimiterOptions options) {
  check(options);
  return std::make_shared<FleetRateLimiter>(std::move(options), true);
}

}  // namespace segment::inline SEGMENT_ABI::redis
