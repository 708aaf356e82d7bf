#include "json/huge_numbers.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

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

// Behind the text that begins here with its quote.
std::size_t behind_text(std::string_view json, std::size_t at) {
  const std::size_t begin = at + 1;
  for (at = json.find('"', begin); at != std::string_view::npos; at = json.find('"', at + 1)) {
    // A quote behind an odd number of backslashes is one of the text's own.
    std::size_t backslashes = 0;
    while (at - backslashes > begin && json[at - backslashes - 1] == '\\') ++backslashes;
    if (backslashes % 2 == 0) return at + 1;
  }
  return json.size();
}

}  // namespace

HugeNumbers::HugeNumbers(std::string_view text) : text_(text) {
  std::size_t numbers = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"') {
      at = behind_text(text, at);
    } else if (c == '-' || (c >= '0' && c <= '9')) {
      const std::size_t end = std::min(text.find_first_not_of("+-.0123456789eE", at), text.size());
      const std::string_view number = text.substr(at, end - at);
      if (may_be_huge(number) && is_huge(number)) take_out(numbers, at, number.size());
      ++numbers;
      at = end;
    } else {
      ++at;
    }
  }
}

// Of the same length, so that places in the text stay what they are.
void HugeNumbers::take_out(std::size_t number, std::size_t begin, std::size_t length) {
  if (found_.empty()) changed_ = text_;
  changed_.replace(begin, length, length, ' ').replace(begin, 1, 1, '0');
  found_.push_back({number, text_.substr(begin, length)});
}

std::string_view HugeNumbers::take() noexcept {
  const std::size_t number = asked_++;
  if (told_ == found_.size() || found_[told_].number != number) return {};
  return found_[told_++].written;
}

}  // namespace segment::detail
