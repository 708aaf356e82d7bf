#pragma once

#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

/// Whether the text of a setting is a masked secret: bullets, with at most a few characters of the
/// secret around them (`••••1a2b`). It cannot be compared, and written back it would replace the
/// secret; `MaskedSecrets` says what calls do about that.
///
/// A sentence or a program that contains bullets is not a masked secret.
[[nodiscard]] SEGMENT_EXPORT bool is_masked_secret(std::string_view text) noexcept;

}  // namespace segment::inline SEGMENT_ABI
