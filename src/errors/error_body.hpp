#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/decoder.hpp"
#include "segment/error.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The errors that a response's body lists, read as leniently as can be: JSON without such a list,
/// as a gateway writes it, is one error where it says anything, and a body that is no JSON has
/// none.
///
/// \param on_mismatch called with texts that are not Unicode; may be empty.
[[nodiscard]] std::vector<ApiErrorItem> read_api_errors(std::string_view body,
                                                        const MismatchSink& on_mismatch = {});

/// What a JSON says of what went wrong, by the members that usually do: `message`, `detail`,
/// `error_description`. What stands under `data` is not looked at: it may hold secrets.
[[nodiscard]] std::string usually_said_in(const Json& json);

/// The same, or every text in it where there is no such member.
[[nodiscard]] std::string said_in(const Json& json);

/// What a body that is no JSON says: plain text as it is, a page without its tags. JSON that says
/// nothing, or is broken, is not quoted: it may hold secrets.
[[nodiscard]] std::string said_in_text(std::string_view body);

}  // namespace segment::inline SEGMENT_ABI::detail
