#pragma once

#include <string_view>

#include "json/type.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// A query string as the JSON that it stands for. Names are dotted (`pagination.count`, `emails.0`)
/// or bracketed (`pagination[count]`, `emails[]`); values become what the table wants where they
/// can, and stay texts where they cannot, for the validation to find.
///
/// \param query percent-encoded, without the question mark.
/// \throws Refusal with 400 for what cannot be decoded.
[[nodiscard]] Json parse_query(const detail::Type& type, std::string_view query);

}  // namespace segment::inline SEGMENT_ABI::sandbox
