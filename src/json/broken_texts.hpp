#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "json/memory_budget.hpp"
#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The texts and names of a JSON text that are not Unicode: with bytes that are no UTF-8, or half a
/// pair of surrogates (`"Sale \ud83d"`, as JavaScript writes an emoji that it has cut). The JSON
/// library ends the reading at them, even in a member that nobody reads, so U+FFFD is put where
/// they break.
class BrokenTexts {
 public:
  /// \param json kept by reference.
  /// \param budget what is to be read instead is taken from it; BadJson where that is too much.
  BrokenTexts(std::string_view json, MemoryBudget& budget);
  BrokenTexts(const BrokenTexts&) = delete;
  BrokenTexts& operator=(const BrokenTexts&) = delete;

  /// What is to be read instead: the JSON itself where no text is broken.
  [[nodiscard]] std::string_view mended() const noexcept {
    return mended_.empty() ? json_ : std::string_view(mended_);
  }

  /// To be asked for each text and name, one after the other: whether it is one of these.
  [[nodiscard]] bool take() noexcept { return !mended_.empty() && take_broken(); }

  /// The place in the JSON of a place in what is read instead.
  [[nodiscard]] std::size_t place(std::size_t mended_place) const noexcept;

 private:
  [[nodiscard]] bool take_broken() noexcept;
  void mend(std::size_t size);

  std::string_view json_;
  std::string mended_;
  std::size_t taken_ = 0;  // how far the texts were asked for
};

}  // namespace segment::inline SEGMENT_ABI::detail
