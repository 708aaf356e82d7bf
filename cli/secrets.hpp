#pragma once

#include "json/type.hpp"
#include "segment/json.hpp"

namespace segment::cli {

/// Takes the write keys out of what the API answered, wherever they stand in it.
///
/// \param type the table of what the JSON was made from.
void take_secrets_out(const detail::Type& type, Json& json);

}  // namespace segment::cli
