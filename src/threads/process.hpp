#pragma once

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// How many forks led to this process: what was made under another number belongs to a parent, and
/// its locks may be held by threads that do not exist here.
[[nodiscard]] unsigned process_generation() noexcept;

}  // namespace segment::inline SEGMENT_ABI::detail
