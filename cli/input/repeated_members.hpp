#pragma once

#include <string>
#include <string_view>

namespace segment::cli {

/// The first member that a JSON text names twice in one object, as a dotted path; empty where there
/// is none. Reading such a text would keep one of the two values, and which one is anybody's guess.
///
/// \throws detail::BadJson where the text is no JSON.
[[nodiscard]] std::string find_repeated_member(std::string_view json);

}  // namespace segment::cli
