#pragma once

#include "json/type.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// A value that matches a table: every member is present, of its type, and plausible for its name.
///
/// \param known an object; a member of the example takes the value of the member of the same name
///        if it can hold it. So a response fits its request.
[[nodiscard]] Json example(const detail::Type& type, const Json& known = {});

}  // namespace segment::inline SEGMENT_ABI::sandbox
