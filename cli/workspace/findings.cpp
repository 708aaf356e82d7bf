#include "workspace/findings.hpp"

#include <set>

#include "operations/catalog.hpp"
#include "segment/schema.hpp"

namespace segment::cli::workspace {

namespace {

Schema schema_of(const Kind& kind) {
  const Operation& call = find_call(kind.described_by.empty() ? kind.list : kind.described_by);
  const auto list = list_in_result(call);
  return list ? *list->schema.element() : result_schema(call)->members().front().schema;
}

// Names may be alike, slugs may not.
std::string repeated_in(const Kind& kind, const std::vector<Thing>& things) {
  const auto refusal = [&](const std::string& what, const std::string& text) {
    return "more than one " + std::string(kind.name) + " has the " + what + " " + text;
  };
  std::set<std::string> ids;
  std::set<std::string> slugs;
  for (const Thing& thing : things) {
    if (!ids.insert(thing.id).second) return refusal("id", thing.id);
    if (kind.called_by != "slug") continue;
    const std::string slug = text_of(thing, "slug");
    if (!slugs.insert(slug).second) return refusal("slug", slug);
  }
  return {};
}

}  // namespace

std::string repeated_in(const Snapshot& snapshot) {
  for (const Kind& kind : kinds()) {
    if (!kind.has_id) continue;
    std::string found = repeated_in(kind, snapshot.of(kind));
    if (!found.empty()) return found;
  }
  return {};
}

bool is_taken_by_create(const Kind& kind, std::string_view member) {
  if (!kind.is_written()) return false;
  const auto body = body_schema(find_call(kind.create));
  return body && body->member(member).has_value();
}

std::vector<JsonFinding> findings_in(const Kind& kind, const Json& item) {
  return item.is_object() ? schema_of(kind).problems(item) : std::vector<JsonFinding>();
}

}  // namespace segment::cli::workspace
