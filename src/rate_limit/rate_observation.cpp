#include "rate_limit/rate_observation.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "http/syntax.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

using std::chrono::milliseconds;
using std::chrono::system_clock;

// Milliseconds, since a date such as the year 9999 does not fit the clock's own nanoseconds.
using Time = std::chrono::sys_time<milliseconds>;

// Nobody means a longer wait: a larger value is a mistake, or no wait at all.
constexpr milliseconds longest_hint = std::chrono::hours{24 * 365};

std::optional<milliseconds> sensible(milliseconds hint) {
  if (hint <= milliseconds::zero() || hint > longest_hint) return std::nullopt;
  return hint;
}

// Digits with an optional fraction: `37`, `36.5`.
std::optional<double> number_in(std::string_view text) {
  text = trimmed(text);
  const auto is_odd = [](char c) { return (c < '0' || c > '9') && c != '.'; };
  if (text.empty() || text.starts_with('.') || std::ranges::any_of(text, is_odd)) {
    return std::nullopt;
  }
  return to_double(text);
}

// A number larger than any limit is not a figure.
std::optional<std::int64_t> figure(std::optional<double> number) {
  if (!number || !(std::abs(*number) < 1e18)) return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

constexpr std::string_view retry_after_name = "Retry-After";
constexpr std::string_view prefix = "X-RateLimit-";
constexpr std::string_view consumed_name = "X-RateLimit-Consumed";
constexpr std::string_view remaining_name = "X-RateLimit-Remaining";
constexpr std::string_view reset_name = "X-RateLimit-Reset";

// Checks the first letter, which leaves few headers to compare.
bool may_matter(std::string_view name) {
  return !name.empty() && std::string_view("RrXx").find(name.front()) != std::string_view::npos;
}

// A wait in seconds, rounded up to whole ones.
std::optional<milliseconds> seconds_of(double number) {
  constexpr double most = std::chrono::duration<double>(longest_hint).count();
  if (!(number > 0 && number <= most)) return std::nullopt;
  return std::chrono::seconds(std::llround(std::ceil(number)));
}

// A number is a wait in seconds or, if nobody waits that long, a point in time: in seconds or
// milliseconds since 1970.
std::optional<milliseconds> wait_of(double number, Time now) {
  const double now_in_ms = static_cast<double>(now.time_since_epoch().count());
  if (const auto wait = seconds_of(number)) return wait;
  if (const auto wait = seconds_of(number - now_in_ms / 1000)) return wait;
  return seconds_of((number - now_in_ms) / 1000);
}

// For `Retry-After` and `X-RateLimit-Reset` alike, since servers put any of these into either.
std::optional<milliseconds> hint_in(std::string_view text, Time now) {
  if (const auto number = number_in(text)) return wait_of(*number, now);
  const auto then = parse_http_date(trimmed(text));
  return then ? sensible(*then - now) : std::nullopt;
}

void keep_longest(std::optional<milliseconds>& longest, std::optional<milliseconds> hint) {
  if (hint) longest = std::max(longest.value_or(*hint), *hint);
}

std::optional<double> number_of(const Json& data, std::string_view name) {
  const Json* value = data.find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_string()) return number_in(value->as_string());
  return value->is_number() ? std::optional(value->as_number()) : std::nullopt;
}

// Of several errors, the longest wait and the first figures count.
void read_items(RateObservation& observation, const std::vector<ApiErrorItem>& items) {
  for (const auto& item : items) {
    const auto wait = number_of(item.data, "msBeforeNext");
    if (wait && *wait > 0 && *wait <= static_cast<double>(longest_hint.count())) {
      keep_longest(observation.operation_retry_after, milliseconds(std::llround(std::ceil(*wait))));
    }
    if (!observation.consumed) {
      observation.consumed = figure(number_of(item.data, "consumedPoints"));
    }
    if (!observation.remaining) {
      observation.remaining = figure(number_of(item.data, "remainingPoints"));
    }
  }
}

// The time that a response's dates are relative to.
Time time_of(const http::Response& response, system_clock::time_point system_now) {
  if (const auto date = response.headers.find("Date")) {
    if (const auto server_now = parse_http_date(trimmed(*date))) return *server_now;
  }
  return std::chrono::floor<milliseconds>(system_now);
}

void read_hints(RateObservation& observation, const http::Response& response, Time now) {
  for (const http::HeaderView header : response.headers) {
    if (http::same_name(header.name, retry_after_name)) {
      keep_longest(observation.retry_after, hint_in(header.value, now));
    } else if (http::same_name(header.name, reset_name)) {
      keep_longest(observation.reset, hint_in(header.value, now));
    }
  }
}

}  // namespace

RateObservation read_rate_observation(const http::Response& response,
                                      const std::vector<ApiErrorItem>& items,
                                      system_clock::time_point system_now) {
  RateObservation observation{.status = response.status};
  bool has_hint = false;
  // One pass over the headers if nothing is found, since this is done for every response.
  for (const http::HeaderView header : response.headers) {
    const std::string_view name = header.name;
    if (!may_matter(name)) continue;
    if (http::same_name(name, retry_after_name)) has_hint = true;
    if (!http::same_name(name.substr(0, prefix.size()), prefix)) continue;
    observation.counted = true;
    if (http::same_name(name, consumed_name))
      observation.consumed = figure(number_in(header.value));
    if (http::same_name(name, remaining_name)) {
      observation.remaining = figure(number_in(header.value));
    }
    if (http::same_name(name, reset_name)) has_hint = true;
  }
  if (has_hint) read_hints(observation, response, time_of(response, system_now));
  if (response.status == 429) read_items(observation, items);
  return observation;
}

}  // namespace segment::inline SEGMENT_ABI::detail
