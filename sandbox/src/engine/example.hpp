#pragma once

#include "json/type.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// A value that is true to a table: every member is there, of its kind, and believable by its name.
///
/// \param known an object; a member of the example that has the name of one of these, and can hold
///        it, takes its value. So an answer fits the request.
[[nodiscard]] Json example(const detail::Type& type, const Json& known = {});

}  // namespace segment::inline SEGMENT_ABI::sandbox
