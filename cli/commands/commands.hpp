#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace segment::cli {

/// What the command line asks for. Set while it is parsed, and run once all of it was understood.
using Action = std::function<void()>;

// Each adds one command, or several, to the program.

void add_call_command(CLI::App& program, Action& action);
void add_operations_command(CLI::App& program, Action& action);
void add_workspace_command(CLI::App& program, Action& action);
void add_configure_command(CLI::App& program, Action& action);
void add_whoami_command(CLI::App& program, Action& action);
void add_man_command(CLI::App& program, Action& action);
void add_group_commands(CLI::App& program, Action& action);
void add_insight_commands(CLI::App& program, Action& action);
void add_source_questions(CLI::App& program, Action& action);  // to the group's
void add_completion_command(CLI::App& program, Action& action);

/// Whether the arguments are those of a completion script, `__complete -- WORD...`.
[[nodiscard]] bool asks_for_candidates(int argc, const char* const* argv);

/// Prints what the last word can be completed to, or nothing if that cannot be found out.
void print_candidates(const CLI::App& program, int argc, const char* const* argv);

}  // namespace segment::cli
