#pragma once

#include "segment/types/json.hpp"

namespace segment::cli {

/// Removes the write keys from a response, wherever they are: by name, because a response can
/// contain more than the library knows.
void take_secrets_out(Json& json);

}  // namespace segment::cli
