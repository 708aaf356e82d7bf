#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segment/types/json.hpp"
#include "workspace/snapshot.hpp"

namespace segment::cli::workspace {

/// Turns the ids of one snapshot, what is wanted, into those of another, what is present. It learns
/// ids as things are matched and created.
///
/// Copying: a value; both snapshots outlive it. Thread safety: as a container.
class References {
 public:
  using Key = std::pair<std::string, std::string>;  // kind and wanted id

  References(const Snapshot& wanted, const Snapshot& present)
      : wanted_(&wanted), present_(&present) {}

  void add(std::string_view kind, const std::string& wanted, const std::string& present);

  /// Members with the ids of what is present.
  struct Translated {
    Json members;
    /// Why it cannot be written now: `source web is neither in shop.json nor in the workspace`.
    std::vector<std::string> missing{};
    /// What neither side has: `there is no source wbe in shop.json or the workspace`.
    std::vector<std::string> dangling{};
  };
  [[nodiscard]] Translated translate(const Thing& thing) const;

  /// The present id for a wanted one. For a thing that is yet to be created, a text that is not an
  /// id; for one that does not exist at all, an empty text.
  [[nodiscard]] std::string find(std::string_view kind, const std::string& id) const;

  /// What is wrong with an id or a name that neither side has, with the nearest name; empty if one
  /// of them has it, or if it is unknown what the workspace has.
  [[nodiscard]] std::string why_dangling(std::string_view kind, const std::string& id) const;

  /// Notes that a thing will not be created, so that what refers to it cannot be created either.
  void give_up(const Thing& thing) { given_up_.emplace(thing.kind->name, thing.id); }

  [[nodiscard]] const auto& ids() const noexcept { return ids_; }

 private:
  void translate(std::string_view kind, Json& id, Translated& translated) const;
  void translate_permissions(Json& permissions, Translated& translated) const;
  [[nodiscard]] bool is_given_up(std::string_view kind, std::string_view id) const;

  const Snapshot* wanted_;
  const Snapshot* present_;
  std::map<Key, std::string> ids_{};
  std::set<Key> given_up_{};
};

}  // namespace segment::cli::workspace
