#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>

#include "calls/connection.hpp"
#include "command_line/call_flags.hpp"
#include "commands/print_response.hpp"
#include "commands/workspace_commands.hpp"
#include "messages/errors.hpp"
#include "output/output.hpp"
#include "reconcile/reconcile.hpp"
#include "reconcile/show_plan.hpp"
#include "terminal/terminal.hpp"
#include "workspace/export_plan.hpp"

namespace segment::cli {

namespace {

struct DiffArguments {
  std::string wanted{};
  std::optional<std::string> present{};
  std::string ids{};
  ExportChoice choice{};
  CallFlags flags{};
};

void run_diff(const DiffArguments& given) {
  static_cast<void>(given.flags.pointer());
  const workspace::Reconciliation compared(
      {.wanted = given.wanted, .present = given.present, .ids = given.ids, .choice = given.choice},
      given.flags);
  const workspace::Plan& plan = compared.plan();
  const Format format = compared.format();
  print_while_read([&](Output& output) {
    if (is_for_people(format, given.flags)) {
      output.write(workspace::plan_text(plan, output_width()));
      output.line(workspace::summary_of(plan) + ": " + compared.wanted().origin() + " against " +
                  compared.present().origin());
    } else {
      const Json document = workspace::plan_json(plan);
      print_response(output, format, given.flags, document, document.at("steps"));
    }
  });
  if (!plan.is_empty()) throw Differs{};
}

}  // namespace

void add_workspace_diff(CLI::App& workspace, Action& action) {
  const auto given = std::make_shared<DiffArguments>();
  CLI::App& command = *workspace.add_subcommand("diff", "What would make a workspace match a file");
  command
      .add_option("A", given->wanted,
                  "The wanted state: an export or a file like it, - for standard input, or "
                  "profile:NAME for the workspace of a profile")
      ->required()
      ->type_name("FILE|profile:NAME");
  command.add_option("B", given->present, "The present state, likewise; without it the workspace")
      ->type_name("FILE|profile:NAME");
  command
      .add_option("--ids", given->ids,
                  "The file that records which id of A is which of B (A.ids.json)")
      ->type_name("FILE");
  add_choice_flags(command, given->choice);
  add_short_lists_flag(command, given->flags, ShortLists::refuse);
  add_output_flags(command, given->flags);
  add_call_flags(command, given->flags);
  command.footer("Exits with 0 if nothing differs and with 1 if something does.");
  command.callback([&action, given] { action = [given] { run_diff(*given); }; });
}

}  // namespace segment::cli
