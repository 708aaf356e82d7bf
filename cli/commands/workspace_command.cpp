#include <CLI/CLI.hpp>

#include "command_line/call_flags.hpp"
#include "commands/workspace_commands.hpp"

namespace segment::cli {

// A list that the token does not see whole would make what is missing from it seem new.
void add_whole_lists_flag(CLI::App& command, CallFlags& flags) {
  command
      .add_option("--short-lists", flags.short_lists,
                  "A list that ends with fewer items than the API counts: refuse it (the default), "
                  "or report it on standard error")
      ->type_name("refuse|report");
}

void add_workspace_command(CLI::App& program, Action& action) {
  CLI::App& workspace = *program.add_subcommand("workspace", "The workspace as a whole");
  workspace.require_subcommand(1);
  add_workspace_export(workspace, action);
  add_workspace_diff(workspace, action);
  add_workspace_apply(workspace, action);
}

}  // namespace segment::cli
