#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/call.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

// The events that the sources of a sandbox are said to send. No event is kept: how many there are
// in a stretch of time is worked out from the minutes at its ends. So every report tells the same
// story, however long its buckets are.

using Minute = std::chrono::sys_time<std::chrono::minutes>;

/// One kind of event that each source sends.
struct TrafficLine {
  std::string_view event;  // its name; empty for calls that have none
  std::string_view type;
  std::string_view version;  // of the app that sends it
  std::int64_t rate;         // events a minute, at least
};

/// What becomes of some of each hundred events.
struct Fate {
  std::string_view reason;
  std::int64_t from;  // which of the hundred: from here on,
  std::int64_t to;    // before here
  bool again;         // whether it took more than one try
};

[[nodiscard]] std::span<const TrafficLine> traffic_lines();

/// How many events of a line a source sends from one minute up to another that have this fate.
[[nodiscard]] std::int64_t traffic(std::string_view source, const TrafficLine& line,
                                   const Fate& fate, Minute from, Minute to);

/// The same for all events that are taken in.
[[nodiscard]] std::int64_t received(std::string_view source, const TrafficLine& line, Minute from,
                                    Minute to);

/// A stretch of a report's time.
struct Bucket {
  Minute begin;  // by the clock; the first may begin before the report does
  Minute from;
  Minute to;
};

/// A report's time, in buckets of a minute, an hour or a day. Events of the future are none.
[[nodiscard]] std::vector<Bucket> buckets(const Call& call, std::string_view granularity,
                                          Minute start, Minute end);

/// A query parameter that has to be there and is a time, to the minute.
[[nodiscard]] Minute minute_parameter(const Call& call, const char* name);

/// Whether a list in the query lets a value pass; an absent or empty one lets all pass.
[[nodiscard]] bool passes(const Json* list, std::string_view value);

/// Whether a source sends anything: one that is switched off does not.
[[nodiscard]] bool sends(const Json& source);

}  // namespace segment::inline SEGMENT_ABI::sandbox
