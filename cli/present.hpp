#pragma once

#include "call/call_table.hpp"
#include "output.hpp"
#include "returned.hpp"
#include "segment/types/json.hpp"

namespace segment::cli {

/// Shows what a call returned to people: a list as a table, one thing as its members. Write keys
/// are not shown.
void present_result(Output& output, const detail::CallTable& call, const Returned& returned);

/// Shows the items of a list, all pages of it, as a table.
void present_items(Output& output, const detail::CallTable& call, Json::Array items);

}  // namespace segment::cli
