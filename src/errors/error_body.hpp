#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/typed/decoder.hpp"
#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The errors that a response's body lists, read as leniently as possible: JSON without such a
/// list, as gateways write it, is one error if it says anything, and a body that is not JSON has
/// none.
///
/// \param on_mismatch called for texts that are not Unicode; may be empty.
[[nodiscard]] std::vector<ApiErrorItem> read_api_errors(std::string_view body,
                                                        const MismatchSink& on_mismatch = {});

/// What a body that is not JSON says: plain text as it is, a page without its tags. JSON that says
/// nothing or is broken is not quoted, since it may hold secrets.
[[nodiscard]] std::string said_in_text(std::string_view body);

}  // namespace segment::inline SEGMENT_ABI::detail
