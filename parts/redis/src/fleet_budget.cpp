#include "fleet_budget.hpp"

#include <algorithm>

namespace segment::inline SEGMENT_ABI::redis {

namespace {

using namespace std::chrono;

// Uses that are this close together, as a fraction of the period, share one entry.
constexpr int entries_a_period = 32;

constexpr milliseconds longest_hold = seconds{5};
// Whether the store is available again.
constexpr milliseconds looked_for_after = seconds{1};

}  // namespace

// The log -----------------------------------------------------------------------------------------

void UseLog::add(TimePoint at, bool is_reported) {
  ++count_;
  if (!entries_.empty()) {
    Entry& last = entries_.back();
    // From the first: steady use would otherwise be one entry that never ends.
    if (last.is_reported == is_reported && at - last.first < period_ / entries_a_period) {
      last.use.at = std::max(last.use.at, at);  // counted for a little longer, never shorter
      ++last.use.count;
      return;
    }
  }
  entries_.push_back({{at, 1}, at, is_reported});
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

FleetBudget::FleetBudget(const Operation& operation, Sharing sharing, Store& store)
    : operation_(operation.id),
      sharing_(sharing),
      store_(&store),
      limit_(operation.rate_limit),
      hold_(std::min(limit_.period() / 20, longest_hold)),
      uses_(limit_.period()) {}

// A permit is reserved for each waiter ahead, so that none overtakes another.
std::optional<TimePoint> FleetBudget::ask(Ticket& ticket, TimePoint now) {
  if (now < limit_.blocked_until()) return limit_.blocked_until();
  expire(now);
  const int ahead = queue_.ahead_of(ticket.place);
  if (!limit_.is_known()) {
    ticket.grant = {};
  } else {
    if (stock() <= ahead && now >= ask_again_at_) {
      take_from_store(std::max(batch(), ahead + 1 - stock()), now);
    }
    if (now < limit_.blocked_until()) return limit_.blocked_until();
    if (stock() > ahead) {
      ticket.grant = grant_from_stock();
    } else if (store_->is_lost() && room_of_share() > ahead) {
      ticket.grant = {};
    } else {
      const TimePoint later =
          store_->is_lost() ? std::min(share_returns(now), now + looked_for_after) : ask_again_at_;
      return std::max(later, now + milliseconds{1});
    }
  }
  queue_.leave(ticket.place);
  ++in_flight_;
  return std::nullopt;
}

// Permits -----------------------------------------------------------------------------------------

int FleetBudget::share() const noexcept {
  return std::max(1, limit_.requests() / sharing_.members);
}

int FleetBudget::room_of_share() const noexcept {
  return share() - in_flight_ - uses_.count() - stock();
}

int FleetBudget::stock() const noexcept {
  int count = 0;
  for (const Lease& lease : leases_) count += lease.count;
  return count;
}

// No process takes so many that none are left for the others.
int FleetBudget::batch() const noexcept {
  const int most = std::clamp(limit_.requests() / (4 * sharing_.members), 1, sharing_.max_batch);
  return std::min(std::max(wanted_batch_, queue_.size()), most);
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

FleetBudget::Grant FleetBudget::grant_from_stock() {
  const auto lease = std::ranges::find_if(leases_, [](const Lease& one) { return one.count > 0; });
  --lease->count;
  ++lease->taken;
  return lease->grant;
}

void FleetBudget::take_from_store(int wanted, TimePoint now) {
  if (now < young_until_) wanted = std::min(wanted, room_of_share());
  const auto reply = exchange(std::max(0, wanted), now);
  if (!reply) return;
  if (reply->granted > 0) {
    leases_.push_back({{reply->epoch, now + hold_}, reply->granted, 0});
  } else if (wanted <= 0) {
    ask_again_at_ = share_returns(now);
  } else {
    ask_again_at_ = now + std::max(reply->wait, milliseconds{1});
  }
}

std::optional<TakeReply> FleetBudget::exchange(int wanted, TimePoint now) {
  auto reply = store_->take({.operation = operation_,
                             .limit = limit_.requests(),
                             .period = limit_.period(),
                             .hold = hold_,
                             .wanted = epoch_ == 0 ? 0 : wanted,
                             .uses = uses_.unreported()},
                            now);
  if (!reply) return std::nullopt;
  uses_.reported(reply->epoch != epoch_);
  taken_by_fleet_ = reply->taken;
  if (reply->age < limit_.period() + hold_)
    young_until_ = now + (limit_.period() + hold_ - reply->age);
  if (reply->epoch == epoch_) return reply;
  // What it has forgotten, or never knew, is reported before any permit is taken.
  epoch_ = reply->epoch;
  leases_.clear();
  if (now < young_until_) wanted = std::min(wanted, room_of_share());
  return exchange(std::max(0, wanted), now);
}

TimePoint FleetBudget::share_returns(TimePoint now) const {
  // The period of what is in flight has not even started.
  return uses_.first_over().value_or(now + hold_);
}

void FleetBudget::give_back(const Ticket& ticket) {
  const Grant& grant = ticket.grant;
  --in_flight_;
  const auto lease = std::ranges::find_if(
      leases_, [&](const Lease& one) { return one.grant.end == grant.end && grant.epoch != 0; });
  if (lease == leases_.end()) return;
  ++lease->count;
  --lease->taken;
}

void FleetBudget::complete(const Ticket& ticket, TimePoint now) {
  const Grant& grant = ticket.grant;
  --in_flight_;
  const bool is_counted = grant.epoch != 0 && grant.epoch == epoch_ && now <= grant.end;
  uses_.add(now, is_counted);
}

std::optional<RemainingQuota> FleetBudget::remaining_quota(TimePoint now) {
  expire(now);
  if (!limits(now)) return std::nullopt;
  RemainingQuota remaining{.limit = limit_.is_known() ? limit_.requests() : 0};
  const int by_fleet = std::max(0, limit_.requests() - taken_by_fleet_) + stock();
  if (now >= limit_.blocked_until()) {
    const int by_share = room_of_share() + stock();
    remaining.remaining =
        std::clamp(now < young_until_ ? by_share : by_fleet, 0, limit_.requests());
  }
  const TimePoint more =
      std::max(limit_.blocked_until(), remaining.remaining == 0 ? ask_again_at_ : now);
  remaining.available_in = std::max(milliseconds::zero(), ceil<milliseconds>(more - now));
  return remaining;
}

}  // namespace segment::inline SEGMENT_ABI::redis
