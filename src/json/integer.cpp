#include "json/integer.hpp"

#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#include "json/decimal.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

std::optional<std::int64_t> whole_value(double value) {
  constexpr double beyond = 9223372036854775808.0;  // 2^63
  if (!(value >= -beyond && value < beyond) || value != std::trunc(value)) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

}  // namespace

std::optional<std::int64_t> whole_number(double value, std::string_view text) {
  if (text.empty()) return whole_value(value);
  constexpr std::int64_t most_digits = std::numeric_limits<std::int64_t>::digits10 + 1;
  const auto decimal = Decimal::read(text);
  if (!decimal || decimal->power < 0 || decimal->power > most_digits) return std::nullopt;
  std::string digits = decimal->negative ? "-" : "";
  digits += decimal->digits.empty() ? "0" : decimal->digits;
  digits.append(static_cast<std::size_t>(decimal->power), '0');
  std::int64_t whole = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), whole);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return whole;
}

}  // namespace segment::inline SEGMENT_ABI::detail
