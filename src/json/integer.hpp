#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The integer that a number written with a point or an exponent names: 5.0 and 1e3 are integers.
///
/// \param text as it was written; empty where it was not read from a text.
/// \param value asked where there is no text.
/// \return nothing for a fraction or a number beyond 64 bits with a sign.
[[nodiscard]] std::optional<std::int64_t> whole_number(double value, std::string_view text);

}  // namespace segment::inline SEGMENT_ABI::detail
