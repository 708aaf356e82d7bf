// Dates and hints from a server, however absurd, become either nothing or a wait within bounds.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "call/retry_plan.hpp"
#include "fuzz.hpp"
#include "http/syntax.hpp"
#include "rate_limit/rate_observation.hpp"

using namespace segment;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  if (const auto date = detail::parse_http_date(text)) {
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(*date));
    fuzz::require(day.ok());
  }
  const std::size_t half = text.find('\n');
  const std::string first(text.substr(0, half));
  const std::string second(half == std::string_view::npos ? "" : text.substr(half + 1));
  for (const char* name : {"Retry-After", "X-RateLimit-Reset"}) {
    const http::Response response{.status = 429, .headers = {{"Date", second}, {name, first}}};
    const auto hint = detail::retry_hint(
        detail::read_rate_observation(response, {}, std::chrono::system_clock::now()));
    if (hint) {
      fuzz::require(*hint > std::chrono::milliseconds::zero());
      fuzz::require(*hint <= std::chrono::days{366});
    }
  }
  return 0;
}
