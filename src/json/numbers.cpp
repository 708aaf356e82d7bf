#include "json/numbers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#include "json/writer.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

constexpr std::size_t surely_held = std::numeric_limits<double>::digits10;  // digits
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

// Removes the zeros at both ends.
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

std::optional<std::int64_t> whole_value(double value) {
  constexpr double beyond = 9223372036854775808.0;  // 2^63
  if (!(value >= -beyond && value < beyond) || value != std::trunc(value)) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

// The parts of numbers come last, which `is_of_number` relies on.
enum class Part : unsigned char { other, quote, number, begins_number };

// A table, since every byte outside of strings is looked up.
constexpr std::array<Part, 256> make_parts() {
  std::array<Part, 256> parts{};
  for (const char c : std::string_view("+.eE")) parts[static_cast<unsigned char>(c)] = Part::number;
  for (const char c : std::string_view("-0123456789")) {
    parts[static_cast<unsigned char>(c)] = Part::begins_number;
  }
  parts['"'] = Part::quote;
  return parts;
}

constexpr std::array<Part, 256> parts = make_parts();

Part part(char c) noexcept { return parts[static_cast<unsigned char>(c)]; }

bool is_of_number(char c) noexcept { return part(c) >= Part::number; }

bool may_be_huge(std::string_view number) {
  constexpr std::size_t most_digits = 308;  // that fit a double without an exponent
  return number.size() > most_digits || number.find_first_of("eE") != std::string_view::npos;
}

// Whether it is too large for a double, rather than too close to zero.
bool is_beyond_doubles(const Decimal& decimal) {
  return decimal.power > 0 || decimal.digits.size() > static_cast<std::size_t>(-decimal.power);
}

}  // namespace

// Decimals ----------------------------------------------------------------------------------------

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
  const std::string text =
      (negative ? "-" : "") + (digits.empty() ? "0" : digits) + "e" + std::to_string(power);
  if (const auto value = to_double(text)) return *value;
  const double beyond = is_beyond_doubles(*this) ? std::numeric_limits<double>::infinity() : 0.0;
  return negative ? -beyond : beyond;
}

bool operator==(const Decimal& a, const Decimal& b) noexcept {
  return a.negative == b.negative && a.power == b.power && a.digits == b.digits &&
         !is_beyond_all(a.power);
}

bool says_all(double value, std::string_view number) {
  if (number.size() <= surely_held && number.find_first_of("eE") == std::string_view::npos) {
    return true;
  }
  if (!std::isfinite(value)) return false;
  std::string shortest;
  append_number(shortest, value);
  return Decimal::read(number) == Decimal::read(shortest);
}

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

// Numbers in a text -------------------------------------------------------------------------------

bool begins_number(char c) noexcept { return part(c) == Part::begins_number; }

std::string_view number_at(std::string_view json) noexcept {
  std::size_t length = 1;
  while (length < json.size() && is_of_number(json[length])) ++length;
  return json.substr(0, length);
}

std::string_view string_at(std::string_view json) noexcept {
  std::size_t quote = 0;
  while ((quote = json.find('"', quote + 1)) != std::string_view::npos) {
    std::size_t text_end = quote;
    while (json[text_end - 1] == '\\') --text_end;
    if ((quote - text_end) % 2 == 0) return json.substr(0, quote + 1);
  }
  return json;
}

std::string_view NumberTexts::next() {
  while (!json_.empty()) {
    const Part found = part(json_.front());
    if (found == Part::begins_number) {
      const std::string_view number = number_at(json_);
      json_.remove_prefix(number.size());
      return number;
    }
    json_.remove_prefix(found == Part::quote ? string_at(json_).size() : 1);
  }
  return {};
}

bool is_huge(std::string_view number) {
  if (!may_be_huge(number) || to_double(number)) return false;
  const auto decimal = Decimal::read(number);
  return decimal && is_beyond_doubles(*decimal);
}

bool may_hold_long_number(std::string_view json) noexcept {
  // A longer run of number characters covers a multiple of this.
  constexpr std::size_t step = surely_held + 1;
  for (std::size_t at = 0; at < json.size(); at += step) {
    if (!is_of_number(json[at])) continue;
    std::size_t begin = at;
    while (begin > 0 && is_of_number(json[begin - 1])) --begin;
    std::size_t behind = at + 1;
    while (behind < json.size() && is_of_number(json[behind])) ++behind;
    if (behind - begin > surely_held) return true;
  }
  return false;
}

bool surely_says_all(double value) noexcept {
  constexpr double beyond_exact = 9007199254740992.0;  // 2^53
  const double size = std::abs(value);
  return size >= std::numeric_limits<double>::min() && size < beyond_exact;
}

std::size_t longest_token(std::string_view json) noexcept {
  std::size_t longest = 0;
  while (!json.empty()) {
    const Part found = part(json.front());
    std::size_t length = 1;
    if (found == Part::quote) length = string_at(json).size();
    if (found == Part::begins_number) length = number_at(json).size();
    longest = std::max(longest, length);
    json.remove_prefix(length);
  }
  return longest;
}

}  // namespace segment::inline SEGMENT_ABI::detail
