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
  /// The queries to call it with; none: it cannot be called, because it needs something that only
  /// people know.
  std::vector<Json> queries{};
  /// Why there are no queries.
  std::string lacks{};
  /// Whether the document contains what it returns; otherwise it is called only for its ids.
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

/// Everything that can be read from a workspace without knowing anything about it: what needs no
/// path parameter, then what is directly below an item of such a list. The catalog belongs to
/// Segment, not to the workspace, and the test call to neither.
///
/// \throws Malformed for a name that nothing in an export has.
[[nodiscard]] std::vector<ExportStep> export_plan(const ExportChoice& choice = {});

}  // namespace segment::cli
