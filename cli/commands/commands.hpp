#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace segment::cli {

/// What the command line asks for. Set while it is read, done when all of it was understood.
using Action = std::function<void()>;

// Each adds one command, or several, to the program.

void add_call_command(CLI::App& program, Action& action);
void add_operations_command(CLI::App& program, Action& action);
void add_workspace_command(CLI::App& program, Action& action);
void add_group_commands(CLI::App& program, Action& action);
void add_completion_command(CLI::App& program, Action& action);

}  // namespace segment::cli
