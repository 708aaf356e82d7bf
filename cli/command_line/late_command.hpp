#pragma once

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace segment::cli {

/// Adds a command whose arguments and flags are added when they are needed: where it is run, helped
/// or completed. There are two hundred commands, and a run needs those of one.
///
/// \param fill adds them; called once, or never.
CLI::App& add_late_command(CLI::App& parent, const std::string& name, std::string description,
                           std::function<void(CLI::App&)> fill);

/// Adds what a command still lacks; of one that is whole nothing.
void make_whole(const CLI::App& command);

}  // namespace segment::cli
