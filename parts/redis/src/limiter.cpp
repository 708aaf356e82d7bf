#include "limiter.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "fleet_budget.hpp"
#include "segment/error.hpp"
#include "store.hpp"
#include "threads/fork.hpp"

namespace segment::inline SEGMENT_ABI::redis {

namespace {

using std::chrono::steady_clock;

constexpr milliseconds longest_hint = std::chrono::hours{1};
// How often the fleet is asked about one quota.
constexpr milliseconds quota_known_for = std::chrono::seconds{1};

/// What one process knows and has, shared by the limiter and its permits.
struct Fleet {
  Fleet(const RateLimiterOptions& the_options, bool is_scripted)
      : options(the_options), store(options, is_scripted) {}

  const RateLimiterOptions options;
  std::mutex mutex{};
  Store store;
  std::map<std::string, FleetBudget, std::less<>> budgets{};
  TimePoint token_blocked_until{};
  /// What the fleet said of a monthly quota.
  struct QuotaKnown {
    std::optional<TimePoint> asked_at{};
    std::optional<TimePoint> used_up_until{};
  };
  std::map<std::string, QuotaKnown, std::less<>> quotas{};

  // Null where nothing is known of the operation, and nothing is to be.
  FleetBudget* find(const Operation& operation, bool make) {
    // A call by verb and path may be any operation.
    if (operation.group.empty()) return nullptr;
    const auto known = budgets.find(operation.id);
    if (known != budgets.end()) return &known->second;
    if (!make && !operation.rate_limit) return nullptr;
    const auto added =
        budgets.try_emplace(std::string(operation.id), operation.id, operation.rate_limit,
                            Sharing{.members = options.members, .max_batch = options.max_batch});
    return &added.first->second;
  }
};

class FleetPermit final : public RatePermit {
 public:
  /// \param budget null: only the token's pause is waited for. The fleet's mutex is held.
  FleetPermit(std::shared_ptr<Fleet> fleet, FleetBudget* budget, bool first_attempt)
      : fleet_(std::move(fleet)), budget_(budget) {
    if (budget_ != nullptr) ticket_ = budget_->enqueue(first_attempt);
  }

  ~FleetPermit() override {
    if (budget_ == nullptr || is_completed_) return;
    const std::scoped_lock lock(fleet_->mutex);
    if (is_granted_) {
      budget_->give_back(grant_);
    } else {
      budget_->leave(ticket_);
    }
  }

  std::optional<TimePoint> wait_until(TimePoint now) override {
    if (is_granted_) return std::nullopt;
    const std::scoped_lock lock(fleet_->mutex);
    is_for_token_ = now < fleet_->token_blocked_until;
    if (is_for_token_) return fleet_->token_blocked_until;
    if (budget_ != nullptr) {
      if (const auto later = budget_->ask(ticket_, now, fleet_->store, grant_)) return later;
    }
    is_granted_ = true;
    return std::nullopt;
  }

  bool is_for_token() const override { return is_for_token_; }

  void complete(TimePoint now) override {
    if (!is_granted_ || is_completed_) return;
    is_completed_ = true;
    if (budget_ == nullptr) return;
    const std::scoped_lock lock(fleet_->mutex);
    budget_->complete(grant_, now);
  }

 private:
  std::shared_ptr<Fleet> fleet_;
  FleetBudget* budget_;  // lives as long as fleet_
  FleetBudget::Ticket ticket_{};
  FleetBudget::Grant grant_{};
  bool is_granted_ = false;
  bool is_completed_ = false;
  bool is_for_token_ = false;
};

/// A process's part of the fleet. A forked child has one of its own.
class FleetRateLimiter final : public RateLimiter {
 public:
  FleetRateLimiter(RateLimiterOptions options, bool is_scripted)
      : options_(std::move(options)), is_scripted_(is_scripted) {}

  std::unique_ptr<RatePermit> acquire(const Operation& operation, int number,
                                      TimePoint now) override {
    const Holder& own = holder();
    const std::scoped_lock lock(own->mutex);
    FleetBudget* budget = own->find(operation, false);
    if (budget != nullptr && !budget->limits(now)) budget = nullptr;
    if (budget == nullptr && now >= own->token_blocked_until) return nullptr;
    return std::make_unique<FleetPermit>(own, budget, number <= 1);
  }

  void observe(const Operation& operation, const RateObservation& observation,
               TimePoint now) override {
    Fleet& own = fleet();
    const std::scoped_lock lock(own.mutex);
    const bool refused = observation.status == 429;
    if (refused && observation.retry_after) {
      const milliseconds wait = std::min(*observation.retry_after, longest_hint);
      own.token_blocked_until = std::max(own.token_blocked_until, now + wait);
      own.store.block({}, wait, now);
    }
    FleetBudget* budget = own.find(operation, refused || observation.counted);
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
    const std::scoped_lock lock(own.mutex);
    own.store.quota_used_up(quota.category, std::chrono::ceil<milliseconds>(*until - now), now);
  }

  std::optional<TimePoint> quota_used_up_until(const Quota& quota, TimePoint now) const override {
    if (const auto until = quotas_->quota_used_up_until(quota, now)) return until;
    Fleet& own = fleet();
    const std::scoped_lock lock(own.mutex);
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
      const std::scoped_lock lock(own.mutex);
      if (FleetBudget* const budget = own.find(operation, false)) {
        remaining = budget->remaining_quota(now);
      }
      if (now < own.token_blocked_until) {
        if (!remaining) remaining.emplace();
        remaining->remaining = 0;
        remaining->available_in =
            std::max(remaining->available_in,
                     std::chrono::ceil<milliseconds>(own.token_blocked_until - now));
      }
    }
    // The book of quotas knows no limits: it was told none.
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
    refuse("its time-outs must be positive, so that no call waits forever");
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
