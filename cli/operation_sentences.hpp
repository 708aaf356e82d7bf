#pragma once

#include <string_view>

namespace segment::cli {

/// What an operation does, in the first sentence of its documentation. Only the command line holds
/// these texts: the library's tables have none, for they would make every program larger.
///
/// \return empty where there is no such operation.
[[nodiscard]] std::string_view sentence_of(std::string_view operation_id);

}  // namespace segment::cli
