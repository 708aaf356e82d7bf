#include "rate_limit/place_log.hpp"

#include <algorithm>
#include <utility>

namespace segment::inline SEGMENT_ABI::detail {

namespace {

constexpr std::size_t most_entries = 1024;

}  // namespace

void PlaceLog::take(TimePoint until, int count, bool foreign) {
  const auto later = [](TimePoint time, const Entry& entry) { return time < entry.until; };
  const auto place = std::upper_bound(entries_.begin(), entries_.end(), until, later);
  entries_.insert(place, {until, count, foreign ? count : 0});
  taken_ += count;
  if (foreign) foreign_ += count;
  if (entries_.size() > most_entries) halve();
}

void PlaceLog::expire(TimePoint now) {
  while (!entries_.empty() && entries_.front().until <= now) {
    taken_ -= entries_.front().count;
    foreign_ -= entries_.front().foreign;
    entries_.pop_front();
  }
}

void PlaceLog::all_back_by(TimePoint latest) {
  for (auto entry = entries_.rbegin(); entry != entries_.rend() && entry->until > latest; ++entry) {
    entry->until = latest;
  }
}

std::optional<PlaceLog::TimePoint> PlaceLog::back(int count) const {
  for (const Entry& entry : entries_) {
    count -= entry.count;
    if (count <= 0) return entry.until;
  }
  return std::nullopt;
}

// Joins neighbours, to the later of their times: a place may come back late, but never early.
void PlaceLog::halve() {
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

}  // namespace segment::inline SEGMENT_ABI::detail
