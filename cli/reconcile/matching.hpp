#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "reconcile/references.hpp"
#include "workspace/snapshot.hpp"

namespace segment::cli::workspace {

/// An id that an earlier run recorded; nothing if there is none.
using KnownId =
    std::function<std::optional<std::string>(std::string_view kind, const std::string& wanted)>;

/// Which wanted thing is which present thing: by the ids that were recorded, otherwise, in an
/// export of the same workspace, by the same id, which finds what was renamed, otherwise by slug,
/// name, kind and parent. If it is unknown whether the workspace is the same, equal ids come last.
class Matching {
 public:
  Matching(const Snapshot& wanted, const Snapshot& present, const KnownId& known);

  /// Null: it is to be created.
  [[nodiscard]] const Thing* present_for(const Thing& wanted) const;
  /// Null: nothing wants it.
  [[nodiscard]] const Thing* wanted_for(const Thing& present) const;
  [[nodiscard]] const References& references() const noexcept { return references_; }

 private:
  void match_by_id(const Kind& kind, const KnownId& known);
  void match_by_name(const Kind& kind);
  void pair(const Thing& wanted, const Thing& present);
  [[nodiscard]] bool is_free(const Thing* present, const Thing& wanted) const;
  [[nodiscard]] std::string key_of(const Thing& wanted) const;

  const Snapshot& wanted_;
  const Snapshot& present_;
  References references_;
  std::map<const Thing*, const Thing*> present_for_;
  std::map<const Thing*, const Thing*> wanted_for_;
};

}  // namespace segment::cli::workspace
