#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "calls/connection.hpp"
#include "calls/prepare_call.hpp"
#include "command_line/call_flags.hpp"
#include "commands/commands.hpp"
#include "input/input.hpp"
#include "messages/errors.hpp"
#include "messages/warnings.hpp"
#include "operations/catalog.hpp"
#include "output/printer.hpp"
#include "segment/schema.hpp"
#include "terminal/progress.hpp"

namespace segment::cli {

namespace {

struct CallArguments {
  std::string operation{};
  std::optional<std::string> input{};
  bool all = false;
  CallFlags flags{};
};

// A malformed input is reported before the environment is read.
JsonCall prepare(const CallArguments& given) {
  const CallOptions options = given.flags.call_options();
  const Operation& operation = find_call(given.operation, options.version);
  if (given.all && !max_page_size(operation)) {
    throw Malformed(given.operation + " is not a paged list, so it has no --all");
  }
  return prepare_call(operation, given.input ? read_input(*given.input) : Json::object(), options);
}

void run_call(const CallArguments& given) {
  const auto pointer = given.flags.pointer();
  const Format format = given.flags.format().value_or(given.all ? Format::jsonl : Format::json);
  const JsonCall call = prepare(given);
  warn_if_deprecated(call.operation());
  const Connection connection(given.flags, given.all ? Waits::reported : Waits::silent);
  const auto printer = Printer::create(call.operation(), format, pointer, true);
  if (!given.all) return printer->result({call.run_for_data(connection.client())});
  ItemCount count;
  call.for_each_page(connection.client(), [&](JsonResult page) {
    count.add(count_of(call.operation(), page.data));
    printer->page(std::move(page.data));
  });
  printer->end();
}

}  // namespace

void add_call_command(CLI::App& program, Action& action) {
  const auto given = std::make_shared<CallArguments>();
  CLI::App& command = *program.add_subcommand("call", "Make any call, by its operation's name");
  command.add_option("OPERATION_ID", given->operation, "See `segment operations`")->required();
  command
      .add_option("--input", given->input,
                  R"(The file with {"path": {}, "query": {}, "body": {}}; - is standard input)")
      ->type_name("FILE|-");
  command.add_flag("--all", given->all, "Every page of a list, one item per line");
  add_output_flags(command, given->flags);
  add_dry_run_flags(command, given->flags);
  add_version_flag(command, given->flags);
  add_masked_secrets_flag(command, given->flags);
  add_short_lists_flag(command, given->flags);
  add_call_flags(command, given->flags);
  command.callback([&action, given] { action = [given] { run_call(*given); }; });
}

}  // namespace segment::cli
