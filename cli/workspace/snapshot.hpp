#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "segment/types/json.hpp"
#include "workspace/kinds.hpp"

namespace segment::cli::workspace {

/// A thing in a workspace, or in a file that describes one.
struct Thing {
  const Kind* kind = nullptr;
  /// The API's id, or the one that a file gives it; otherwise made from what identifies it.
  std::string id{};
  /// The id of its parent.
  std::string parent{};
  /// The members that its kind compares, as far as they are known. References are ids of the same
  /// snapshot, or what the file says if it contains no such thing.
  Json members = Json::object();
  /// The name of its entry in the catalog, for people.
  std::string catalog_name{};
  /// Of a function: the entry of the catalog that it makes.
  std::string catalog_id{};
  /// Of a function: whether its latest code is deployed.
  bool is_deployed = true;
};

/// What a workspace contains at one moment, or what a file says that it should contain.
///
/// Copying: deep. Cost: the things. Thread safety: as a container.
class Snapshot {
 public:
  /// \param names_everything whether a missing member has no value in the workspace, as in an
  ///        export; otherwise nothing is known about it.
  Snapshot(std::string origin, bool names_everything)
      : origin_(std::move(origin)), names_everything_(names_everything) {}

  /// Where it comes from, for messages.
  [[nodiscard]] const std::string& origin() const noexcept { return origin_; }
  [[nodiscard]] bool names_everything() const noexcept { return names_everything_; }

  void add(Thing thing);
  /// Notes that a list is present, and therefore complete.
  void cover(const Kind& kind, const std::string& parent) { covered_[&kind].insert(parent); }

  /// In their original order.
  [[nodiscard]] const std::vector<Thing>& of(const Kind& kind) const;
  /// The thing with this id, otherwise the first with this name; null if there is none, or no such
  /// kind.
  [[nodiscard]] const Thing* find(std::string_view kind, std::string_view text) const;
  [[nodiscard]] const Thing* with_id(std::string_view kind, std::string_view id) const;
  /// Whether several have this name, so that it says nothing about which one is meant.
  [[nodiscard]] bool is_ambiguous(std::string_view kind, std::string_view text) const;
  /// The function that makes this entry of the catalog.
  [[nodiscard]] const Thing* function_of(std::string_view catalog_id) const;

  /// Whether it contains any list of this kind, and the one below this thing.
  [[nodiscard]] bool covers(const Kind& kind) const { return covered_.contains(&kind); }
  [[nodiscard]] bool covers(const Kind& kind, const std::string& parent) const;

  /// What people call a thing: `website / Product analytics`.
  [[nodiscard]] std::string title_of(const Thing& thing) const;

  std::string workspace_id{};
  /// Whether it was just read from a workspace.
  bool is_live = false;
  /// Lists that could not be fetched, by operation, and why: `was answered with 403`.
  std::map<std::string, std::string> skipped{};
  /// Who is in the workspace or invited, in lower case; nothing if that is unknown.
  std::optional<std::set<std::string>> people{};

 private:
  [[nodiscard]] std::string title_of(std::string_view kind, const std::string& id) const;

  std::string origin_;
  bool names_everything_;
  std::map<const Kind*, std::vector<Thing>> things_;
  std::map<std::string, std::size_t, std::less<>> places_;  // by kind and id
  std::map<const Kind*, std::set<std::string>> covered_;
};

/// The id of the thing that its list is below; empty if it is a list of the workspace.
[[nodiscard]] std::string id_above(const Thing& thing);

/// A text member of a thing; empty if it has none.
[[nodiscard]] std::string text_of(const Thing& thing, std::string_view member);

}  // namespace segment::cli::workspace
