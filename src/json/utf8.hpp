#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Whether the bytes are well-formed UTF-8 (no overlong forms, no surrogates).
[[nodiscard]] SEGMENT_EXPORT_INTERNAL bool is_utf8(std::string_view bytes) noexcept;

/// One character, or the bytes that look like the beginning of one and are none: what one U+FFFD
/// stands for.
struct Utf8Sequence {
  std::size_t length;
  bool well_formed;
};

/// What the bytes begin with.
///
/// \param bytes at least one.
[[nodiscard]] Utf8Sequence utf8_sequence(std::string_view bytes) noexcept;

/// The texts and names of a JSON text that are not Unicode: with bytes that are no UTF-8, or half a
/// pair of surrogates (`"Sale \ud83d"`, as JavaScript writes an emoji that it has cut). The JSON
/// library ends the reading at them, even in a member that nobody reads, so U+FFFD is put where
/// they break.
class BrokenTexts {
 public:
  /// \param json kept by reference.
  explicit BrokenTexts(std::string_view json);
  BrokenTexts(const BrokenTexts&) = delete;
  BrokenTexts& operator=(const BrokenTexts&) = delete;

  /// What is to be read instead: the JSON itself where no text is broken.
  [[nodiscard]] std::string_view mended() const noexcept {
    return mended_.empty() ? json_ : std::string_view(mended_);
  }

  /// To be asked for each text and name, one after the other: whether it is one of these.
  [[nodiscard]] bool take() noexcept;

  /// The place in the JSON of a place in what is read instead.
  [[nodiscard]] std::size_t place(std::size_t mended_place) const noexcept;

 private:
  bool mend();

  std::string_view json_;
  std::string mended_;
  std::size_t taken_ = 0;  // how far the texts were asked for
};

}  // namespace segment::inline SEGMENT_ABI::detail
