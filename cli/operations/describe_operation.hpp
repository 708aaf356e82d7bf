#pragma once

#include <string>

#include "segment/operation.hpp"
#include "segment/types/json.hpp"

namespace segment::cli {

/// An operation and its input, for people.
[[nodiscard]] std::string operation_text(const Operation& call);

/// An operation's facts, for programs.
[[nodiscard]] Json operation_json(const Operation& call);

}  // namespace segment::cli
