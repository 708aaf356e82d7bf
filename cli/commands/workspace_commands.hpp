#pragma once

#include "commands/commands.hpp"

namespace segment::cli {

struct ExportChoice;

// Each adds one command to those of the workspace as a whole.

void add_workspace_export(CLI::App& workspace, Action& action);
void add_workspace_diff(CLI::App& workspace, Action& action);
void add_workspace_apply(CLI::App& workspace, Action& action);

/// Adds `--only` and `--skip`.
void add_choice_flags(CLI::App& command, ExportChoice& choice);

}  // namespace segment::cli
