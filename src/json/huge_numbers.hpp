#pragma once

#include <string>
#include <string_view>

#include "json/number_texts.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The numbers of a JSON text that no double reaches, such as 1e400. The JSON library ends the
/// reading at them, even in a member that nobody reads, so they are taken out before and told of in
/// their turn.
class HugeNumbers {
 public:
  /// \param text kept by reference.
  explicit HugeNumbers(std::string_view text);
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
