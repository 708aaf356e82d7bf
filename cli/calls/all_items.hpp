#pragma once

#include "segment/client.hpp"
#include "segment/json_call.hpp"
#include "segment/types/json.hpp"

namespace segment::cli {

/// Makes the call for every page of its list, as large as they can be, and waits for them.
///
/// \return the items, as they came.
/// \throws as every call.
[[nodiscard]] Json all_items(const JsonCall& call, const Client& client);

}  // namespace segment::cli
