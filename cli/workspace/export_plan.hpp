#pragma once

#include <string>
#include <vector>

#include "segment/operation.hpp"
#include "segment/types/json.hpp"

namespace segment::cli {

/// One operation that an export calls.
struct ExportStep {
  const Operation* call;
  /// The list whose every item's id goes into the path; null: the path has no parameter.
  const Operation* parent = nullptr;
  /// The queries to call it with; none: it cannot be called, for it needs what only people know.
  std::vector<Json> queries{};
  /// Why there are no queries.
  std::string lacks{};
  /// Whether what it returns stands in the document: else it is called for the ids below it alone.
  bool is_wanted = true;
};

/// Which part of a workspace is exported: each name is that of an operation, `listSources`, or of a
/// group of them, `tracking-plans`.
struct ExportChoice {
  std::vector<std::string> only{};  // empty: everything
  std::vector<std::string> skip{};
};

/// The names that choose all or a part of an export, first those of the groups.
[[nodiscard]] std::vector<std::string> names_in_exports();

/// All that can be read of a workspace without knowing anything of it: what needs no path
/// parameter, then what lies directly below an item of such a list. The catalog is Segment's, not
/// the workspace's, and the test call is nobody's.
///
/// \throws Malformed for a name that nothing in the export has.
[[nodiscard]] std::vector<ExportStep> export_plan(const ExportChoice& choice = {});

}  // namespace segment::cli
