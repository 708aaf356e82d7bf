#pragma once

#include <string_view>
#include <vector>

#include "json/decoder.hpp"
#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The errors that an answer's body lists, read as leniently as can be: JSON without such a list,
/// as a gateway writes it, is one error where it says anything, and a body that is no JSON has
/// none.
///
/// \param schema_mismatches told of texts that are not Unicode; may be empty.
[[nodiscard]] std::vector<ApiErrorItem> read_api_errors(
    std::string_view body, const DepartureSink& schema_mismatches = {});

}  // namespace segment::inline SEGMENT_ABI::detail
