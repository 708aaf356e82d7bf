#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// A number parsed without loss: its digits, times a power of ten.
struct Decimal {
  bool negative = false;
  std::string digits{};    // without zeros at either end; empty: zero
  std::int64_t power = 0;  // of the last digit; 0 for zero

  /// \return std::nullopt for what is not a number by JSON's grammar.
  [[nodiscard]] static std::optional<Decimal> read(std::string_view number);

  /// The nearest double: infinite if it is out of range.
  [[nodiscard]] double nearest() const;

  /// Whether both are the same number. Powers too large to distinguish are never the same.
  friend bool operator==(const Decimal& a, const Decimal& b) noexcept;
};

/// Whether a double holds the number that it was read from without loss: written in the shortest
/// form, it is the same number.
[[nodiscard]] bool says_all(double value, std::string_view number);

/// The integer that a number written with a point or an exponent names: 5.0 and 1e3 are integers.
///
/// \param text the number as written; empty if it was not read from a text.
/// \param value used if there is no text.
/// \return std::nullopt for a fraction or a number outside the range of 64 signed bits.
[[nodiscard]] std::optional<std::int64_t> whole_number(double value, std::string_view text);

/// Whether numbers of JSON begin with this character.
[[nodiscard]] bool begins_number(char c) noexcept;

/// The number that a JSON text begins with, as written; in a text that is not JSON, what looks like
/// one.
[[nodiscard]] std::string_view number_at(std::string_view json) noexcept;

/// The string that a JSON text begins with, quotes included; the whole text if it has no end.
[[nodiscard]] std::string_view string_at(std::string_view json) noexcept;

/// The numbers of a JSON text as `number_at` finds them, in order. Strings are skipped.
class NumberTexts {
 public:
  /// \param json the results point into it.
  explicit NumberTexts(std::string_view json) : json_(json) {}

  /// The next number's text; empty at the end.
  [[nodiscard]] std::string_view next();

 private:
  std::string_view json_;  // what is left of it
};

/// Whether this is a number by JSON's grammar that is too large for a double, such as 1e400.
[[nodiscard]] bool is_huge(std::string_view number);

/// Whether a JSON text may hold a number with more digits than every double can hold. True also for
/// some texts without one: it is a quick check, which saves most texts the long one.
[[nodiscard]] bool may_hold_long_number(std::string_view json) noexcept;

/// Whether a double holds a number without loss if `may_hold_long_number` is false: a whole one is
/// exact, and none has lost digits near zero.
[[nodiscard]] bool surely_says_all(double value) noexcept;

/// The length of the longest string or number of a JSON text, as written.
[[nodiscard]] std::size_t longest_token(std::string_view json) noexcept;

}  // namespace segment::inline SEGMENT_ABI::detail
