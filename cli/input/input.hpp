#pragma once

#include <string>
#include <string_view>

#include "segment/types/json.hpp"

namespace segment::cli {

/// A JSON pointer as people write a path: `/labels/0/key` is `labels.0.key`.
[[nodiscard]] std::string dotted(std::string_view pointer);

/// Reads hand-written JSON.
///
/// \param what it is, for messages, which contain nothing of the text, because it could be a
///        secret.
/// \throws Malformed if it is not JSON or has a member twice.
[[nodiscard]] Json parse_json(const std::string& text, const std::string& what);

/// Reads a call's input, `{"path": {…}, "query": {…}, "body": {…}}`, each part of which may be left
/// out.
///
/// \param source a file's name, or `-` for standard input.
/// \throws Malformed if it cannot be read, is not JSON, has other members or one of them twice.
[[nodiscard]] Json read_input(const std::string& source);

}  // namespace segment::cli
