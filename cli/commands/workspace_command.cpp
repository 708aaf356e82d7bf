#include <CLI/CLI.hpp>

#include "commands/workspace_commands.hpp"

namespace segment::cli {

void add_workspace_command(CLI::App& program, Action& action) {
  CLI::App& workspace = *program.add_subcommand(
      "workspace", "Export a workspace, compare it with another, or make it match a file");
  workspace.require_subcommand(1);
  add_workspace_export(workspace, action);
  add_workspace_diff(workspace, action);
  add_workspace_apply(workspace, action);
}

}  // namespace segment::cli
