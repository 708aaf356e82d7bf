#pragma once

namespace CLI {
class App;
}

namespace segment::cli {

/// Refuses a flag that was typed where the value of another belongs, which the parser takes for the
/// value: `--slug --json` would create a source of that name.
///
/// \param program after it has read the arguments.
/// \throws Malformed that names both flags. `--slug=--json` says that it is meant.
void refuse_swallowed_flags(const CLI::App& program, int argc, const char* const* argv);

}  // namespace segment::cli
