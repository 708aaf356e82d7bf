#include "json/huge_numbers.hpp"

#include <cmath>

#include "json/decimal.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

bool may_be_huge(std::string_view number) {
  constexpr std::size_t most_digits = 308;  // that every double has, without an exponent
  return number.size() > most_digits || number.find_first_of("eE") != std::string_view::npos;
}

// Whether this is a number by JSON's grammar that rounds to infinity.
bool is_huge(std::string_view number) {
  if (!may_be_huge(number)) return false;
  const auto decimal = Decimal::read(number);
  return decimal && std::isinf(decimal->nearest());
}

}  // namespace

HugeNumbers::HugeNumbers(std::string_view text) : text_(text), numbers_(text) {
  NumberTexts numbers(text);
  for (std::string_view number = numbers.next(); !number.empty(); number = numbers.next()) {
    if (!is_huge(number)) continue;
    if (changed_.empty()) changed_ = text_;
    // Of the same length, so that places in the text stay what they are.
    const auto begin = static_cast<std::size_t>(number.data() - text_.data());
    changed_.replace(begin, number.size(), number.size(), ' ').replace(begin, 1, 1, '0');
  }
}

std::string_view HugeNumbers::take() {
  if (changed_.empty()) return {};
  const std::string_view number = numbers_.next();
  return is_huge(number) ? number : std::string_view();
}

}  // namespace segment::inline SEGMENT_ABI::detail
