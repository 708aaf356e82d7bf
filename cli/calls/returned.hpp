#pragma once

#include "calls/object.hpp"
#include "segment/types/json.hpp"

namespace segment::cli {

/// What a call returned.
struct Returned {
  /// As the library read it: what it does not know is not there, what did not come is empty.
  Object object;
  /// What stood under `data`, as it came. Null where nothing did.
  Json data;
};

}  // namespace segment::cli
