#include "rate_limit/rate_budget.hpp"

#include <algorithm>
#include <utility>

namespace segment::inline SEGMENT_ABI::detail {

namespace {

constexpr std::size_t most_entries = 1024;

using namespace std::chrono;

// A figure past this is a mistake.
constexpr std::int64_t largest_limit = 1'000'000;

// A 429 may ask for more than a period; nobody means more than this.
constexpr milliseconds longest_block = hours{1};

// The published figures say a minute nearly everywhere.
constexpr milliseconds usual_period = minutes{1};

// Spreading is a courtesy: it must not delay for long, let alone fail, a call that there is a
// permit for.
constexpr milliseconds longest_pace = seconds{1};

// Dates in responses are whole seconds, cut off or rounded up.
constexpr milliseconds date_precision = seconds{1};

bool is_figure(const std::optional<std::int64_t>& figure) {
  return figure && *figure >= 0 && *figure <= largest_limit;
}

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

// Joins neighbours, to the later of their times: a permit may be returned late, but never early.
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

RateBudget::RateBudget(const RateLimit& published)
    : limit_(std::max(0, published.requests)),
      period_(published ? length(published.per) : usual_period) {}

// The queue ---------------------------------------------------------------------------------------

bool RateBudget::limits(TimePoint now) const { return knows_limit() || now < blocked_until_; }

RateBudget::Ticket RateBudget::enqueue(bool first_attempt) {
  const Ticket ticket{first_attempt, next_number_++};
  queue_.insert(std::upper_bound(queue_.begin(), queue_.end(), ticket), ticket);
  return ticket;
}

std::optional<RateBudget::TimePoint> RateBudget::ask(Ticket ticket, TimePoint now) {
  log_.expire(now);
  const auto position = std::lower_bound(queue_.begin(), queue_.end(), ticket);
  TimePoint until = std::max(now, blocked_until_);
  if (knows_limit()) {
    until = std::max(until, permit_time(static_cast<int>(position - queue_.begin()), now));
  }
  if (until > now) return until;
  queue_.erase(position);
  take(now);
  return std::nullopt;
}

void RateBudget::leave(Ticket ticket) {
  const auto position = std::lower_bound(queue_.begin(), queue_.end(), ticket);
  if (position != queue_.end() && *position == ticket) queue_.erase(position);
}

// A permit is kept for each waiter ahead, which need not have woken up yet: then none overtakes,
// and none waits for a thread that sleeps on.
RateBudget::TimePoint RateBudget::permit_time(int ahead, TimePoint now) const {
  const int left = room() - ahead;
  if (left <= 0) return back(1 - left, now);
  const bool little = left <= limit_ / 4;
  return little ? pace_at_ + pace_ * ahead : now;
}

// When so many more permits are free, at the earliest.
RateBudget::TimePoint RateBudget::back(int count, TimePoint now) const {
  const auto rounds = (count - 1) / std::max(1, limit_);
  const int rest = (count - 1) % std::max(1, limit_) + 1;
  // What is not in the log is still on its way: its period has not even begun.
  return log_.back(rest).value_or(now + period_) + period_ * rounds;
}

// The last few permits are spread over the time until more are returned. Then each one is used
// before the next one is free: the spreading costs time once, not in every period.
void RateBudget::take(TimePoint now) {
  ++in_flight_;
  pace_at_ = now;
  pace_ = {};
  const int left = room();
  if (!knows_limit() || left <= 0 || left > limit_ / 4) return;
  pace_ = std::min<steady_clock::duration>((back(1, now) - now) / (left + 1), longest_pace);
  pace_at_ = now + pace_;
}

int RateBudget::room() const noexcept { return std::max(0, limit_ - in_flight_ - log_.taken()); }

void RateBudget::give_back() { in_flight_ = std::max(0, in_flight_ - 1); }

void RateBudget::complete(TimePoint now) {
  give_back();
  log_.take(now + period_, 1, false);
}

// Learning ----------------------------------------------------------------------------------------

void RateBudget::observe(const RateObservation& observation, TimePoint now) {
  const bool refused = observation.status == 429;
  const bool succeeded = observation.status >= 200 && observation.status < 300;
  if (!observation.counted && !refused) {
    // A gateway or a test server: nothing counts there.
    if (succeeded) uncounted_ = true;
    return;
  }
  uncounted_ = false;
  log_.expire(now);
  learn_limit(observation);
  learn_use(observation, now);
  learn_window(observation, now);
  if (!refused) return;
  std::optional<milliseconds> wait = observation.before_next;
  if (!wait && !observation.retry_after && observation.reset) {
    wait = std::min(*observation.reset, period_);
  }
  if (!wait) return;  // the refused call backs off, or it is the token that is limited
  const auto most = std::max(longest_block, period_);
  blocked_until_ = std::max(blocked_until_, now + std::min(*wait, most));
}

void RateBudget::learn_limit(const RateObservation& observation) {
  if (!is_figure(observation.consumed)) return;
  const std::int64_t consumed = *observation.consumed;
  if (observation.status == 429) {  // past the limit, so that the sum is more than it
    if (limit_ > consumed && consumed > 0) limit_ = static_cast<int>(consumed);
    return;
  }
  if (!is_figure(observation.remaining)) return;
  const std::int64_t sum = consumed + *observation.remaining;
  if (sum > 0 && sum <= largest_limit) limit_ = static_cast<int>(sum);
}

// What the server counted and did not come from here was another program's.
void RateBudget::learn_use(const RateObservation& observation, TimePoint now) {
  if (limit_ == 0 || !is_figure(observation.remaining)) return;
  const auto left = static_cast<int>(std::min<std::int64_t>(*observation.remaining, limit_));
  const int own = in_flight_ + log_.taken() - log_.foreign();
  const int more = limit_ - left - own - log_.foreign();
  const milliseconds longest = std::min(observation.before_next.value_or(period_), period_);
  if (more > 0) log_.take(now + longest, more, true);
}

void RateBudget::learn_window(const RateObservation& observation, TimePoint now) {
  // So close to the window's end a response may have been overtaken by one of the next window.
  if (!observation.reset || *observation.reset < 2 * date_precision) return;
  log_.all_returned_by(now + std::min(*observation.reset + date_precision, period_));
}

std::optional<RemainingQuota> RateBudget::remaining_quota(TimePoint now) {
  log_.expire(now);
  const bool blocked = now < blocked_until_;
  if (!knows_limit() && !blocked) return std::nullopt;
  RemainingQuota remaining_quota{.limit = knows_limit() ? limit_ : 0};
  if (!blocked) remaining_quota.remaining = room();
  TimePoint more = std::max(now, blocked_until_);
  if (!blocked && room() < limit_) more = back(1, now);
  remaining_quota.available_in = ceil<milliseconds>(more - now);
  return remaining_quota;
}

}  // namespace segment::inline SEGMENT_ABI::detail
