#include "workspace/findings.hpp"

#include "input/input.hpp"
#include "operations/catalog.hpp"
#include "segment/schema.hpp"

namespace segment::cli::workspace {

namespace {

Schema schema_of(const Kind& kind) {
  const Operation& call = find_call(kind.described_by.empty() ? kind.list : kind.described_by);
  const auto list = list_in_result(call);
  return list ? *list->schema.element() : result_schema(call)->members().front().schema;
}

// Lists below something stand by its id.
// NOLINTNEXTLINE(misc-no-recursion)
void add_misspelt(const Kind& kind, const Json& value, const std::string& where,
                  std::vector<std::string>& found, bool is_item = false) {
  if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      add_misspelt(kind, value.at(i), where + "." + std::to_string(i), found, true);
    }
    return;
  }
  if (!value.is_object()) return;
  if (!is_item) {
    for (const auto& [name, below] : value.as_object()) {
      add_misspelt(kind, below, where + "." + name, found, kind.is_single);
    }
    return;
  }
  for (const JsonFinding& finding : findings_in(kind, value)) {
    if (finding.kind != JsonFinding::Kind::unknown_member || finding.meant.empty()) continue;
    found.push_back(where + "." + dotted(finding.pointer) +
                    " is unknown and ignored (did you mean " + finding.meant + "?)");
  }
}

}  // namespace

std::vector<JsonFinding> findings_in(const Kind& kind, const Json& item) {
  return item.is_object() ? schema_of(kind).problems(item) : std::vector<JsonFinding>();
}

std::vector<std::string> misspelt_in(const Json& document) {
  std::vector<std::string> found;
  const Json* data = document.find("data");
  if (data == nullptr || !data->is_object()) return found;
  for (const Kind& kind : kinds()) {
    const Json* list = data->find(kind.list);
    if (list != nullptr) add_misspelt(kind, *list, std::string(kind.list), found);
  }
  return found;
}

}  // namespace segment::cli::workspace
