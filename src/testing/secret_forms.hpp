#pragma once

#include <string>
#include <vector>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

/// The ways in which a secret may stand in a text: as it is, percent-encoded, and escaped for JSON.
[[nodiscard]] std::vector<std::string> forms_of(const std::string& secret);

}  // namespace segment::inline SEGMENT_ABI::testing::detail
