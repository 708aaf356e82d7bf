#include "input/flag_values.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

#include "input/input.hpp"
#include "messages/errors.hpp"
#include "segment/error.hpp"

namespace segment::cli {

namespace {

using Kind = Schema::Kind;

constexpr std::size_t longest_names = 60;  // in the shape of an object

bool is_json(const Schema& type) {
  switch (type.kind()) {
    case Kind::boolean:
    case Kind::integer:
    case Kind::number:
    case Kind::text:
    case Kind::formatted_text:
      return false;
    default:
      return true;
  }
}

Schema one_of_them(const Schema& type) {
  return type.kind() == Kind::list ? *type.element() : type;
}

std::string shape_of(const Schema& type);

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

Json json_from(const std::string& flag, const Schema& type, const std::string& typed) {
  try {
    return parse_json(typed, flag);
  } catch (const Malformed& error) {
    if (type.kind() == Kind::any) throw;
    throw Malformed(error.what() + ("; it looks like '" + shape_of(type) + "'"));
  }
}

Json value_from(const std::string& flag, const Schema& type, const std::string& typed) {
  switch (type.kind()) {
    case Kind::boolean:
      if (typed != "true" && typed != "false") throw Malformed(flag + " must be true or false");
      return Json(typed == "true");
    case Kind::integer:
      return number_from<std::int64_t>(flag, typed, "a whole number");
    case Kind::number:
      return number_from<double>(flag, typed, "a number");
    case Kind::text:
      return Json(typed);
    case Kind::formatted_text:  // an id, a time, one of several words
      if (typed.empty()) throw Malformed(flag + " must not be empty");
      return Json(typed);
    default:
      return json_from(flag, type, typed);
  }
}

// There is only one way to give several values, a flag for each, so that none is ambiguous.
Json element_from(const std::string& flag, const Schema& type, const std::string& typed) {
  if (typed.empty()) throw Malformed(flag + " must not be empty");
  if (!is_json(type)) {
    if (typed.find(',') == std::string::npos) return value_from(flag, type, typed);
    throw Malformed(
        flag + " takes one value: repeat the flag for each, or read them from a file: " +
        "--from-file " + flag.substr(2) + "=FILE, which also takes values with a comma");
  }
  Json value = json_from(flag, type, typed);
  if (value.is_array() && type.kind() != Kind::list && type.kind() != Kind::any) {
    throw Malformed(flag +
                    " takes one object, not an array: repeat the flag for each, or read the " +
                    "array from a file: --from-file " + flag.substr(2) + "=FILE");
  }
  return value;
}

// A text file ends with a line break that does not belong to the text.
std::string without_last_line_break(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos;
}

// Each line of it would be sent as a value: brackets, quotes and all.
void refuse_json_array(const std::string& flag, std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  if (!text.starts_with('[')) return;
  try {
    static_cast<void>(Json::parse(text));
  } catch (const DecodeError&) {
    return;  // one or more values that begin like that
  }
  throw Malformed("the file for " + flag +
                  " is a JSON array; it takes one value per line, without brackets and quotes");
}

Json lines_from(const std::string& flag, const Schema& type, std::string_view text) {
  refuse_json_array(flag, text);
  Json list = Json::array();
  while (!text.empty()) {
    std::string line(text.substr(0, text.find('\n')));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    line = without_last_line_break(std::move(line));
    if (!is_blank(line)) list.push_back(value_from(flag, type, line));
  }
  if (list.empty())
    throw Malformed("the file for " + flag + " has no value: it takes one per line");
  return list;
}

std::string names_of(const Schema& type, std::string_view separator) {
  std::string names;
  if (type.values().empty()) return names;
  for (const std::string_view name : type.values()) {
    names.append(names.empty() ? "" : separator).append(name);
  }
  return names;
}

// The shape has what the API requires, because that must be typed.
std::string object_shape(const Schema& type) {
  std::string shape;
  for (const SchemaMember& member : type.members()) {
    if (!member.required) continue;
    shape.append(shape.empty() ? "" : ", ").append("\"").append(member.name).append("\": ");
    shape += shape_of(member.schema);
  }
  return "{" + (shape.empty() ? "..." : shape) + "}";
}

std::string alternatives_of(const Schema& type) {
  std::string shapes;
  for (const Schema& alternative : type.alternatives()) {
    shapes.append(shapes.empty() ? "" : " or ").append(shape_of(alternative));
  }
  return shapes;
}

std::string shape_of(const Schema& type) {
  switch (type.kind()) {
    case Kind::object:
      return object_shape(type);
    case Kind::list:
      return "[" + shape_of(*type.element()) + ", ...]";
    case Kind::map:
      return "{\"NAME\": " + shape_of(*type.element()) + ", ...}";
    case Kind::free_object:
      return "{...}";
    case Kind::one_of:
      return alternatives_of(type);
    case Kind::text:
    case Kind::formatted_text: {
      const std::string names = names_of(type, "|");
      const bool fits = !names.empty() && names.size() <= longest_names;
      return "\"" + (fits ? names : "TEXT") + "\"";
    }
    default:
      return std::string(placeholder_of(type));
  }
}

std::string optional_members(const Schema& type) {
  std::string names;
  for (const SchemaMember& member : type.members()) {
    if (!member.required) names.append(names.empty() ? "" : ", ").append(member.name);
  }
  return names;
}

std::string how_to_write_json(const Schema& type) {
  if (type.kind() == Kind::any) return "Any JSON.";
  const std::string shape = shape_of(type);
  const std::string optional = optional_members(type);
  std::string text = shape == "{...}" ? "A JSON object" : "As '" + shape + "'";
  if (!optional.empty()) text += "; optional: " + optional;
  return text + ".";
}

}  // namespace

Json value_of_flag(const std::string& flag, const Schema& type,
                   const std::vector<std::string>& typed) {
  if (type.kind() != Kind::list) return value_from(flag, type, typed.back());
  Json::Array list;
  for (const auto& one : typed) list.push_back(element_from(flag, *type.element(), one));
  return Json(std::move(list));
}

Json value_in_file(const std::string& flag, const Schema& type, const std::string& text) {
  if (type.kind() != Kind::list) return value_from(flag, type, without_last_line_break(text));
  const Schema element = *type.element();
  if (!is_json(element)) return lines_from(flag, element, text);
  Json value = json_from(flag, element, text);
  return value.is_array() ? value : Json::array({std::move(value)});
}

std::string_view placeholder_of(const Schema& type) {
  switch (one_of_them(type).kind()) {
    case Kind::boolean:
      return "true|false";
    case Kind::integer:
      return "INTEGER";
    case Kind::number:
      return "NUMBER";
    case Kind::text:
    case Kind::formatted_text:
      return "TEXT";
    default:
      return "JSON";
  }
}

std::string how_to_write(const Schema& type, bool by_file) {
  const Schema value = one_of_them(type);
  std::string text = is_json(value) ? how_to_write_json(value) : names_of(value, ", ");
  if (!is_json(value) && !text.empty()) text = "One of: " + text + ".";
  if (type.kind() == Kind::list)
    text.append(text.empty() ? "" : " ") +=
        by_file ? "Repeat the flag for each, or use --from-file." : "Repeat the flag for each.";
  return text;
}

}  // namespace segment::cli
