#include "operations/describe_operation.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "operations/catalog.hpp"
#include "operations/sentences.hpp"
#include "segment/schema.hpp"
#include "terminal/columns.hpp"

namespace segment::cli {

namespace {

using Kind = Schema::Kind;

// A filter contains filters: below some depth, repeating that says nothing new.
constexpr std::size_t deepest = 6;
constexpr std::size_t text_width = 80;

std::string versions_text(const Operation& operation) {
  std::string text;
  for (const ApiVersion version : operation.versions) {
    text += (text.empty() ? "" : ", ") + std::string(to_string(version));
  }
  return text;
}

std::string kind_of(const Schema& type) {
  switch (type.kind()) {
    case Kind::list:
      return "array of " + kind_of(*type.element());
    case Kind::map:
      return "object of " + kind_of(*type.element());
    case Kind::object:
      return "object";
    case Kind::one_of: {
      std::string text = "one of";
      for (const Schema& alternative : type.alternatives()) {
        text += (text == "one of" ? " " : ", ") + std::string(alternative.name());
      }
      return text;
    }
    default:
      break;
  }
  std::string text(type.name());
  const char* separator = ": ";
  for (const std::string_view value : type.values()) {
    text.append(std::exchange(separator, " | ")).append(value);
  }
  return text;
}

// The object whose members are listed below a member, if it has one.
std::optional<Schema> object_in(const Schema& type) {
  if (type.kind() == Kind::object) return type;
  const std::optional<Schema> element = type.element();
  return element ? object_in(*element) : std::nullopt;
}

// Its name and what it is, and below them a sentence if there is one.
void append_member(std::string& out, std::size_t indent, std::string_view name,
                   std::string_view what, std::string_view sentence) {
  out.append(indent, ' ').append(name).append("  ");
  out += wrapped(what, text_width, indent + 4, indent + name.size() + 2) + '\n';
  if (sentence.empty()) return;
  out.append(indent + 4, ' ') += wrapped(sentence, text_width, indent + 4, indent + 4) + '\n';
}

enum class Direction : std::uint8_t { given, returned };

void append_members(std::string& out, const Schema& type, Direction direction,
                    std::size_t depth = 1) {
  for (const SchemaMember& member : type.members()) {
    std::string text = kind_of(member.schema);
    if (member.required && direction == Direction::given) text += ", required";
    if (member.nullable) text += ", may be null";
    append_member(out, 2 * depth, member.name, text, sentence_of(type.name(), member.name));
    const std::optional<Schema> object = object_in(member.schema);
    if (object && depth < deepest) append_members(out, *object, direction, depth + 1);
  }
}

void append_part(std::string& out, std::string_view title, const std::optional<Schema>& type,
                 Direction direction) {
  if (!type) return;
  out.append("\n").append(title).append(":\n");
  append_members(out, *type, direction);
}

// Those of one command, on one line.
void append_other_versions(std::string& out, const Operation& operation) {
  const auto others = operation.other_versions;
  for (std::size_t i = 0; i < others.size(); ++i) {
    const std::string command = command_of(others[i]);
    const bool is_last = i + 1 == others.size() || command_of(others[i + 1]) != command;
    out += std::string(to_string(others[i].version));
    out += is_last ? ": see " + command + '\n' : ", ";
  }
}

void append_facts(std::string& out, const Operation& operation) {
  out += "versions: " + versions_text(operation) + '\n';
  append_other_versions(out, operation);
  if (operation.preview) out += "a preview: not released yet, it may change or disappear\n";
  if (!operation.deprecated.empty()) {
    out += "deprecated: " + std::string(operation.deprecated) + '\n';
  }
  const std::string limit = limit_text(operation.rate_limit);
  if (!limit.empty()) out += "limit: " + limit + '\n';
  if (!operation.required_feature.empty()) {
    out += "needs: " + std::string(operation.required_feature) + '\n';
  }
  if (const auto most = max_page_size(operation)) {
    out += "a list in pages of at most " + std::to_string(*most) + '\n';
  }
  out += operation.idempotent ? "idempotent: retried after a failure\n"
                              : "not idempotent: not retried if it may have taken effect\n";
}

}  // namespace

std::string operation_text(const Operation& operation) {
  std::string out(operation.id);
  out += "\n  " + wrapped(sentence_of(operation), text_width, 2, 2);
  out.append("\n\n  ").append(to_string(operation.method)).append(" ").append(operation.path);
  out += "\n  " + command_of(operation) + "\n\n";
  append_facts(out, operation);
  const auto names = path_parameters(operation);
  if (!names.empty()) out += "\npath:\n";
  for (const std::string_view name : names) {
    append_member(out, 2, name, "string, required", sentence_of(operation.id, name));
  }
  append_part(out, "query", query_schema(operation), Direction::given);
  append_part(out, "body", body_schema(operation), Direction::given);
  append_part(out, "returns", result_schema(operation), Direction::returned);
  if (!result_schema(operation)) out += "\nreturns nothing\n";
  return out;
}

Json operation_json(const Operation& operation) {
  Json::Array versions;
  for (const ApiVersion version : operation.versions) versions.emplace_back(to_string(version));
  Json json = Json::object({{"id", operation.id},
                            {"group", operation.group},
                            {"name", operation.name},
                            {"summary", sentence_of(operation)},
                            {"verb", to_string(operation.method)},
                            {"path", operation.path},
                            {"versions", Json(std::move(versions))},
                            {"preview", operation.preview},
                            {"idempotent", operation.idempotent},
                            {"paged", max_page_size(operation).has_value()}});
  const std::string limit = limit_text(operation.rate_limit);
  if (!limit.empty()) json["limit"] = limit;
  if (!operation.required_feature.empty()) json["requires"] = operation.required_feature;
  if (!operation.deprecated.empty()) json["deprecated"] = operation.deprecated;
  return json;
}

}  // namespace segment::cli
