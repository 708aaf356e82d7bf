#pragma once

#include <string>

namespace CLI {
class App;
}

namespace segment::cli {

/// A manual page, section 1, in the language of man: of the program, or of one of its commands with
/// all commands below it.
///
/// \param name as it is typed: `segment sources`.
[[nodiscard]] std::string man_page(const CLI::App& command, const std::string& name);

/// What the page is called: `segment-sources`.
[[nodiscard]] std::string man_name(const std::string& name);

}  // namespace segment::cli
