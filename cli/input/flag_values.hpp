#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "segment/schema.hpp"
#include "segment/types/json.hpp"

namespace segment::cli {

/// What is typed for a member by its flag.
///
/// \param flag its name, for messages: what was typed is not repeated, because it could be a
///        secret.
/// \param typed once for each time that the flag was given.
/// \throws Malformed for a text that is not a value of this type.
[[nodiscard]] Json value_of_flag(const std::string& flag, const Schema& type,
                                 const std::vector<std::string>& typed);

/// The value of a member whose text is in a file: a text as it is, a list of texts one per line,
/// anything else as JSON.
///
/// \param flag the member's, for messages.
/// \throws Malformed for a text that is not a value of this type.
[[nodiscard]] Json value_in_file(const std::string& flag, const Schema& type,
                                 const std::string& text);

/// What a help text calls such a value: `TEXT`, `true|false`, `JSON`.
[[nodiscard]] std::string_view placeholder_of(const Schema& type);

/// How such a value is written, as sentences for a help text; empty if the placeholder says it all.
///
/// \param by_file whether `--from-file` can read it.
[[nodiscard]] std::string how_to_write(const Schema& type, bool by_file);

}  // namespace segment::cli
