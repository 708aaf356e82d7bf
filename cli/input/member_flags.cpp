#include "input/member_flags.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>
#include <utility>

#include "input/files.hpp"
#include "input/flag_values.hpp"
#include "messages/errors.hpp"
#include "operations/catalog.hpp"
#include "operations/sentences.hpp"
#include "segment/helpers/text.hpp"

namespace segment::cli {

namespace {

const Json* find_in(const Json& input, const std::vector<std::string>& path) {
  const Json* place = &input;
  for (const std::string& step : path) {
    place = place->is_object() ? place->find(step) : nullptr;
    if (place == nullptr) return nullptr;
  }
  return place;
}

bool is_typed_as_text(const Schema& type) {
  return type.kind() == Schema::Kind::text || type.kind() == Schema::Kind::formatted_text;
}

void put(Json& input, const std::vector<std::string>& path, Json value) {
  Json* place = &input;
  for (const std::string& step : path) place = &(*place)[step];
  *place = std::move(value);
}

}  // namespace

void MemberFlags::add_to(CLI::App& command, const Operation& call) {
  const auto add = [&](std::string part, const std::optional<Schema>& type) {
    if (!type) return;
    // `{"label": {"key": …}}` has no other member, so the members of the object get flags instead.
    const std::vector<SchemaMember> members = type->members();
    if (members.size() == 1 && members[0].schema.kind() == Schema::Kind::object &&
        members[0].name != "pagination") {
      const SchemaMember& only = members[0];
      return add_members(command,
                         {only.schema, {std::move(part), std::string(only.name)}, only.required});
    }
    add_members(command, {*type, {std::move(part)}, true});
  };
  add("body", body_schema(call));
  add("query", query_schema(call));
  add_clear_flag(command);
  if (body_schema(call)) add_file_flag(command);
}

void MemberFlags::add_members(CLI::App& command, const Place& place) {
  for (const SchemaMember& member : place.type.members()) {
    // A page's count and cursor have their own flags, and are nested in the query.
    if (member.name == "pagination" && member.schema.kind() == Schema::Kind::object) {
      std::vector<std::string> path = place.path;
      path.emplace_back(member.name);
      add_members(command, {member.schema, path, false, place.type.name(), "pagination."});
    } else {
      add_flag(command, member, place);
    }
  }
}

void MemberFlags::add_flag(CLI::App& command, const SchemaMember& member, const Place& place) {
  std::string name = "--" + kebab(member.name);
  // `--query` is the command's own; that of the body is `--body-query`.
  const bool is_taken = command.get_option_no_throw(name) != nullptr;
  if (is_taken) name = "--" + place.path.front() + "-" + kebab(member.name);
  std::vector<std::string> path = place.path;
  path.emplace_back(member.name);
  const bool required = place.required && member.required;
  Flag& flag =
      flags_.emplace_back(Flag{name, std::move(path), member.schema, required, member.nullable});
  const std::string_view owner = place.owner.empty() ? place.type.name() : place.owner;
  std::string text(sentence_of(owner, std::string(place.prefix).append(member.name)));
  const std::string how = how_to_write(member.schema, place.path.front() == "body");
  text.append(text.empty() || how.empty() ? "" : " ").append(how);
  if (member.nullable)
    text.append(text.empty() ? "" : " ").append("Null: --clear ").append(name, 2);
  auto* option = command.add_option(name, flag.typed, text);
  option->type_name(std::string(placeholder_of(member.schema)));
  option->expected(1)->allow_extra_args(false);
  if (member.schema.kind() == Schema::Kind::list) option->take_all();
  option->group(required ? "Input (required)" : "Input");
}

std::string MemberFlags::beside(const std::string& flag) const {
  const auto found = std::ranges::find_if(flags_, [&](const Flag& each) {
    return each.name != flag && "--" + kebab(each.path.back()) == flag;
  });
  return found != flags_.end() ? found->name : std::string();
}

void MemberFlags::put_into(Json& input) const {
  for (const Flag& flag : flags_) {
    if (flag.typed.empty()) continue;
    if (flag.nullable && is_typed_as_text(flag.type) && flag.typed.back() == "null") {
      throw Malformed(flag.name + " null is ambiguous: --clear " + flag.name.substr(2) +
                      " sends null, and --input can send the text");
    }
    refuse_file_as_value(flag);
    put(input, flag.path, value_of_flag(flag.name, flag.type, flag.typed));
  }
  put_files_into(input);
  clear_in(input);
  refuse_missing(input);
}

// Otherwise an id equal to the file's name would be deleted, or a function created with that as its
// code.
void MemberFlags::refuse_file_as_value(const Flag& flag) {
  for (const std::string& typed : flag.typed) {
    if (!typed.starts_with('@') || ::access(typed.c_str() + 1, F_OK) != 0) continue;
    throw Malformed(flag.name + " begins with @ and names a file: --from-file " +
                    flag.name.substr(2) + "=FILE reads it, and --input can send the text as it is");
  }
}

void MemberFlags::add_file_flag(CLI::App& command) {
  command
      .add_option("--from-file", files_,
                  "The value of a flag from a file, - for standard input: a text as it is, a list "
                  "of texts one per line, anything else as JSON")
      ->type_name("MEMBER=FILE")
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
}

void MemberFlags::put_files_into(Json& input) const {
  for (const std::string& given : files_) {
    const std::string name = given.substr(0, given.find('='));
    const auto flag = std::ranges::find_if(flags_, [&](const Flag& each) {
      return name == each.path.back() || name == std::string_view(each.name).substr(2);
    });
    if (flag == flags_.end() || name.size() == given.size()) {
      throw Malformed("--from-file takes the name of a flag and a file: " +
                      flags_.front().name.substr(2) + "=FILE");
    }
    if (!flag->typed.empty()) {
      throw Malformed(flag->name + " and --from-file " + name + "=... exclude each other");
    }
    const std::string file = given.substr(name.size() + 1);
    put(input, flag->path,
        value_in_file(flag->name, flag->type, read_text(file, "the file " + one_line(file))));
  }
}

void MemberFlags::add_clear_flag(CLI::App& command) {
  std::string names;
  for (const Flag& flag : flags_) {
    if (flag.nullable) names.append(names.empty() ? "" : ", ").append(flag.name, 2);
  }
  if (names.empty() || command.get_option_no_throw("--clear") != nullptr) return;
  command.add_option("--clear", cleared_, "Send null for it, of " + names + ". Repeat for each.")
      ->type_name("MEMBER")
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all()
      ->group("Input");
}

void MemberFlags::clear_in(Json& input) const {
  for (const std::string& name : cleared_) {
    std::string names;
    bool is_found = false;
    for (const Flag& flag : flags_) {
      if (!flag.nullable) continue;
      names.append(names.empty() ? "" : ", ").append(flag.name, 2);
      if (name != flag.path.back() && name != std::string_view(flag.name).substr(2)) continue;
      if (!flag.typed.empty())
        throw Malformed(flag.name + " and --clear " + name + " exclude each other");
      put(input, flag.path, Json());
      is_found = true;
    }
    if (!is_found) throw Malformed("--clear takes the name of a member that can be null: " + names);
  }
}

void MemberFlags::refuse_missing(const Json& input) const {
  std::string missing;
  for (const Flag& flag : flags_) {
    if (!flag.required || find_in(input, flag.path) != nullptr) continue;
    missing.append(missing.empty() ? "" : ", ").append(flag.name);
  }
  if (!missing.empty()) {
    throw Malformed("required input is missing: " + missing +
                    "; --help explains each, and --input reads them from a file");
  }
}

}  // namespace segment::cli
