#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "calls/connection.hpp"
#include "calls/prepare_call.hpp"
#include "command_line/call_flags.hpp"
#include "command_line/describe_command.hpp"
#include "command_line/late_command.hpp"
#include "commands/commands.hpp"
#include "input/input.hpp"
#include "input/member_flags.hpp"
#include "messages/deprecation.hpp"
#include "messages/errors.hpp"
#include "messages/warnings.hpp"
#include "operations/catalog.hpp"
#include "operations/sentences.hpp"
#include "output/printer.hpp"
#include "output/secrets.hpp"
#include "segment/api/operations.hpp"
#include "segment/helpers/text.hpp"
#include "segment/schema.hpp"
#include "terminal/progress.hpp"
#include "terminal/prompt.hpp"

namespace segment::cli {

namespace {

struct MethodArguments {
  const Operation* operation = nullptr;
  std::vector<std::string> path{};
  std::optional<std::string> input{};
  bool all = false;
  bool with_secrets = false;
  CallFlags flags{};
  MemberFlags members{};
};

Json input_of(const MethodArguments& given) {
  Json input = given.input ? read_input(*given.input) : Json::object();
  const Json path = path_of(*given.operation, given.path);
  for (const auto& [name, value] : path.as_object()) input["path"][name] = value;
  given.members.put_into(input);
  return input;
}

// A key that was just created is the purpose of the command.
bool makes_a_key(const Operation& operation) {
  return operation.name.find("write_key") != std::string_view::npos;
}

bool deletes(const Operation& operation) { return operation.method == http::Method::delete_; }

bool says_delete(std::string_view word) { return word.find("DELETE") != std::string_view::npos; }

// The members of the body whose value makes a call delete data: a regulation's type.
std::vector<std::string_view> members_that_delete(const Operation& operation) {
  std::vector<std::string_view> names;
  const auto body = body_schema(operation);
  if (!body) return names;
  for (const SchemaMember& member : body->members()) {
    if (std::ranges::any_of(member.schema.values(), says_delete)) names.push_back(member.name);
  }
  return names;
}

// The value in an input that deletes data, such as `DELETE_ONLY`; empty if there is none.
std::string deletion_in(const Operation& operation, const Json& input) {
  const Json* body = input.find("body");
  for (const std::string_view name : members_that_delete(operation)) {
    const Json* value = body != nullptr ? body->find(name) : nullptr;
    if (value != nullptr && value->is_string() && says_delete(value->as_string())) {
      return one_line(value->as_string());
    }
  }
  return {};
}

// As it was typed.
std::string typed_command(const MethodArguments& given) {
  const Operation& operation = *given.operation;
  std::string command = command_of(OtherVersion{.group = operation.group, .name = operation.name});
  for (const std::string& part : given.path) command += " " + one_line(part);
  return command;
}

// A script has to pass a flag, a person is asked.
void confirm_deletion(const MethodArguments& given, const Json& input) {
  const std::string by_value = deletion_in(*given.operation, input);
  if (!deletes(*given.operation) && by_value.empty()) return;
  if (given.flags.yes || given.flags.dry_run != DryRun::off) return;
  const std::string what = typed_command(given);
  if (!can_ask()) throw Malformed(what + " asks before it deletes; a script must pass --yes");
  const std::string question =
      by_value.empty() ? ": delete it?" : ": " + by_value + " deletes data for good; do it?";
  if (!confirm(what + question)) throw std::runtime_error("nothing was deleted");
}

// The user may have meant the query of a model.
std::optional<JsonPointer> pointer_of(const MethodArguments& given) {
  const std::string other = given.members.beside("--query");
  try {
    return given.flags.pointer();
  } catch (const Malformed& error) {
    if (other.empty()) throw;
    throw Malformed(std::string(error.what()) + "; the query of the input is " + other);
  }
}

void run_method(const MethodArguments& given) {
  const auto pointer = pointer_of(given);
  static_cast<void>(given.flags.format());
  const CallOptions options = given.flags.call_options();
  const Json input = input_of(given);
  const JsonCall call = prepare_call(*given.operation, input, options);
  warn_if_deprecated(call.operation());
  confirm_deletion(given, input);
  const Connection connection(given.flags, given.all ? Waits::reported : Waits::silent);
  const bool with_secrets = given.with_secrets || makes_a_key(call.operation());
  const auto printer =
      Printer::create(call.operation(), connection.format(Format::table), pointer, with_secrets);
  const auto hide_secrets = [&](Json& data) {
    if (!with_secrets) take_secrets_out(data);
  };
  if (!given.all) {
    JsonResult result = call.run(connection.client());
    hide_secrets(result.data);
    return printer->result(std::move(result));
  }
  ItemCount count;
  call.for_each_page(
      connection.client(),
      [&](JsonResult page) {
        count.add(count_of(call.operation(), page.data));
        hide_secrets(page.data);
        printer->page(std::move(page.data));
      },
      JsonCall::PageSize::largest);
  printer->end();
}

// Some types contain themselves, and no type has a key deep inside.
bool has_keys(const Schema& type, int depth = 5) {
  if (type.is_secret()) return true;
  if (depth == 0) return false;
  if (const auto element = type.element()) return has_keys(*element, depth - 1);
  const auto members = type.members();
  return std::ranges::any_of(
      members, [&](const SchemaMember& member) { return has_keys(member.schema, depth - 1); });
}

bool returns_keys(const Operation& operation) {
  const auto result = result_schema(operation);
  return result && has_keys(*result) && !makes_a_key(operation);
}

std::string footer_of(const Operation& operation) {
  std::string text(http::to_string(operation.method));
  text.append(" ").append(operation.path);
  text.append("\nThe API's name for it: ").append(operation.id);
  if (!body_schema(operation) && !query_schema(operation)) return text;
  return text.append("\nEvery member: segment operations show ").append(operation.id);
}

void fill_method(CLI::App& command, const Operation& operation, Action& action) {
  const auto given = std::make_shared<MethodArguments>();
  given->operation = &operation;
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
  add_output_flags(command, given->flags);
  if (returns_keys(operation)) {
    command.add_flag("--with-secrets", given->with_secrets, "Print write keys too");
  }
  if (max_page_size(operation)) {
    command.add_flag("--all", given->all, "Every page, as it arrives");
    add_short_lists_flag(command, given->flags);
  }
  add_version_flag(command, given->flags);
  if (body_schema(operation)) add_masked_secrets_flag(command, given->flags);
  add_dry_run_flags(command, given->flags);
  if (deletes(operation) || !members_that_delete(operation).empty())
    add_yes_flag(command, given->flags);
  add_call_flags(command, given->flags);
  given->members.add_to(command, operation);
  command.footer(footer_of(operation));
  command.callback([&action, given] { action = [given] { run_method(*given); }; });
}

void add_method(CLI::App& group, const Operation& operation, Action& action) {
  std::string sentence(sentence_of(operation));
  if (!operation.deprecated.empty()) sentence += " " + deprecation_of(operation) + ".";
  add_late_command(group, kebab(operation.name), std::move(sentence), [&](CLI::App& command) {
    fill_method(command, operation, action);
  }).group("Calls");
}

}  // namespace

void add_group_commands(CLI::App& program, Action& action) {
  std::map<std::string, CLI::App*> groups;
  for (const auto* operation : operations::all()) {
    const std::string name = kebab(operation->group);
    CLI::App*& group = groups[name];
    if (group == nullptr) {
      group = program.add_subcommand(name, std::string(sentence_of_group(operation->group)))
                  ->group("Resources")
                  ->require_subcommand(1);
      group->footer("The input of one: segment " + name + " COMMAND --help");
    }
    add_method(*group, *operation, action);
  }
}

}  // namespace segment::cli
