#pragma once

#include "command_line/call_flags.hpp"
#include "output/format.hpp"
#include "output/output.hpp"
#include "segment/types/json.hpp"

namespace segment::cli {

/// Whether a result is for people, who get it in its own form.
[[nodiscard]] bool is_for_people(Format format, const CallFlags& flags);

/// Prints an answer for programs, or what `--query` picks out of it.
///
/// \param document all of it.
/// \param items what formats with one item per line contain of it.
void print_response(Output& output, Format format, const CallFlags& flags, const Json& document,
                    const Json& items);

}  // namespace segment::cli
