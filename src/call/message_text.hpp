#pragma once

#include <cstddef>
#include <string>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Text of a server on one line: its line breaks and escape sequences could forge lines of a log,
/// so every control character becomes a space, and so does what is not UTF-8.
[[nodiscard]] SEGMENT_EXPORT_INTERNAL std::string one_line(std::string text);

/// Text cut off between two characters, with an ellipsis, where it is longer than so many bytes.
[[nodiscard]] std::string cut(std::string text, std::size_t most);

}  // namespace segment::inline SEGMENT_ABI::detail
