#pragma once

#include "segment/types/json.hpp"

namespace segment::cli {

/// Takes the write keys out of what the API answered, wherever they stand in it: by their name, as
/// an answer can hold more than the library knows.
void take_secrets_out(Json& json);

}  // namespace segment::cli
