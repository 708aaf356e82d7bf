#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// A number taken apart without loss: its digits, times ten to a power.
struct Decimal {
  bool negative = false;
  std::string digits{};    // without zeros at either end; empty: zero
  std::int64_t power = 0;  // of the last digit; 0 for zero

  /// \return nothing for what is no number by JSON's grammar.
  [[nodiscard]] static std::optional<Decimal> read(std::string_view number);

  /// The nearest double: infinite where none reaches.
  [[nodiscard]] double nearest() const;

  /// Whether both are the same number. Powers too large to be told apart are never the same.
  friend bool operator==(const Decimal& a, const Decimal& b) noexcept;
};

/// Whether a double says all that the text it was read from does: written again, in the shortest
/// form, it is the same number.
[[nodiscard]] bool says_all(double value, std::string_view number);

}  // namespace segment::inline SEGMENT_ABI::detail
