#include "pacing/rate_observation.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>

#include "call/http_date.hpp"

namespace segment::detail {

namespace {

using std::chrono::milliseconds;
using std::chrono::system_clock;

// In milliseconds: in the clock's own nanoseconds a date such as the year 9999 does not fit.
using Time = std::chrono::sys_time<milliseconds>;

// Past this no wait is meant seriously, and arithmetic on time points stays far from its ends.
constexpr milliseconds longest_hint = std::chrono::hours{24 * 365};

std::optional<milliseconds> sensible(milliseconds hint) {
  if (hint <= milliseconds::zero()) return std::nullopt;
  return std::min(hint, longest_hint);
}

std::optional<std::int64_t> whole_number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || end != text.data() + text.size()) return std::nullopt;
  if (error == std::errc::result_out_of_range) {
    using Limits = std::numeric_limits<std::int64_t>;
    return text.starts_with('-') ? Limits::min() : Limits::max();
  }
  if (error != std::errc{}) return std::nullopt;
  return number;
}

// By the first letter, which leaves few headers to compare.
bool may_matter(std::string_view name) {
  return !name.empty() && std::string_view("DdRrXx").find(name.front()) != std::string_view::npos;
}

std::optional<milliseconds> until(std::string_view date, Time now) {
  const auto then = parse_http_date(date);
  if (!then) return std::nullopt;
  return sensible(*then - now);
}

std::optional<milliseconds> retry_after(std::string_view text, Time now) {
  const auto seconds = whole_number_in(text);
  if (!seconds) return until(text, now);
  constexpr std::int64_t most = std::chrono::ceil<std::chrono::seconds>(longest_hint).count();
  return sensible(std::chrono::seconds(std::clamp<std::int64_t>(*seconds, 0, most)));
}

std::optional<double> number_of(const Json& data, std::string_view name) {
  const Json* value = data.find(name);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->as_number();
}

// Of several errors the longest wait counts, and the figures of the first that has some.
void read_items(RateObservation& observation, const std::vector<ApiErrorItem>& items) {
  const auto whole = [](std::optional<double> number) -> std::optional<std::int64_t> {
    if (!number || !(std::abs(*number) < 1e18)) return std::nullopt;
    return static_cast<std::int64_t>(*number);
  };
  for (const auto& item : items) {
    if (const auto wait = number_of(item.data, "msBeforeNext"); wait && *wait > 0) {
      const auto most = static_cast<double>(longest_hint.count());
      const milliseconds hint(std::llround(std::ceil(std::min(*wait, most))));
      observation.before_next = std::max(observation.before_next.value_or(hint), hint);
    }
    if (!observation.consumed) observation.consumed = whole(number_of(item.data, "consumedPoints"));
    if (!observation.remaining) {
      observation.remaining = whole(number_of(item.data, "remainingPoints"));
    }
  }
}

}  // namespace

RateObservation read_rate_observation(const http::Response& response,
                                      const std::vector<ApiErrorItem>& items,
                                      system_clock::time_point system_now) {
  RateObservation observation{.status = response.status};
  std::string_view date;
  std::string_view reset;
  std::string_view retry;
  // One pass over the headers: it is made for every answer.
  for (const auto& header : response.headers) {
    constexpr std::string_view prefix = "X-RateLimit-";
    const std::string_view name = header.name;
    if (!may_matter(name)) continue;
    if (http::same_name(name, "Date")) date = header.value;
    if (http::same_name(name, "Retry-After")) retry = header.value;
    if (!http::same_name(name.substr(0, prefix.size()), prefix)) continue;
    observation.counted = true;
    const std::string_view rest = name.substr(prefix.size());
    if (http::same_name(rest, "Consumed")) observation.consumed = whole_number_in(header.value);
    if (http::same_name(rest, "Remaining")) observation.remaining = whole_number_in(header.value);
    if (http::same_name(rest, "Reset")) reset = header.value;
  }
  if (!reset.empty() || !retry.empty()) {
    Time now = std::chrono::floor<milliseconds>(system_now);
    if (const auto server_now = parse_http_date(date)) now = *server_now;
    observation.reset = until(reset, now);
    observation.retry_after = retry_after(retry, now);
  }
  if (response.status == 429) read_items(observation, items);
  return observation;
}

}  // namespace segment::detail
