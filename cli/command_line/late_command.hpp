#pragma once

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace segment::cli {

/// Adds a command whose arguments and flags are added only when they are needed: when it is run,
/// described or completed. There are two hundred commands, and a run needs the flags of one.
///
/// \param fill adds them; called at most once.
CLI::App& add_late_command(CLI::App& parent, const std::string& name, std::string description,
                           std::function<void(CLI::App&)> fill);

/// Adds the arguments and flags of such a command, if that was not done yet.
void make_whole(const CLI::App& command);

}  // namespace segment::cli
