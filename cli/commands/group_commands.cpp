#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "calls/connection.hpp"
#include "calls/prepared_call.hpp"
#include "command_line/call_flags.hpp"
#include "commands/commands.hpp"
#include "input/input.hpp"
#include "input/member_flags.hpp"
#include "json/describe_members.hpp"
#include "operations/catalog.hpp"
#include "operations/sentences.hpp"
#include "output/output.hpp"
#include "output/present.hpp"
#include "output/secrets.hpp"
#include "segment/api/operations.hpp"
#include "terminal/table.hpp"
#include "terminal/terminal.hpp"

namespace segment::cli {

namespace {

struct MethodArguments {
  const Operation* operation = nullptr;
  std::vector<std::string> path{};
  std::optional<std::string> input{};
  bool json = false;
  bool all = false;
  bool with_secrets = false;
  CallFlags flags{};
  MemberFlags members{};
};

PreparedCall prepare_method(const MethodArguments& given) {
  const CallOptions options = given.flags.call_options();
  Json input = given.input ? read_input(*given.input) : Json::object();
  const auto names = path_parameters(*given.operation);
  for (std::size_t i = 0; i < names.size(); ++i) input["path"][names[i]] = given.path[i];
  given.members.put_into(input);
  return {*given.operation, input, options};
}

// A key that was just made is what the command was given for.
bool makes_a_key(const Operation& operation) {
  return operation.name.find("write_key") != std::string_view::npos;
}

Returned without_secrets(Returned returned, const MethodArguments& given) {
  if (!given.with_secrets && !makes_a_key(*given.operation)) take_secrets_out(returned.data);
  return returned;
}

// As the pages come, which are as large as they can be where the input does not say.
void run_all(Output& output, const PreparedCall& call, const Connection& connection,
             const MethodArguments& given) {
  GrowingTable table(output_width());
  ListDocument document(output, call.operation());
  call.each_page(
      connection.core(),
      [&](const Returned& page) {
        Json data = page.data;
        if (!given.with_secrets) take_secrets_out(data);
        if (given.json) return document.add(std::move(data));
        present_items(output, call.operation(), items_of(call.operation(), data), table);
      },
      detail::PageSize::largest);
  if (given.json) document.end();
}

void run_method(const MethodArguments& given) {
  const PreparedCall call = prepare_method(given);
  const Connection connection(given.flags, given.all ? Waits::told : Waits::silent);
  Output output;
  if (given.all) return run_all(output, call, connection, given);
  const Returned returned = without_secrets(call.run(*connection.core()), given);
  if (!given.json) return present_result(output, call.operation(), returned);
  output.line(result_text(call.operation(), returned.data));
}

// Some types hold themselves, and none has a key deep within.
bool has_keys(const detail::Type& type, int depth = 5) {
  if (&type == &detail::Describe<WriteKey>::type) return true;
  if (depth == 0) return false;
  if (type.element != nullptr) return has_keys(*type.element, depth - 1);
  return std::ranges::any_of(type.members,
                             [&](const auto& member) { return has_keys(*member.type, depth - 1); });
}

bool returns_keys(const Operation& operation) {
  return operation.data != nullptr && has_keys(*operation.data) && !makes_a_key(operation);
}

std::string footer_of(const Operation& operation) {
  std::string text(http::to_string(operation.method));
  text.append(" ").append(operation.path);
  text.append("\nThe API's name for it: ").append(operation.id);
  if (operation.body == nullptr && operation.query == nullptr) return text;
  return text.append("\nEvery member: segment operations show ").append(operation.id);
}

void add_method(CLI::App& group, const Operation& operation, Action& action) {
  const auto given = std::make_shared<MethodArguments>();
  given->operation = &operation;
  CLI::App& command =
      *group.add_subcommand(kebab(operation.name), std::string(sentence_of(operation)));
  command.group("Calls");
  const auto names = path_parameters(operation);
  given->path.resize(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string text(sentence_of(operation.id, names[i]));
    command.add_option(shouted(names[i]), given->path[i], text)->required();
  }
  command
      .add_option("--input", given->input,
                  "More of the input, or all of it, from a file or standard input (-): "
                  R"({"path": {...}, "query": {...}, "body": {...}}, each part optional. )"
                  "Flags take precedence")
      ->type_name("FILE|-");
  command.add_flag("--json", given->json, "Print JSON, for programs");
  if (returns_keys(operation)) {
    command.add_flag("--with-secrets", given->with_secrets, "Print write keys too");
  }
  if (operation.paging != nullptr) {
    command.add_flag("--all", given->all, "Every page, as they come");
    add_short_lists_flag(command, given->flags);
  }
  add_version_flag(command, given->flags);
  if (operation.body != nullptr) add_masked_secrets_flag(command, given->flags);
  add_call_flags(command, given->flags);
  given->members.add_to(command, operation);
  command.footer(footer_of(operation));
  command.callback([&action, given] { action = [given] { run_method(*given); }; });
}

// The names of a group's first methods say best what it is about.
std::string summary_of(const CLI::App& group) {
  constexpr std::size_t longest = 60;
  std::string summary;
  for (const CLI::App* method : group.get_subcommands([](const CLI::App*) { return true; })) {
    if (summary.size() + method->get_name().size() > longest) return summary + ", ...";
    summary += (summary.empty() ? "" : ", ") + method->get_name();
  }
  return summary;
}

}  // namespace

void add_group_commands(CLI::App& program, Action& action) {
  std::map<std::string, CLI::App*> groups;
  for (const auto* operation : operations::all()) {
    const std::string name = kebab(operation->group);
    CLI::App*& group = groups[name];
    if (group == nullptr) {
      group = program.add_subcommand(name)->group("Resources")->require_subcommand(1);
      group->footer("What one is given: segment " + name + " METHOD --help");
    }
    add_method(*group, *operation, action);
  }
  for (const auto& [name, group] : groups) group->description(summary_of(*group));
}

}  // namespace segment::cli
