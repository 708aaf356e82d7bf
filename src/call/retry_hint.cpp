#include "call/retry_hint.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

#include "call/http_date.hpp"

namespace segment::detail {

namespace {

using std::chrono::milliseconds;

// Past this no wait is meant seriously, and arithmetic on time points stays far from its ends.
constexpr milliseconds longest_hint = std::chrono::hours{24 * 365};

void consider(std::optional<milliseconds>& longest, milliseconds hint) {
  if (hint <= milliseconds::zero()) return;
  longest = std::max(longest.value_or(milliseconds::zero()), std::min(hint, longest_hint));
}

std::optional<milliseconds> whole_seconds(std::string_view text) {
  long long seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (end != text.data() + text.size()) return std::nullopt;
  if (error == std::errc::result_out_of_range) {
    return text.starts_with('-') ? milliseconds::zero() : longest_hint;
  }
  if (error != std::errc{} || seconds < 0) return std::nullopt;
  return milliseconds(std::min(std::chrono::seconds(seconds),
                               std::chrono::duration_cast<std::chrono::seconds>(longest_hint)));
}

// In milliseconds: in the clock's own nanoseconds a date such as the year 9999 does not fit.
using Time = std::chrono::sys_time<milliseconds>;

std::optional<milliseconds> until(std::string_view date, Time now) {
  const auto then = parse_http_date(date);
  if (!then) return std::nullopt;
  return *then - now;
}

}  // namespace

std::optional<milliseconds> retry_hint(const http::Response& response,
                                       const std::vector<ApiErrorItem>& items,
                                       std::chrono::system_clock::time_point system_now) {
  std::optional<milliseconds> longest;
  Time now = std::chrono::floor<milliseconds>(system_now);
  if (const auto* date = response.headers.find("Date")) {
    if (const auto server_now = parse_http_date(*date)) now = *server_now;
  }
  if (const auto* text = response.headers.find("Retry-After")) {
    if (const auto hint = whole_seconds(*text)) {
      consider(longest, *hint);
    } else if (const auto wait = until(*text, now)) {
      consider(longest, *wait);
    }
  }
  if (response.status != 429) return longest;

  if (const auto* text = response.headers.find("X-RateLimit-Reset")) {
    if (const auto wait = until(*text, now)) consider(longest, *wait);
  }
  for (const auto& item : items) {
    const Json* hint = item.data.find("msBeforeNext");
    if (hint == nullptr || !hint->is_number()) continue;
    const double wait = hint->as_number();
    const auto limit = static_cast<double>(longest_hint.count());
    if (wait > 0) consider(longest, milliseconds(std::llround(std::ceil(std::min(wait, limit)))));
  }
  return longest;
}

}  // namespace segment::detail
