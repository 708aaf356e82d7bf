#include "json/huge_numbers.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "json/number_texts.hpp"

namespace segment::detail {

namespace {

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

long long power_of(std::string_view digits, bool negative) {
  constexpr long long beyond_all = 1'000'000'000'000;  // more than a text has digits
  long long power = 0;
  const auto error = std::from_chars(digits.data(), digits.data() + digits.size(), power).ec;
  power = error == std::errc{} ? std::min(power, beyond_all) : beyond_all;
  return negative ? -power : power;
}

// Whether this is a number by JSON's grammar that rounds to infinity.
bool is_huge(std::string_view number) {
  take_one_of("-", number);
  std::string digits(take_digits(number));
  if (digits.empty() || (digits.front() == '0' && digits.size() > 1)) return false;
  long long power = 0;
  if (take_one_of(".", number)) {
    const std::string_view fraction = take_digits(number);
    if (fraction.empty()) return false;
    digits += fraction;
    power = -static_cast<long long>(fraction.size());
  }
  if (take_one_of("eE", number)) {
    const bool negative = take_one_of("-", number);
    if (!negative) take_one_of("+", number);
    const std::string_view exponent = take_digits(number);
    if (exponent.empty()) return false;
    power += power_of(exponent, negative);
  }
  if (!number.empty()) return false;
  // Without a point, which strtod would want to be that of the locale.
  digits.append("e").append(std::to_string(power));
  return std::isinf(std::strtod(digits.c_str(), nullptr));
}

bool may_be_huge(std::string_view number) {
  constexpr std::size_t most_digits = 308;  // that every double has, without an exponent
  return number.size() > most_digits || number.find_first_of("eE") != std::string_view::npos;
}

}  // namespace

HugeNumbers::HugeNumbers(std::string_view text) : text_(text) {
  NumberTexts numbers(text);
  std::size_t count = 0;
  for (std::string_view number = numbers.next(); !number.empty(); number = numbers.next()) {
    if (may_be_huge(number) && is_huge(number)) take_out(count, number);
    ++count;
  }
}

// Of the same length, so that places in the text stay what they are.
void HugeNumbers::take_out(std::size_t number, std::string_view written) {
  if (found_.empty()) changed_ = text_;
  const auto begin = static_cast<std::size_t>(written.data() - text_.data());
  changed_.replace(begin, written.size(), written.size(), ' ').replace(begin, 1, 1, '0');
  found_.push_back({number, written});
}

std::string_view HugeNumbers::take() noexcept {
  const std::size_t number = asked_++;
  if (told_ == found_.size() || found_[told_].number != number) return {};
  return found_[told_++].written;
}

}  // namespace segment::detail
