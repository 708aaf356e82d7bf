#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "json/memory_budget.hpp"
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

/// The integer that a number written with a point or an exponent names: 5.0 and 1e3 are integers.
///
/// \param text as it was written; empty where it was not read from a text.
/// \param value asked where there is no text.
/// \return nothing for a fraction or a number beyond 64 bits with a sign.
[[nodiscard]] std::optional<std::int64_t> whole_number(double value, std::string_view text);

/// The numbers of a JSON text as they are written, one after the other. What stands within strings
/// is none; of a text that is no JSON these are the pieces that look like numbers.
class NumberTexts {
 public:
  /// \param json what its parts point into.
  explicit NumberTexts(std::string_view json) : json_(json) {}

  /// The next number's text; empty: there are no more.
  [[nodiscard]] std::string_view next();

 private:
  std::string_view json_;
  std::size_t at_ = 0;
};

/// Whether one of a JSON text's numbers may be written longer than every double says. True also for
/// some texts without such a number: it is a quick look, which saves most texts the long one.
[[nodiscard]] bool may_hold_long_number(std::string_view json) noexcept;

/// Whether a number that `may_hold_long_number` excludes is all said by its double: a whole one is
/// exact, and none has lost digits near zero.
[[nodiscard]] bool surely_says_all(double value) noexcept;

/// How long the longest string or number of a JSON text is, as it is written.
[[nodiscard]] std::size_t longest_token(std::string_view json);

/// The numbers of a JSON text that no double reaches, such as 1e400. The JSON library ends the
/// reading at them, even in a member that nobody reads, so they are taken out before and sent
/// separately.
class HugeNumbers {
 public:
  /// \param text kept by reference.
  /// \param budget what is to be read instead is taken from it; BadJson where that is too much.
  HugeNumbers(std::string_view text, MemoryBudget& budget);
  HugeNumbers(const HugeNumbers&) = delete;
  HugeNumbers& operator=(const HugeNumbers&) = delete;

  /// What is to be read instead: the text itself, but for a 0 where each of these numbers stood.
  [[nodiscard]] std::string_view text() const noexcept {
    return changed_.empty() ? text_ : std::string_view(changed_);
  }

  /// To be asked for each number, one after the other: as it was written, where it is one of these;
  /// else empty.
  [[nodiscard]] std::string_view take();

 private:
  std::string_view text_;
  std::string changed_;
  NumberTexts numbers_;  // goes through the text once more, one behind the other
};

}  // namespace segment::inline SEGMENT_ABI::detail
