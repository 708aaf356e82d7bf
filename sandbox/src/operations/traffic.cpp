#include "operations/traffic.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "operations/times.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

using namespace std::chrono;

constexpr std::array lines = {
    TrafficLine{"Home", "page", "2.5.0", 9},
    TrafficLine{"Product Viewed", "track", "2.5.0", 6},
    TrafficLine{"Product Viewed", "track", "2.4.1", 2},
    TrafficLine{"Order Completed", "track", "2.5.0", 1},
    TrafficLine{"Signed Up", "track", "2.4.1", 1},
    TrafficLine{"", "identify", "2.5.0", 3},
};

// Some sources are busier than others, and not in the same minutes.
std::int64_t number_of(std::string_view source) {
  std::int64_t number = 0;
  for (char c : source) number = (number * 31 + static_cast<unsigned char>(c)) % 997;
  return number;
}

// How many events a line has had since 1970, which also numbers them. In turn, none, one or two per
// minute are added to its rate.
std::int64_t events_before(std::string_view source, const TrafficLine& line, Minute minute) {
  constexpr std::int64_t turn = 3;
  const std::int64_t seed = number_of(source);
  const std::int64_t minutes = minute.time_since_epoch().count() + seed;
  const std::int64_t rest = minutes % turn;
  return minutes * line.rate * (1 + seed % turn) + minutes / turn * turn + rest * (rest - 1) / 2;
}

// How many of this many events have the outcome, which applies to some of each hundred.
std::int64_t affected_by(const DeliveryOutcome& outcome, std::int64_t events) {
  constexpr std::int64_t hundred = 100;
  const std::int64_t share = outcome.to - outcome.from;
  return events / hundred * share +
         std::clamp<std::int64_t>(events % hundred - outcome.from, 0, share);
}

minutes length_of(std::string_view granularity) {
  if (granularity == "DAY") return days{1};
  return granularity == "HOUR" ? minutes{hours{1}} : minutes{1};
}

}  // namespace

std::span<const TrafficLine> traffic_lines() { return lines; }

std::int64_t traffic(std::string_view source, const TrafficLine& line,
                     const DeliveryOutcome& outcome, Minute from, Minute to) {
  return affected_by(outcome, events_before(source, line, to)) -
         affected_by(outcome, events_before(source, line, from));
}

std::int64_t received(std::string_view source, const TrafficLine& line, Minute from, Minute to) {
  return events_before(source, line, to) - events_before(source, line, from);
}

std::vector<Bucket> buckets(const Call& call, std::string_view granularity, Minute start,
                            Minute end) {
  const minutes length = length_of(granularity);
  const Minute now = floor<minutes>(call.now);
  std::vector<Bucket> all;
  Minute begin{start.time_since_epoch() / length * length};
  for (; begin < end; begin += length) {
    const Minute from = std::min(std::max(begin, start), now);
    const Minute to = std::min(std::min(begin + length, end), now);
    all.push_back({begin, from, std::max(from, to)});
  }
  return all;
}

Minute minute_parameter(const Call& call, const char* name) {
  const auto time = time_parameter(call, name);
  if (!time) throw invalid(name, "is required");
  if (time->time_since_epoch().count() < 0) throw invalid(name, "is before 1970");
  return floor<minutes>(*time);
}

bool passes(const Json* list, std::string_view value) {
  if (list == nullptr || list->empty()) return true;
  return std::ranges::any_of(list->as_array(),
                             [&](const Json& wanted) { return wanted.as_string() == value; });
}

bool sends(const Json& source) {
  const Json* enabled = source.find("enabled");
  return enabled == nullptr || enabled->as_bool();
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
