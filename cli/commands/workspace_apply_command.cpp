#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "calls/connection.hpp"
#include "command_line/call_flags.hpp"
#include "commands/print_response.hpp"
#include "commands/workspace_commands.hpp"
#include "messages/errors.hpp"
#include "messages/warnings.hpp"
#include "output/output.hpp"
#include "reconcile/reconcile.hpp"
#include "reconcile/show_plan.hpp"
#include "segment/helpers/text.hpp"
#include "terminal/terminal.hpp"
#include "workspace/export_plan.hpp"

namespace segment::cli {

namespace {

using workspace::Applied;
using workspace::Deployed;
using workspace::Plan;
using workspace::Reconciliation;
using workspace::Undeployed;

struct ApplyArguments {
  std::string file{};
  std::string ids{};
  bool yes = false;
  bool dry_run = false;
  bool prune = false;
  bool deploy = false;
  ExportChoice choice{};
  CallFlags flags{};
};

std::string what_is_kept(const Plan& plan) {
  const std::size_t things = plan.count(workspace::Action::remove);
  const std::size_t values = plan.count_of_values_taken_away();
  if (things + values == 0) return {};
  return "nothing is deleted without --prune: " + std::to_string(things) + " things and " +
         std::to_string(values) + " values stay";
}

void say(const std::string& text) { std::fputs((one_line(text) + "\n").c_str(), stderr); }

bool has_something_to_do(const Plan& plan, bool prune) {
  return std::ranges::any_of(plan.steps,
                             [&](const workspace::Step& step) { return step.can_be_done(prune); });
}

void show_plan(Output& output, const ApplyArguments& given, const Plan& plan) {
  output.write(workspace::plan_text(plan, output_width()));
  output.line(workspace::summary_of(plan));
  const std::string kept = given.prune ? std::string() : what_is_kept(plan);
  if (!kept.empty()) output.line(kept);
}

// The error itself is reported at the end of the program.
void say_how_far_it_came(const Applied& applied, const ApplyArguments& given) {
  const std::string left = std::to_string(applied.left.size()) + " left";
  say(workspace::summary_of(applied) + "; " + left +
      (applied.failed == nullptr
           ? std::string()
           : " after the step that failed: " + workspace::in_words(*applied.failed)));
  say("run the same command again to continue" +
      (given.file == "-" ? std::string() : ", even after you have changed " + given.file));
}

/// What came of it.
struct Outcome {
  Applied applied{};
  Deployed deployed{};
};

Outcome carry_out(Reconciliation& compared, const ApplyArguments& given) {
  Outcome outcome{.applied = compared.apply(given.prune)};
  std::vector<Undeployed> functions = compared.undeployed_after(outcome.applied);
  if (given.deploy && !outcome.applied.error) {
    outcome.deployed = compared.deploy(std::move(functions));
  } else {
    outcome.deployed.left = std::move(functions);
  }
  return outcome;
}

// What remains to be printed once the outcome is known.
void print_rest(Output& output, const ApplyArguments& given, const Reconciliation& compared,
                const Outcome* outcome) {
  if (is_for_people(compared.format(), given.flags)) {
    if (outcome != nullptr && !outcome->applied.error) {
      output.line(workspace::summary_of(outcome->applied));
      for (const std::string& title : outcome->deployed.done) {
        output.line("deployed function " + one_line(title));
      }
    }
  } else {
    Json document = workspace::plan_json(compared.plan());
    if (outcome != nullptr) {
      document["applied"] = workspace::applied_json(outcome->applied, outcome->deployed);
    }
    print_response(output, compared.format(), given.flags, document, document.at("steps"));
  }
}

// What could not be printed must not hide what the API answered.
void report(const ApplyArguments& given, const Reconciliation& compared, const Outcome& outcome) {
  std::exception_ptr not_printed;
  try {
    print_while_read([&](Output& output) { print_rest(output, given, compared, &outcome); });
  } catch (...) {
    not_printed = std::current_exception();
  }
  for (const Undeployed& function : outcome.deployed.left) warn(workspace::in_words(function));
  if (outcome.applied.error) say_how_far_it_came(outcome.applied, given);
  for (const std::exception_ptr& error :
       {outcome.applied.error, outcome.deployed.error, not_printed}) {
    if (error) std::rethrow_exception(error);
  }
}

void run_apply(const ApplyArguments& given) {
  if (given.yes && given.dry_run) throw Malformed("--yes and --dry-run exclude each other");
  static_cast<void>(given.flags.pointer());
  Reconciliation compared(
      {.wanted = given.file, .present = {}, .ids = given.ids, .choice = given.choice}, given.flags);
  compared.check(given.prune);
  const bool has_work = has_something_to_do(compared.plan(), given.prune);
  if (given.yes && has_work) compared.require_ids_can_be_kept();
  if (is_for_people(compared.format(), given.flags)) {
    print_while_read([&](Output& output) { show_plan(output, given, compared.plan()); });
  }
  const std::string undone = workspace::undone_in(compared.plan());
  if (!given.yes) {
    print_while_read([&](Output& output) { print_rest(output, given, compared, nullptr); });
    if (has_work) {
      say("nothing was changed; --yes makes the changes");
      compared.require_ids_can_be_kept();
    }
    if (!undone.empty()) throw std::runtime_error(undone);
    return;
  }
  report(given, compared, carry_out(compared, given));
  if (!undone.empty()) throw std::runtime_error(undone);
}

}  // namespace

void add_workspace_apply(CLI::App& workspace, Action& action) {
  const auto given = std::make_shared<ApplyArguments>();
  CLI::App& command = *workspace.add_subcommand(
      "apply", "Make the workspace match a file; without --yes, show what would be done");
  command
      .add_option("FILE", given->file,
                  "An export or a file like it, - for standard input, or profile:NAME for the "
                  "workspace of a profile")
      ->required()
      ->type_name("FILE|profile:NAME");
  constexpr auto what_it_does = "What it does";  // apart: help does not fold a short group
  command.add_flag("--yes", given->yes, "Make the changes; without it nothing is changed")
      ->group(what_it_does);
  command.add_flag("--dry-run", given->dry_run, "Only show what would be done (the default)")
      ->group(what_it_does);
  command
      .add_flag("--prune", given->prune,
                "Delete what the file does not have, and clear values that it lacks")
      ->group(what_it_does);
  command
      .add_flag("--deploy", given->deploy,
                "Deploy source functions whose latest code is not deployed")
      ->group(what_it_does);
  command
      .add_option("--ids", given->ids,
                  "The file that records which id here is which there (FILE.ids.json)")
      ->type_name("FILE")
      ->group(what_it_does);
  add_choice_flags(command, given->choice);
  add_short_lists_flag(command, given->flags, ShortLists::refuse);
  add_output_flags(command, given->flags);
  add_call_flags(command, given->flags);
  command.footer(
      "Exits with 1 if the API does not allow some of the changes, with or without --yes.");
  command.callback([&action, given] { action = [given] { run_apply(*given); }; });
}

}  // namespace segment::cli
