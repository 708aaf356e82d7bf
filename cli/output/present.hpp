#pragma once

#include "output/output.hpp"
#include "segment/json_call.hpp"
#include "segment/operation.hpp"
#include "segment/types/json.hpp"
#include "terminal/table.hpp"

namespace segment::cli {

/// Shows what a call returned to people: a list as a table, one thing as its members.
void present_result(Output& output, const Operation& call, const JsonResult& result);

/// Shows the items of one page of a list as the next rows of a table.
void present_items(Output& output, const Operation& call, const Json::Array& items,
                   GrowingTable& table);

/// The content of `{"source": {…}}`, which matters more than that it is a source; whatever else the
/// response has comes after its members.
[[nodiscard]] Json inner(const Operation& call, Json data);

}  // namespace segment::cli
