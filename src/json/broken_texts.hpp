#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "json/memory_budget.hpp"
#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Mends the texts and names of JSON that are not Unicode: with bytes that are not UTF-8, or half a
/// surrogate pair (`"Sale \ud83d"`, as JavaScript writes an emoji that it has cut). The JSON
/// library stops at them, even in a member that nobody reads, so U+FFFD replaces what is broken.
class BrokenTexts {
 public:
  /// \param json kept by reference.
  /// \param budget pays for the mended JSON.
  /// \throws BadJson if the budget does not suffice.
  BrokenTexts(std::string_view json, MemoryBudget& budget);
  BrokenTexts(const BrokenTexts&) = delete;
  BrokenTexts& operator=(const BrokenTexts&) = delete;

  /// The JSON to read instead: the original if no text is broken.
  [[nodiscard]] std::string_view mended() const noexcept {
    return mended_.empty() ? json_ : std::string_view(mended_);
  }

  /// Whether the next text or name is a broken one. Call it for each of them, in order.
  [[nodiscard]] bool take() noexcept { return !mended_.empty() && take_broken(); }

  /// The position in the original JSON of a position in the mended one.
  [[nodiscard]] std::size_t place(std::size_t mended_place) const noexcept;

 private:
  [[nodiscard]] bool take_broken() noexcept;
  void mend(std::size_t size);

  std::string_view json_;
  std::string mended_;
  std::size_t taken_ = 0;  // up to where `take` has looked
};

}  // namespace segment::inline SEGMENT_ABI::detail
