#pragma once

#include <string>
#include <string_view>

namespace segment::detail {

/// Appends text percent-encoded: everything but letters, digits and `-._~`.
void append_percent_encoded(std::string& out, std::string_view text);

}  // namespace segment::detail
