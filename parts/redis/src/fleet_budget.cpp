#include "fleet_budget.hpp"

#include <algorithm>

#include "rate_limit/rate_budget.hpp"

namespace segment::inline SEGMENT_ABI::redis {

namespace {

using namespace std::chrono;

// Uses that are so near to each other, as a part of the period, are one entry.
constexpr int entries_a_period = 32;

constexpr milliseconds usual_period = minutes{1};
constexpr milliseconds longest_hold = seconds{5};
constexpr milliseconds longest_block = hours{1};
// Whether the store is there again.
constexpr milliseconds looked_for_after = seconds{1};
constexpr std::int64_t largest_limit = 1'000'000;

milliseconds period_of(const RateLimit& published) {
  return published ? segment::detail::length(published.per) : usual_period;
}

bool is_figure(const std::optional<std::int64_t>& figure) {
  return figure && *figure >= 0 && *figure <= largest_limit;
}

}  // namespace

// The log -----------------------------------------------------------------------------------------

void UseLog::add(TimePoint at, bool is_reported) {
  ++count_;
  if (!entries_.empty()) {
    Entry& last = entries_.back();
    if (last.is_reported == is_reported && at - last.use.at < period_ / entries_a_period) {
      last.use.at = std::max(last.use.at, at);  // counted for a little longer, never for less
      ++last.use.count;
      return;
    }
  }
  entries_.push_back({{at, 1}, is_reported});
}

void UseLog::expire(TimePoint now) {
  while (!entries_.empty() && entries_.front().use.at + period_ <= now) {
    count_ -= entries_.front().use.count;
    entries_.pop_front();
  }
}

std::vector<Use> UseLog::unreported() const {
  std::vector<Use> uses;
  for (const Entry& entry : entries_) {
    if (!entry.is_reported) uses.push_back(entry.use);
  }
  return uses;
}

void UseLog::reported(bool has_forgotten) {
  for (Entry& entry : entries_) entry.is_reported = !(has_forgotten && entry.is_reported);
}

std::optional<TimePoint> UseLog::first_over() const {
  if (entries_.empty()) return std::nullopt;
  return entries_.front().use.at + period_;
}

// The queue ---------------------------------------------------------------------------------------

FleetBudget::FleetBudget(std::string_view operation, const RateLimit& published, Sharing sharing)
    : operation_(operation),
      sharing_(sharing),
      limit_(std::max(0, published.requests)),
      period_(period_of(published)),
      hold_(std::min(period_ / 20, longest_hold)),
      uses_(period_) {}

bool FleetBudget::limits(TimePoint now) const {
  return (limit_ > 0 && !uncounted_) || now < blocked_until_;
}

FleetBudget::Ticket FleetBudget::enqueue(bool first_attempt) {
  const Ticket ticket{first_attempt, next_number_++};
  queue_.insert(std::upper_bound(queue_.begin(), queue_.end(), ticket), ticket);
  return ticket;
}

void FleetBudget::leave(Ticket ticket) {
  const auto position = std::lower_bound(queue_.begin(), queue_.end(), ticket);
  if (position != queue_.end() && *position == ticket) queue_.erase(position);
}

// A permit is kept for each waiter ahead, so that none overtakes.
std::optional<TimePoint> FleetBudget::ask(Ticket ticket, TimePoint now, Store& store,
                                          Grant& grant) {
  if (now < blocked_until_) return blocked_until_;
  expire(now);
  const auto position = std::lower_bound(queue_.begin(), queue_.end(), ticket);
  const auto ahead = static_cast<int>(position - queue_.begin());
  if (limit_ == 0 || uncounted_) {
    grant = {};
  } else {
    if (stock() <= ahead && now >= ask_again_at_) {
      take_from_store(std::max(batch(), ahead + 1 - stock()), now, store);
    }
    if (now < blocked_until_) return blocked_until_;
    if (stock() > ahead) {
      grant_from_stock(grant);
    } else if (store.is_lost() && room_of_share() > ahead) {
      grant = {};
    } else {
      const TimePoint later =
          store.is_lost() ? std::min(share_returns(now), now + looked_for_after) : ask_again_at_;
      return std::max(later, now + milliseconds{1});
    }
  }
  queue_.erase(position);
  ++in_flight_;
  return std::nullopt;
}

// Permits -----------------------------------------------------------------------------------------

int FleetBudget::share() const noexcept { return std::max(1, limit_ / sharing_.members); }

int FleetBudget::room_of_share() const noexcept {
  return share() - in_flight_ - uses_.count() - stock();
}

int FleetBudget::stock() const noexcept {
  int count = 0;
  for (const Lease& lease : leases_) count += lease.count;
  return count;
}

// No process takes so many that the others have none.
int FleetBudget::batch() const noexcept {
  const int most = std::clamp(limit_ / (4 * sharing_.members), 1, sharing_.max_batch);
  return std::min(std::max(wanted_batch_, static_cast<int>(queue_.size())), most);
}

void FleetBudget::expire(TimePoint now) {
  uses_.expire(now);
  while (!leases_.empty() && (leases_.front().grant.end <= now || leases_.front().count == 0)) {
    const Lease& over = leases_.front();
    wanted_batch_ =
        over.count == 0 ? std::min(2 * wanted_batch_, sharing_.max_batch) : std::max(1, over.taken);
    leases_.pop_front();
  }
}

void FleetBudget::grant_from_stock(Grant& grant) {
  const auto lease = std::ranges::find_if(leases_, [](const Lease& one) { return one.count > 0; });
  --lease->count;
  ++lease->taken;
  grant = lease->grant;
}

void FleetBudget::take_from_store(int wanted, TimePoint now, Store& store) {
  if (now < young_until_) wanted = std::min(wanted, room_of_share());
  const auto reply = exchange(std::max(0, wanted), now, store);
  if (!reply) return;
  if (reply->granted > 0) {
    leases_.push_back({{reply->epoch, now + hold_}, reply->granted, 0});
  } else if (wanted <= 0) {
    ask_again_at_ = share_returns(now);
  } else {
    ask_again_at_ = now + std::max(reply->wait, milliseconds{1});
  }
}

std::optional<TakeReply> FleetBudget::exchange(int wanted, TimePoint now, Store& store) {
  auto reply = store.take({.operation = operation_,
                           .limit = limit_,
                           .period = period_,
                           .hold = hold_,
                           .wanted = epoch_ == 0 ? 0 : wanted,
                           .uses = uses_.unreported()},
                          now);
  if (!reply) return std::nullopt;
  uses_.reported(reply->epoch != epoch_);
  taken_by_fleet_ = reply->taken;
  if (reply->age < period_ + hold_) young_until_ = now + (period_ + hold_ - reply->age);
  if (reply->epoch == epoch_) return reply;
  // What it has forgotten, or never knew, is told before anything is taken.
  epoch_ = reply->epoch;
  leases_.clear();
  if (now < young_until_) wanted = std::min(wanted, room_of_share());
  return exchange(std::max(0, wanted), now, store);
}

TimePoint FleetBudget::share_returns(TimePoint now) const {
  // What is in flight has not even begun its period.
  return uses_.first_over().value_or(now + std::min(period_ / 20, longest_hold));
}

void FleetBudget::give_back(const Grant& grant) {
  --in_flight_;
  const auto lease = std::ranges::find_if(
      leases_, [&](const Lease& one) { return one.grant.end == grant.end && grant.epoch != 0; });
  if (lease == leases_.end()) return;
  ++lease->count;
  --lease->taken;
}

void FleetBudget::complete(const Grant& grant, TimePoint now) {
  --in_flight_;
  const bool is_counted = grant.epoch != 0 && grant.epoch == epoch_ && now <= grant.end;
  uses_.add(now, is_counted);
}

// What responses say ------------------------------------------------------------------------------

std::optional<milliseconds> FleetBudget::observe(const RateObservation& observation,
                                                 TimePoint now) {
  const bool refused = observation.status == 429;
  if (!observation.counted && !refused) {
    // A gateway or a test server: nothing counts there.
    if (observation.status >= 200 && observation.status < 300) uncounted_ = true;
    return std::nullopt;
  }
  uncounted_ = false;
  if (!refused) {
    if (is_figure(observation.consumed) && is_figure(observation.remaining)) {
      const std::int64_t sum = *observation.consumed + *observation.remaining;
      if (sum > 0 && sum <= largest_limit) limit_ = static_cast<int>(sum);
    }
    return std::nullopt;
  }
  std::optional<milliseconds> wait = observation.before_next;
  if (!wait && !observation.retry_after && observation.reset) {
    wait = std::min(*observation.reset, period_);
  }
  if (!wait) return std::nullopt;  // the call backs off, or it is the token that is limited
  wait = std::min(*wait, std::max(longest_block, period_));
  blocked_until_ = std::max(blocked_until_, now + *wait);
  return wait;
}

std::optional<RemainingQuota> FleetBudget::remaining_quota(TimePoint now) {
  expire(now);
  if (!limits(now)) return std::nullopt;
  RemainingQuota remaining{.limit = uncounted_ ? 0 : limit_};
  const int by_fleet = std::max(0, limit_ - taken_by_fleet_) + stock();
  if (now >= blocked_until_) {
    const int by_share = room_of_share() + stock();
    remaining.remaining = std::clamp(now < young_until_ ? by_share : by_fleet, 0, limit_);
  }
  const TimePoint more = std::max(blocked_until_, remaining.remaining == 0 ? ask_again_at_ : now);
  remaining.available_in = std::max(milliseconds::zero(), ceil<milliseconds>(more - now));
  return remaining;
}

}  // namespace segment::inline SEGMENT_ABI::redis
