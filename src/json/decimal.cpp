#include "json/decimal.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "json/writer.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

constexpr std::int64_t beyond_all_powers = 1'000'000'000'000;  // more than a text has digits

std::string_view take_digits(std::string_view& text) {
  const std::size_t length = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::string_view digits = text.substr(0, length);
  text.remove_prefix(length);
  return digits;
}

bool take_one_of(std::string_view characters, std::string_view& text) {
  if (text.empty() || characters.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

std::int64_t power_of(std::string_view digits, bool negative) {
  std::int64_t power = 0;
  const auto error = std::from_chars(digits.data(), digits.data() + digits.size(), power).ec;
  power = error == std::errc{} ? std::min(power, beyond_all_powers) : beyond_all_powers;
  return negative ? -power : power;
}

bool is_beyond_all(std::int64_t power) {
  return power > beyond_all_powers / 2 || power < -beyond_all_powers / 2;
}

// Takes the zeros away at both ends.
void shorten(Decimal& decimal) {
  std::string& digits = decimal.digits;
  const std::size_t last = digits.find_last_not_of('0');
  if (last == std::string::npos) {
    digits.clear();
    decimal.power = 0;
    return;
  }
  decimal.power += static_cast<std::int64_t>(digits.size() - last - 1);
  digits.resize(last + 1);
  digits.erase(0, digits.find_first_not_of('0'));
}

}  // namespace

std::optional<Decimal> Decimal::read(std::string_view number) {
  Decimal decimal;
  decimal.negative = take_one_of("-", number);
  decimal.digits = take_digits(number);
  if (decimal.digits.empty() || (decimal.digits.size() > 1 && decimal.digits.front() == '0')) {
    return std::nullopt;
  }
  if (take_one_of(".", number)) {
    const std::string_view fraction = take_digits(number);
    if (fraction.empty()) return std::nullopt;
    decimal.digits += fraction;
    decimal.power = -static_cast<std::int64_t>(fraction.size());
  }
  if (take_one_of("eE", number)) {
    const bool negative = take_one_of("-", number);
    if (!negative) take_one_of("+", number);
    const std::string_view exponent = take_digits(number);
    if (exponent.empty()) return std::nullopt;
    decimal.power += power_of(exponent, negative);
  }
  if (!number.empty()) return std::nullopt;
  shorten(decimal);
  return decimal;
}

double Decimal::nearest() const {
  // Without a point, which strtod would want to be that of the locale.
  const std::string text =
      (negative ? "-" : "") + (digits.empty() ? "0" : digits) + "e" + std::to_string(power);
  return std::strtod(text.c_str(), nullptr);
}

bool operator==(const Decimal& a, const Decimal& b) noexcept {
  return a.negative == b.negative && a.power == b.power && a.digits == b.digits &&
         !is_beyond_all(a.power);
}

bool says_all(double value, std::string_view number) {
  constexpr std::size_t surely_held = std::numeric_limits<double>::digits10;
  if (number.size() <= surely_held && number.find_first_of("eE") == std::string_view::npos) {
    return true;
  }
  if (!std::isfinite(value)) return false;
  std::string shortest;
  append_number(shortest, value);
  return Decimal::read(number) == Decimal::read(shortest);
}

}  // namespace segment::inline SEGMENT_ABI::detail
