#pragma once

#include <optional>
#include <string_view>

#include "json/type.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// A query string as the JSON that it stands for. Names are dotted (`pagination.count`, `emails.0`)
/// or bracketed (`pagination[count]`, `emails[]`); values become what the table wants where they
/// can, and stay texts where they cannot, for the validation to find.
///
/// \param query percent-encoded, without the question mark.
/// \return nothing where it cannot be decoded.
[[nodiscard]] SEGMENT_EXPORT_INTERNAL std::optional<Json> read_query(const Type& type,
                                                                     std::string_view query);

}  // namespace segment::inline SEGMENT_ABI::detail
