#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "segment/types/json.hpp"
#include "state/collection.hpp"
#include "state/ids.hpp"
#include "state/names.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// Pairs of ids: for example, which source fills which warehouse.
using Links = std::set<std::pair<std::string, std::string>>;

/// Everything in a workspace, under the names in names.hpp. Not thread-safe.
class World {
 public:
  /// An empty workspace, with the catalog and the labels that every workspace starts with.
  World();

  [[nodiscard]] const Json& workspace() const noexcept { return workspace_; }
  [[nodiscard]] std::string workspace_id() const { return workspace_.at("id").as_string(); }

  /// Created if there is none of this name yet.
  [[nodiscard]] Collection& collection(std::string_view name);
  [[nodiscard]] Links& links(std::string_view name);
  [[nodiscard]] Ids& ids() noexcept { return ids_; }

 private:
  Json workspace_;
  std::map<std::string, Collection, std::less<>> collections_;
  std::map<std::string, Links, std::less<>> links_;
  Ids ids_;
};

/// Fills the catalog.
void fill_catalog(World& world);

}  // namespace segment::inline SEGMENT_ABI::sandbox
