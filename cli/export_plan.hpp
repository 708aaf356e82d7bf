#pragma once

#include <string>
#include <vector>

#include "call/call_table.hpp"
#include "segment/types/json.hpp"

namespace segment::cli {

/// One operation that an export calls.
struct ExportStep {
  const detail::CallTable* call;
  /// The list whose every item's id goes into the path; null: the path has no parameter.
  const detail::CallTable* parent = nullptr;
  /// The queries to call it with; none: it cannot be called, for it needs what only people know.
  std::vector<Json> queries{};
  /// Why there are no queries.
  std::string lacks{};
};

/// All that can be read of a workspace without knowing anything of it: what needs no path
/// parameter, then what lies directly below an item of such a list. The catalog is Segment's, not
/// the workspace's, and the test call is nobody's.
[[nodiscard]] std::vector<ExportStep> export_plan();

}  // namespace segment::cli
