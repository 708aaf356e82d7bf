#include <CLI/CLI.hpp>
#include <chrono>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "calls/connection.hpp"
#include "command_line/call_flags.hpp"
#include "commands/commands.hpp"
#include "output/output.hpp"
#include "segment/types/timestamp.hpp"
#include "segment/version.hpp"
#include "terminal/progress.hpp"
#include "workspace/export_plan.hpp"
#include "workspace/exporter.hpp"

namespace segment::cli {

namespace {

struct ExportArguments {
  bool with_secrets = false;
  ExportChoice choice{};
  CallFlags flags{};
};

void take_all(Exporter& exporter, const std::vector<ExportStep>& plan) {
  Progress progress(plan.size());
  for (const ExportStep& step : plan) {
    progress.step(step.call->id);
    exporter.take(step);
  }
}

void run_export(const ExportArguments& given) {
  const CallOptions options = given.flags.call_options();
  const auto plan = export_plan(given.choice);
  const Connection connection(given.flags, Waits::told);
  Exporter exporter(connection.client(), options, given.with_secrets);
  take_all(exporter, plan);  // the bar is gone before the first line

  Json document =
      Json::object({{"exportedBy", "segment " SEGMENT_PUBLIC_API_VERSION},
                    {"exportedAt", Timestamp(std::chrono::system_clock::now()).text()}});
  const Json found = exporter.document();
  for (const auto& [name, value] : found.as_object()) document[name] = value;
  Output output;
  output.line(document.dump(2));
  output.flush();
  if (exporter.failure()) std::rethrow_exception(exporter.failure());
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

void add_workspace_command(CLI::App& program, Action& action) {
  const auto given = std::make_shared<ExportArguments>();
  CLI::App& workspace = *program.add_subcommand("workspace", "The workspace as a whole");
  workspace.require_subcommand(1);
  CLI::App& command = *workspace.add_subcommand(
      "export", "Everything readable in the workspace, as one JSON document");
  command.add_flag("--with-secrets", given->with_secrets, "Write keys too");
  add_names(command, "--only", given->choice.only,
            "This group or operation alone, sources or listSources; repeat the flag for each");
  add_names(command, "--skip", given->choice.skip, "All but this one; repeat the flag for each");
  add_call_flags(command, given->flags);
  command.callback([&action, given] { action = [given] { run_export(*given); }; });
}

}  // namespace segment::cli
