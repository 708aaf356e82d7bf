#include <CLI/CLI.hpp>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "calls/connection.hpp"
#include "command_line/call_flags.hpp"
#include "commands/workspace_commands.hpp"
#include "messages/warnings.hpp"
#include "output/output.hpp"
#include "output/values.hpp"
#include "workspace/export_plan.hpp"
#include "workspace/live.hpp"

namespace segment::cli {

namespace {

struct ExportArguments {
  bool with_secrets = false;
  ExportChoice choice{};
  CallFlags flags{};
};

void run_export(const ExportArguments& given) {
  const CallOptions options = given.flags.call_options();
  static_cast<void>(export_plan(given.choice));  // an unknown name is refused first
  const Connection connection(given.flags, Waits::reported);
  const workspace::Export found =
      workspace::export_of(connection, options, given.choice, given.with_secrets);
  try {
    print_while_read([&](Output& output) { output.line(json_text(found.document, 2)); });
  } catch (const std::exception& error) {
    if (!found.failure) throw;
    warn(error.what());  // what failed first is what is reported at the end
  }
  if (found.failure) std::rethrow_exception(found.failure);
}

void add_names(CLI::App& command, const std::string& flag, std::vector<std::string>& names,
               const std::string& help) {
  command.add_option(flag, names, help)
      ->type_name("NAME")
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
}

}  // namespace

void add_choice_flags(CLI::App& command, ExportChoice& choice) {
  add_names(
      command, "--only", choice.only,
      "Only this group or operation, such as sources or listSources; repeat the flag for each");
  add_names(command, "--skip", choice.skip, "Everything except this one; repeat the flag for each");
}

void add_workspace_export(CLI::App& workspace, Action& action) {
  const auto given = std::make_shared<ExportArguments>();
  CLI::App& command = *workspace.add_subcommand(
      "export",
      "Write everything readable in the workspace to standard output, as one JSON document");
  command.add_flag("--with-secrets", given->with_secrets, "Write keys too");
  add_choice_flags(command, given->choice);
  add_call_flags(command, given->flags);
  command.callback([&action, given] { action = [given] { run_export(*given); }; });
}

}  // namespace segment::cli
