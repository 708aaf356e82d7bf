#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "calls/connection.hpp"
#include "calls/prepare_call.hpp"
#include "command_line/call_flags.hpp"
#include "commands/commands.hpp"
#include "output/values.hpp"
#include "segment/api/operations.hpp"

namespace segment::cli {

namespace {

std::string address_of(const Environment& environment) {
  return environment.base_url.empty() ? std::string(base_url(environment.region))
                                      : environment.base_url;
}

// The workspace as the API returns it, and how it is reached.
Json facts_of(const Json& workspace, const Connection& connection, bool sandbox) {
  const auto member = [&](std::string_view name) {
    const Json* value = workspace.find(name);
    return value != nullptr ? *value : Json();
  };
  Json facts =
      Json::object({{"workspace", member("name")}, {"slug", member("slug")}, {"id", member("id")}});
  const Environment& environment = connection.environment();
  if (sandbox) {
    facts["token"] = "the program's own sandbox";
    return facts;
  }
  if (!environment.profile.empty()) facts["profile"] = environment.profile;
  if (environment.base_url.empty()) facts["region"] = to_string(environment.region);
  facts["address"] = address_of(environment);
  facts["token"] = environment.token_source_text();
  return facts;
}

void run_whoami(const CallFlags& flags) {
  const auto pointer = flags.pointer();
  static_cast<void>(flags.format());
  const JsonCall call =
      prepare_call(operations::workspaces::get, Json::object(), flags.call_options());
  const Connection connection(flags);
  const Json data = call.run(connection.client()).data;
  const Json* workspace = data.find("workspace");
  const Json facts =
      facts_of(workspace != nullptr ? *workspace : Json::object(), connection, flags.sandbox);
  Output output;
  print_value(output, connection.format(Format::table), pointer ? pointer->find_in(facts) : facts);
}

}  // namespace

void add_whoami_command(CLI::App& program, Action& action) {
  const auto flags = std::make_shared<CallFlags>();
  CLI::App& command = *program.add_subcommand(
      "whoami", "The workspace that calls go to, and where the token comes from");
  add_output_flags(command, *flags);
  add_dry_run_flags(command, *flags);
  add_call_flags(command, *flags);
  command.footer("Calls getWorkspace. The token itself is never printed.");
  command.callback([&action, flags] { action = [flags] { run_whoami(*flags); }; });
}

}  // namespace segment::cli
