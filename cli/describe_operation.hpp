#pragma once

#include <string>

#include "call/call_table.hpp"
#include "segment/types/json.hpp"

namespace segment::cli {

/// An operation and what it is given, for people.
[[nodiscard]] std::string operation_text(const detail::CallTable& call);

/// An operation's facts, for programs.
[[nodiscard]] Json operation_json(const detail::CallTable& call);

}  // namespace segment::cli
