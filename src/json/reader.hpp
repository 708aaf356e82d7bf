#pragma once

#include <string_view>

#include "json/events.hpp"

namespace segment::detail {

/// Reads one JSON text and tells it, piece by piece. The only place that knows which JSON library does
/// the reading; none of that library's exceptions leaves it.
///
/// Throws BadJson where the text is no JSON or is nested deeper than `max_depth`, and lets through what
/// the events throw.
void read_json(std::string_view text, JsonEvents& events);

}  // namespace segment::detail
