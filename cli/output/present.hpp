#pragma once

#include "call/operation_tables.hpp"
#include "calls/returned.hpp"
#include "output/output.hpp"
#include "segment/types/json.hpp"
#include "terminal/table.hpp"

namespace segment::cli {

/// Shows what a call returned to people: a list as a table, one thing as its members.
void present_result(Output& output, const Operation& call, const Returned& returned);

/// Shows the items of one page of a list as the next rows of a table.
void present_items(Output& output, const Operation& call, const Json::Array& items,
                   GrowingTable& table);

}  // namespace segment::cli
