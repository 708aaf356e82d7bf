#include "rate_limit/rate_budget.hpp"

#include <algorithm>
#include <utility>

namespace segment::inline SEGMENT_ABI::detail {

namespace {

constexpr std::size_t most_entries = 1024;

using namespace std::chrono;

// Spreading is a courtesy: it must not delay a call that there is a permit for by much, let alone
// make it fail.
constexpr milliseconds longest_pace = seconds{1};

// Dates in responses are whole seconds, truncated or rounded up.
constexpr milliseconds date_precision = seconds{1};

}  // namespace

// The log -----------------------------------------------------------------------------------------

void PermitLog::take(TimePoint until, int count, bool foreign) {
  const auto later = [](TimePoint time, const Entry& entry) { return time < entry.until; };
  const auto position = std::upper_bound(entries_.begin(), entries_.end(), until, later);
  entries_.insert(position, {until, count, foreign ? count : 0});
  taken_ += count;
  if (foreign) foreign_ += count;
  if (entries_.size() > most_entries) halve();
}

void PermitLog::expire(TimePoint now) {
  while (!entries_.empty() && entries_.front().until <= now) {
    taken_ -= entries_.front().count;
    foreign_ -= entries_.front().foreign;
    entries_.pop_front();
  }
}

void PermitLog::all_returned_by(TimePoint latest) {
  for (auto entry = entries_.rbegin(); entry != entries_.rend() && entry->until > latest; ++entry) {
    entry->until = latest;
  }
}

std::optional<PermitLog::TimePoint> PermitLog::back(int count) const {
  for (const Entry& entry : entries_) {
    count -= entry.count;
    if (count <= 0) return entry.until;
  }
  return std::nullopt;
}

// Joins neighbours, with the later of their times: a permit may return late, but never early.
void PermitLog::halve() {
  std::deque<Entry> half;
  for (std::size_t i = 0; i < entries_.size(); i += 2) {
    Entry joined = entries_[i];
    if (i + 1 < entries_.size()) {
      joined.until = entries_[i + 1].until;
      joined.count += entries_[i + 1].count;
      joined.foreign += entries_[i + 1].foreign;
    }
    half.push_back(joined);
  }
  entries_ = std::move(half);
}

// The budget --------------------------------------------------------------------------------------

RateBudget::RateBudget(const RateLimit& published) : limit_(published) {}

std::optional<RateBudget::TimePoint> RateBudget::ask(Ticket ticket, TimePoint now) {
  log_.expire(now);
  TimePoint until = std::max(now, limit_.blocked_until());
  if (limit_.is_known()) until = std::max(until, permit_time(queue_.ahead_of(ticket), now));
  if (until > now) return until;
  queue_.leave(ticket);
  take(now);
  return std::nullopt;
}

// Each waiter ahead keeps a permit, even if it has not woken up yet, so that none overtakes and
// none waits for a thread that is still asleep.
RateBudget::TimePoint RateBudget::permit_time(int ahead, TimePoint now) const {
  const int left = room() - ahead;
  if (left <= 0) return back(1 - left, now);
  const bool little = left <= limit_.requests() / 4;
  return little ? pace_at_ + pace_ * ahead : now;
}

// The earliest time at which this many more permits are free.
RateBudget::TimePoint RateBudget::back(int count, TimePoint now) const {
  const auto rounds = (count - 1) / std::max(1, limit_.requests());
  const int rest = (count - 1) % std::max(1, limit_.requests()) + 1;
  // What is not in the log is still in flight: its period has not even begun.
  return log_.back(rest).value_or(now + limit_.period()) + limit_.period() * rounds;
}

// The last few permits are spread over the time until more return. Then each one is used before the
// next one is free, so that spreading costs time once, not in every period.
void RateBudget::take(TimePoint now) {
  ++in_flight_;
  pace_at_ = now;
  pace_ = {};
  const int left = room();
  if (!limit_.is_known() || left <= 0 || left > limit_.requests() / 4) return;
  pace_ = std::min<steady_clock::duration>((back(1, now) - now) / (left + 1), longest_pace);
  pace_at_ = now + pace_;
}

int RateBudget::room() const noexcept {
  return std::max(0, limit_.requests() - in_flight_ - log_.taken());
}

void RateBudget::give_back(Ticket /*ticket*/) { in_flight_ = std::max(0, in_flight_ - 1); }

void RateBudget::complete(Ticket ticket, TimePoint now) {
  give_back(ticket);
  log_.take(now + limit_.period(), 1, false);
}

void RateBudget::leave_to_parent(TimePoint now) {
  queue_.clear();
  if (in_flight_ > 0) log_.take(now + limit_.period(), std::exchange(in_flight_, 0), true);
}

// Learning ----------------------------------------------------------------------------------------

void RateBudget::observe(const RateObservation& observation, TimePoint now) {
  (void)limit_.observe(observation, now);
  if (!KnownLimit::is_counted(observation)) return;
  log_.expire(now);
  learn_use(observation, now);
  learn_window(observation, now);
}

// Requests that the server counted but that were not sent from here are another program's.
void RateBudget::learn_use(const RateObservation& observation, TimePoint now) {
  if (limit_.requests() == 0 || !KnownLimit::is_figure(observation.remaining)) return;
  const auto left =
      static_cast<int>(std::min<std::int64_t>(*observation.remaining, limit_.requests()));
  const int own = in_flight_ + log_.taken() - log_.foreign();
  const int more = limit_.requests() - left - own - log_.foreign();
  const milliseconds longest =
      std::min(observation.operation_retry_after.value_or(limit_.period()), limit_.period());
  if (more > 0) log_.take(now + longest, more, true);
}

void RateBudget::learn_window(const RateObservation& observation, TimePoint now) {
  // This close to the window's end, a response of the next window may have overtaken this one.
  if (!observation.reset || *observation.reset < 2 * date_precision) return;
  log_.all_returned_by(now + std::min(*observation.reset + date_precision, limit_.period()));
}

std::optional<RemainingQuota> RateBudget::remaining_quota(TimePoint now) {
  log_.expire(now);
  const bool blocked = now < limit_.blocked_until();
  if (!limit_.is_known() && !blocked) return std::nullopt;
  RemainingQuota remaining_quota{.limit = limit_.is_known() ? limit_.requests() : 0};
  if (!blocked) remaining_quota.remaining = room();
  TimePoint more = std::max(now, limit_.blocked_until());
  if (!blocked && room() < limit_.requests()) more = back(1, now);
  remaining_quota.available_in = ceil<milliseconds>(more - now);
  return remaining_quota;
}

}  // namespace segment::inline SEGMENT_ABI::detail
