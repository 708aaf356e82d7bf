#include <CLI/CLI.hpp>
#include <chrono>
#include <exception>
#include <memory>

#include "call_flags.hpp"
#include "commands.hpp"
#include "connection.hpp"
#include "export_plan.hpp"
#include "exporter.hpp"
#include "output.hpp"
#include "progress.hpp"
#include "segment/types/timestamp.hpp"
#include "segment/version.hpp"

namespace segment::cli {

namespace {

struct ExportArguments {
  bool with_secrets = false;
  CallFlags flags{};
};

void take_all(Exporter& exporter) {
  const auto plan = export_plan();
  Progress progress(plan.size());
  for (const ExportStep& step : plan) {
    progress.step(step.call->operation->id);
    exporter.take(step);
  }
}

void run_export(const ExportArguments& given) {
  const CallOptions options = given.flags.call_options();
  const Connection connection(given.flags);
  Exporter exporter(connection.core(), options, given.with_secrets);
  take_all(exporter);  // the bar is gone before the first line

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

}  // namespace

void add_workspace_command(CLI::App& program, Action& action) {
  const auto given = std::make_shared<ExportArguments>();
  CLI::App& workspace = *program.add_subcommand("workspace", "The workspace as a whole");
  workspace.require_subcommand(1);
  CLI::App& command = *workspace.add_subcommand(
      "export", "Everything readable in the workspace, as one JSON document");
  command.add_flag("--with-secrets", given->with_secrets, "Write keys too");
  add_call_flags(command, given->flags);
  command.callback([&action, given] { action = [given] { run_export(*given); }; });
}

}  // namespace segment::cli
