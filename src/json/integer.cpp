#include "json/integer.hpp"

#include <charconv>
#include <cmath>
#include <limits>

namespace segment::detail {

namespace {

// "12345678901234567.0": past 2^53 only the text still has every digit.
std::optional<std::int64_t> digits_before_point(std::string_view text) {
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos) return std::nullopt;
  if (text.substr(point + 1).find_first_not_of('0') != std::string_view::npos) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + point, value);
  if (error != std::errc{} || end != text.data() + point) return std::nullopt;
  return value;
}

}  // namespace

std::optional<std::int64_t> whole_number(double value, std::string_view text) {
  constexpr double exact = 9007199254740992.0;      // 2^53: above it a double skips integers
  constexpr double beyond = 9223372036854775808.0;  // 2^63
  if (!std::isfinite(value) || value != std::trunc(value)) return std::nullopt;
  if (std::abs(value) <= exact) {
    // A long fraction can round to a whole double; the text then says what was meant.
    if (text.find_first_of("eE") == std::string_view::npos && !text.empty()) {
      return digits_before_point(text);
    }
    return static_cast<std::int64_t>(value);
  }
  if (const auto digits = digits_before_point(text)) return digits;
  if (text.find_first_of("eE") == std::string_view::npos && !text.empty()) return std::nullopt;
  if (value < -beyond || value >= beyond) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

}  // namespace segment::detail
