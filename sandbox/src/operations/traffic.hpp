#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/call.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

// The events that the sources of a sandbox appear to send. No event is stored: the number of events
// in a time range is computed from the minutes at its ends. So all reports agree, however long
// their buckets are.

using Minute = std::chrono::sys_time<std::chrono::minutes>;

/// One kind of event that each source sends.
struct TrafficLine {
  std::string_view event;  // its name; empty for calls that have none
  std::string_view type;
  std::string_view version;  // of the app that sends it
  std::int64_t rate;         // events per minute, at least
};

/// What happens to some of each hundred events.
struct DeliveryOutcome {
  std::string_view reason;
  std::int64_t from;  // which of the hundred: from this one,
  std::int64_t to;    // to before this one
  bool again;         // whether it took more than one attempt
};

[[nodiscard]] std::span<const TrafficLine> traffic_lines();

/// How many events of a line with this outcome a source sends from one minute to before another.
[[nodiscard]] std::int64_t traffic(std::string_view source, const TrafficLine& line,
                                   const DeliveryOutcome& outcome, Minute from, Minute to);

/// The same for all events that are received.
[[nodiscard]] std::int64_t received(std::string_view source, const TrafficLine& line, Minute from,
                                    Minute to);

/// A part of a report's time range.
struct Bucket {
  Minute begin;  // by the clock; the first may start before the report
  Minute from;
  Minute to;
};

/// A report's time range, in buckets of a minute, an hour or a day. The future has no events.
[[nodiscard]] std::vector<Bucket> buckets(const Call& call, std::string_view granularity,
                                          Minute start, Minute end);

/// A required query parameter that is a time, to the minute.
[[nodiscard]] Minute minute_parameter(const Call& call, const char* name);

/// Whether a list in the query allows a value; an absent or empty one allows all.
[[nodiscard]] bool passes(const Json* list, std::string_view value);

/// Whether a source sends anything: a disabled one does not.
[[nodiscard]] bool sends(const Json& source);

}  // namespace segment::inline SEGMENT_ABI::sandbox
