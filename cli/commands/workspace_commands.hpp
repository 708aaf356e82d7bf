#pragma once

#include "commands/commands.hpp"

namespace segment::cli {

struct CallFlags;
struct ExportChoice;

// Each adds one command to those of the workspace as a whole.

void add_workspace_export(CLI::App& workspace, Action& action);
void add_workspace_diff(CLI::App& workspace, Action& action);
void add_workspace_apply(CLI::App& workspace, Action& action);

/// Adds `--only` and `--skip`.
void add_choice_flags(CLI::App& command, ExportChoice& choice);

/// Adds `--short-lists`, for commands that refuse such a list.
void add_whole_lists_flag(CLI::App& command, CallFlags& flags);

}  // namespace segment::cli
