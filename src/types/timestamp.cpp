#include "segment/types/timestamp.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>

namespace segment::inline SEGMENT_ABI {

namespace {

using std::chrono::nanoseconds;

// Takes exactly this many digits; negative if they are not there.
int digits(std::string_view& text, std::size_t count) noexcept {
  if (text.size() < count) return -1;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, std::string_view any_of) noexcept {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

// The digits after the point, to the nanosecond; further ones are dropped.
std::optional<nanoseconds> fraction(std::string_view& text) noexcept {
  std::int64_t value = 0;
  std::size_t count = 0;
  for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; ++count) {
    if (count < 9) value = value * 10 + (text.front() - '0');
    text.remove_prefix(1);
  }
  if (count == 0) return std::nullopt;
  for (std::size_t i = count; i < 9; ++i) value *= 10;
  return nanoseconds{value};
}

std::optional<std::chrono::minutes> offset(std::string_view& text) noexcept {
  if (text.empty() || take(text, "Zz")) return std::chrono::minutes{0};
  const bool west = text.front() == '-';
  if (!take(text, "+-")) return std::nullopt;
  const int hours = digits(text, 2);
  take(text, ":");
  const int minutes = digits(text, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
  const std::chrono::minutes east{hours * 60 + minutes};
  return west ? -east : east;
}

std::optional<nanoseconds> time_of_day(std::string_view& text) noexcept {
  const int hour = digits(text, 2);
  if (!take(text, ":")) return std::nullopt;
  const int minute = digits(text, 2);
  int second = 0;
  nanoseconds part{0};
  if (take(text, ":")) {
    second = digits(text, 2);
    if (take(text, ".,")) {
      const auto nanos = fraction(text);
      if (!nanos) return std::nullopt;
      part = *nanos;
    }
  }
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
    return std::nullopt;
  }
  return std::chrono::hours{hour} + std::chrono::minutes{minute} + std::chrono::seconds{second} +
         part;
}

// A 64-bit count of nanoseconds reaches from 1677 to 2262.
bool fits(std::chrono::sys_days day) noexcept {
  constexpr std::chrono::days margin{2};  // the time of day, and the offset
  constexpr auto most = std::chrono::floor<std::chrono::days>(Timestamp::TimePoint::max()) - margin;
  constexpr auto least = std::chrono::ceil<std::chrono::days>(Timestamp::TimePoint::min()) + margin;
  return day >= least && day <= most;
}

struct Moment {
  std::chrono::sys_days day;
  nanoseconds time;  // of day in UTC; the offset may move it before or past the day
};

std::optional<Moment> read_moment(std::string_view text) noexcept {
  const int year = digits(text, 4);
  if (!take(text, "-")) return std::nullopt;
  const int month = digits(text, 2);
  if (!take(text, "-")) return std::nullopt;
  const int day = digits(text, 2);
  if (year < 0 || month < 0 || day < 0) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  if (text.empty()) return Moment{date, nanoseconds{0}};
  if (!take(text, "Tt ")) return std::nullopt;
  const auto time = time_of_day(text);
  const auto zone = time ? offset(text) : std::nullopt;
  if (!time || !zone || !text.empty()) return std::nullopt;
  return Moment{date, *time - *zone};
}

}  // namespace

Timestamp::Timestamp(std::chrono::system_clock::time_point point) {
  const auto millis = std::chrono::floor<std::chrono::milliseconds>(point);
  const auto day = std::chrono::floor<std::chrono::days>(millis);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{millis - day};
  std::array<char, 64> buffer{};
  const int length = std::snprintf(
      buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
      static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
      static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
      static_cast<int>(time.subseconds().count()));
  text_.assign(buffer.data(), static_cast<std::size_t>(length));
}

std::optional<Timestamp::TimePoint> Timestamp::time_point() const noexcept {
  const auto moment = read_moment(text_);
  if (!moment || !fits(moment->day)) return std::nullopt;
  return TimePoint(moment->day) + moment->time;
}

bool Timestamp::is_never() const noexcept {
  const auto moment = read_moment(text_);
  return moment && moment->time == nanoseconds{0} &&
         moment->day == std::chrono::sys_days{std::chrono::year{1} / std::chrono::January / 1};
}

}  // namespace segment::inline SEGMENT_ABI
