#pragma once

#include <string>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace segment::cli {

/// What is wrong with a command line, as the start of a sentence. The parser's own messages repeat
/// what was typed, which could be a secret.
[[nodiscard]] std::string what_is_wrong(const CLI::App& program, const CLI::ParseError& error);

}  // namespace segment::cli
