#include "workspace/findings.hpp"

#include "operations/catalog.hpp"
#include "segment/schema.hpp"

namespace segment::cli::workspace {

namespace {

Schema schema_of(const Kind& kind) {
  const Operation& call = find_call(kind.described_by.empty() ? kind.list : kind.described_by);
  const auto list = list_in_result(call);
  return list ? *list->schema.element() : result_schema(call)->members().front().schema;
}

}  // namespace

std::vector<JsonFinding> findings_in(const Kind& kind, const Json& item) {
  return item.is_object() ? schema_of(kind).problems(item) : std::vector<JsonFinding>();
}

}  // namespace segment::cli::workspace
