#include "completion/candidates.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "command_line/describe_command.hpp"
#include "completion/ids.hpp"
#include "completion/scripts.hpp"
#include "completion/typed.hpp"
#include "operations/catalog.hpp"
#include "operations/sentences.hpp"
#include "segment/api/operations.hpp"
#include "segment/helpers/text.hpp"
#include "segment/profile.hpp"
#include "segment/schema.hpp"
#include "workspace/export_plan.hpp"

namespace segment::cli {

namespace {

// The operation that a command calls: `segment sources get`; null for other commands.
const Operation* operation_of(const CLI::App& command) {
  const CLI::App* group = command.get_parent();
  if (group == nullptr) return nullptr;
  for (const Operation* operation : operations::all()) {
    if (kebab(operation->group) == group->get_name() &&
        kebab(operation->name) == command.get_name()) {
      return operation;
    }
  }
  return nullptr;
}

void add_commands(const CLI::App& command, std::vector<Candidate>& found) {
  for (const CLI::App* each : shown_commands(command)) {
    found.push_back({each->get_name(), each->get_description()});
  }
}

void add_flags(const CLI::App& command, std::vector<Candidate>& found) {
  for (const std::string& flag : flags_of(command)) {
    found.push_back({flag, command.get_option(flag)->get_description()});
  }
}

void add_operations(std::vector<Candidate>& found) {
  for (const Operation* operation : operations::all()) {
    const bool is_known = std::ranges::any_of(
        found, [&](const Candidate& known) { return known.text == operation->id; });
    if (!is_known) {
      found.push_back({std::string(operation->id), std::string(sentence_of(*operation))});
    }
  }
}

void add_profiles(std::vector<Candidate>& found, const std::string& prefix = {}) {
  for (const auto& [name, profile] : read_profile_file().profiles) {
    found.push_back({prefix + name, profile.base_url});
  }
}

void add_names_in_exports(std::vector<Candidate>& found) {
  for (std::string& name : names_in_exports()) found.push_back({std::move(name), {}});
}

bool stands_for_something(std::string_view alternative) {
  return alternative == "-" ||
         std::ranges::any_of(alternative, [](char c) { return c >= 'A' && c <= 'Z'; });
}

// By the type name of a flag or an argument: `us|eu` lists values, `FILE|profile:NAME` kinds of
// values.
void add_alternatives(std::string_view type, const std::string& word, Candidates& all) {
  const bool is_choice = type.find('|') != type.npos;
  while (!type.empty()) {
    const std::string_view one = type.substr(0, type.find('|'));
    const std::size_t equals = word.find('=');
    if (one == "FILE" || one == "FOLDER") {
      all.before_file = "";
    } else if (one == "MEMBER=FILE" && equals != word.npos) {
      all.before_file = word.substr(0, equals + 1);
    } else if (one == "profile:NAME") {
      add_profiles(all.found, "profile:");
    } else if (is_choice && !stands_for_something(one)) {
      all.found.push_back({std::string(one), {}});
    }
    type.remove_prefix(std::min(one.size() + 1, type.size()));
  }
}

// The member of an operation's input that a flag is for, at any depth.
std::optional<SchemaMember> member_of_flag(const Schema& schema, std::string_view flag, int depth) {
  for (const SchemaMember& member : schema.members()) {
    if (kebab(member.name) == flag) return member;
    if (depth == 0 || member.schema.kind() != Schema::Kind::object) continue;
    if (auto inner = member_of_flag(member.schema, flag, depth - 1)) return inner;
  }
  return std::nullopt;
}

std::optional<SchemaMember> member_of_flag(const Operation& operation, std::string_view flag) {
  for (const auto& part : {body_schema(operation), query_schema(operation)}) {
    if (!part) continue;
    if (auto member = member_of_flag(*part, flag, 1)) return member;
  }
  return std::nullopt;
}

void add_values(const TypedWords& typed, Candidates& all) {
  const CLI::Option& flag = *typed.open_flag;
  std::vector<Candidate>& found = all.found;
  if (flag.get_name() == "--profile") return add_profiles(found);
  if (flag.get_name() == "--only" || flag.get_name() == "--skip") {
    return add_names_in_exports(found);
  }
  add_alternatives(flag.get_type_name(), typed.word, all);
  const Operation* operation = operation_of(*typed.command);
  const auto member =
      operation == nullptr
          ? std::nullopt
          : member_of_flag(*operation,
                           flag.get_lnames().empty() ? std::string() : flag.get_lnames().front());
  if (!member) return;
  const Schema schema = member->schema.element().value_or(member->schema);
  for (const std::string_view value : schema.values()) found.push_back({std::string(value), {}});
  if (const auto list = list_of_member(member->name)) add_ids({*list, {}}, typed.flags, found);
}

// The type name of the next argument.
std::string type_of_argument(const TypedWords& typed) {
  const auto arguments = typed.command->get_options(
      [](const CLI::Option* option) { return option->get_positional(); });
  const std::size_t next = typed.arguments.size();
  return next < arguments.size() ? arguments[next]->get_type_name() : std::string();
}

void add_arguments(const TypedWords& typed, Candidates& all) {
  const CLI::App& command = *typed.command;
  std::vector<Candidate>& found = all.found;
  add_alternatives(type_of_argument(typed), typed.word, all);
  const CLI::App* parent = command.get_parent();
  if (parent == nullptr || !typed.arguments.empty()) {
    // The rest is for calls only.
  } else if (command.get_name() == "completion") {
    for (const std::string_view shell : shells) found.push_back({std::string(shell), {}});
  } else if (command.get_name() == "call" || command.get_name() == "show") {
    add_operations(found);
  }
  const Operation* operation = operation_of(command);
  if (operation == nullptr) return;
  if (const auto list = list_of_argument(*operation, typed.arguments)) {
    add_ids(*list, typed.flags, found);
  }
}

// What needs no quotes in any of the shells.
bool can_be_typed(const Candidate& candidate) {
  constexpr std::string_view signs = "-_.:@/+,";
  return !candidate.text.empty() && std::ranges::all_of(candidate.text, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           signs.find(c) != signs.npos;
  });
}

// What the shell puts in the place of its last word.
std::string in_place_of_word(const TypedWords& typed, const std::string& text) {
  const std::string whole = typed.before + text;
  return whole.substr(std::min(typed.taken, whole.size()));
}

}  // namespace

Candidates candidates(const CLI::App& program, const std::vector<std::string>& words) {
  const TypedWords typed = read_typed(program, words);
  Candidates all;
  if (typed.open_flag != nullptr) {
    add_values(typed, all);
  } else if (typed.word.starts_with('-')) {
    add_flags(*typed.command, all.found);
  } else {
    add_commands(*typed.command, all.found);
    add_arguments(typed, all);
  }
  std::erase_if(all.found, [&](const Candidate& candidate) {
    return !candidate.text.starts_with(typed.word) || !can_be_typed(candidate);
  });
  for (Candidate& candidate : all.found) {
    candidate.text = in_place_of_word(typed, candidate.text);
    candidate.description = one_line(candidate.description);
  }
  if (all.before_file) all.before_file = in_place_of_word(typed, *all.before_file);
  return all;
}

}  // namespace segment::cli
