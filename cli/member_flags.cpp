#include "member_flags.hpp"

#include <CLI/CLI.hpp>
#include <charconv>
#include <utility>

#include "catalog.hpp"
#include "errors.hpp"
#include "json/type.hpp"

namespace segment::cli {

namespace {

using detail::Kind;

bool is_scalar(const detail::Type& type) {
  switch (type.kind) {
    case Kind::boolean:
    case Kind::integer:
    case Kind::number:
    case Kind::text:
    case Kind::text_like:
      return true;
    default:
      return false;
  }
}

bool is_list_of_texts(const detail::Type& type) {
  return type.kind == Kind::list &&
         (type.element->kind == Kind::text || type.element->kind == Kind::text_like);
}

template <class Number>
Json number_from(const std::string& flag, const std::string& typed, std::string_view wanted) {
  Number number{};
  const char* end = typed.data() + typed.size();
  const auto [stopped, failure] = std::from_chars(typed.data(), end, number);
  if (failure != std::errc{} || stopped != end) {
    throw Malformed(flag + " must be " + std::string(wanted));
  }
  return Json(number);
}

Json value_from(const std::string& flag, Kind kind, const std::string& typed) {
  switch (kind) {
    case Kind::boolean:
      if (typed != "true" && typed != "false") throw Malformed(flag + " must be true or false");
      return Json(typed == "true");
    case Kind::integer:
      return number_from<std::int64_t>(flag, typed, "a whole number");
    case Kind::number:
      return number_from<double>(flag, typed, "a number");
    case Kind::text_like:  // an id, a time, one of several words
      if (typed.empty()) throw Malformed(flag + " must not be empty");
      return Json(typed);
    default:
      return Json(typed);
  }
}

// One way to give several, so that none is taken for another: a flag each.
Json element_from(const std::string& flag, const std::string& typed) {
  if (typed.empty()) throw Malformed(flag + " must not be empty");
  if (typed.find(',') != std::string::npos) {
    throw Malformed(flag + " is one value: repeat the flag for each; one with a comma in it goes " +
                    "by --input");
  }
  return Json(typed);
}

std::string help_of(const detail::Type& type) {
  const bool is_list = type.kind == Kind::list;
  const detail::Type& value = is_list ? *type.element : type;
  std::string text = is_list ? "repeat the flag for each" : "";
  if (value.text == nullptr || value.text->names.empty()) return text;
  if (is_list) text += ": ";
  bool first = true;
  for (const std::string_view name : value.text->names) {
    text.append(std::exchange(first, false) ? "" : ", ").append(name);
  }
  return text;
}

std::string_view type_name_of(const detail::Type& type) {
  switch (type.kind) {
    case Kind::boolean:
      return "true|false";
    case Kind::integer:
      return "INTEGER";
    case Kind::number:
      return "NUMBER";
    default:
      return "TEXT";
  }
}

}  // namespace

void MemberFlags::add_to(CLI::App& command, const Operation& call) {
  const auto add = [&](std::string part, const detail::Type* type) {
    std::vector<std::string> path{std::move(part)};
    if (type == nullptr) return;
    // `{"label": {"key": …}}` has no simple member of its own.
    if (type->members.size() == 1 && type->members[0].type->kind == Kind::object) {
      path.emplace_back(type->members[0].name);
      type = type->members[0].type;
    }
    add_members(command, *type, std::move(path));
  };
  add("body", call.body);
  add("query", call.query);
}

void MemberFlags::add_members(CLI::App& command, const detail::Type& type,
                              std::vector<std::string> above) {
  for (const detail::Member& member : type.members) {
    std::vector<std::string> path = above;
    path.emplace_back(member.name);
    // Of what lies deeper only a page's count and cursor have flags of their own.
    if (member.name == "pagination" && member.type->kind == Kind::object) {
      add_members(command, *member.type, std::move(path));
    } else if (is_scalar(*member.type) || is_list_of_texts(*member.type)) {
      add_flag(command, member, std::move(path));
    }
  }
}

void MemberFlags::add_flag(CLI::App& command, const detail::Member& member,
                           std::vector<std::string> path) {
  const std::string name = "--" + kebab(member.name);
  if (command.get_option_no_throw(name) != nullptr) return;
  Flag& flag = flags_.emplace_back(Flag{name, std::move(path), member.type});
  auto* option = command.add_option(name, flag.typed, help_of(*member.type));
  option->type_name(std::string(type_name_of(*member.type)));
  option->expected(1)->allow_extra_args(false);
  if (member.type->kind == Kind::list) option->take_all();
  option->group(member.promised ? "Input (required)" : "Input");
}

void MemberFlags::put_into(Json& input) const {
  for (const Flag& flag : flags_) {
    if (flag.typed.empty()) continue;
    Json* place = &input;
    for (const std::string& step : flag.path) place = &(*place)[step];
    if (flag.type->kind != Kind::list) {
      *place = value_from(flag.name, flag.type->kind, flag.typed.back());
      continue;
    }
    Json::Array list;
    for (const auto& typed : flag.typed) list.push_back(element_from(flag.name, typed));
    *place = Json(std::move(list));
  }
}

}  // namespace segment::cli
