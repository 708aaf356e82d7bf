#pragma once

#include <string>
#include <vector>

namespace segment::testing::detail {

/// The ways in which a secret may stand in a text: as it is, percent-encoded, and escaped for JSON.
[[nodiscard]] std::vector<std::string> forms_of(const std::string& secret);

}  // namespace segment::testing::detail
