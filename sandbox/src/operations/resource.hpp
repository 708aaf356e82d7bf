#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/call.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// A kind of resource that is created, read, updated and deleted by id: what the five handlers
/// below need to know. Most groups consist of one of these and a few hooks.
struct Resource {
  std::string_view collection;
  /// For people and for the audit trail: `source`.
  std::string_view what;
  /// The member with the id of its parent, which is then the path's first parameter, with its own
  /// id as the last. Empty: it has no parent.
  std::string_view parent = {};
  /// How a stored item looks in a response. Null: as it is stored.
  Json (*shown)(World& world, const Json& kept) = nullptr;
  /// Its name in the audit trail. Null: its `name`, otherwise its id.
  std::string (*title)(const Json& kept) = nullptr;
};

/// The stored item that the path names; 404 if there is none.
Json& kept(Call& call, const Resource& resource);
/// The one with this id; 404 if there is none.
Json& kept(World& world, const Resource& resource, std::string_view id);

[[nodiscard]] Json shown(World& world, const Resource& resource, const Json& thing);

/// Records for the audit trail what a call changed.
void touch(Call& call, const Resource& resource, const Json& thing);

/// Called with the item that is about to be stored; may throw a Refusal.
using Fill = std::function<void(Call&, Json& fresh)>;
/// Called with a copy that replaces the stored item afterwards; may throw a Refusal.
using Change = std::function<void(Call&, Json& thing)>;
/// Called after an item was deleted, with everything that belonged to it (state/ties.hpp).
using Gone = std::function<void(Call&, const Json& thing)>;

[[nodiscard]] Handler list_all(const Resource& resource);
[[nodiscard]] Handler get_one(const Resource& resource);
/// The stored item has an `id`, the parent's id, and what `fill` adds from the body. Without
/// `fill`: an example of the response with the body's members.
[[nodiscard]] Handler create_one(const Resource& resource, Fill fill = nullptr);
/// Without `change`: the body's members replace the item's.
[[nodiscard]] Handler update_one(const Resource& resource, Change change = nullptr);
[[nodiscard]] Handler remove_one(const Resource& resource, Gone gone = nullptr);

/// The same handler, preceded by a 404 if the resource at the start of the path does not exist:
/// this comes before a 404 for what is below it.
[[nodiscard]] Handler below(const Resource& resource, Handler inner);

/// For an operation with a version that is a separate method with separate types.
///
/// \param own carries out that version, `other` the rest.
[[nodiscard]] Handler in_version(ApiVersion version, Handler own, Handler other);

/// Replaces the item's members by the body's, except for `settings`: those are merged, and a null
/// removes a key. A null member is removed.
void merge_body(const Call& call, Json& thing);

}  // namespace segment::inline SEGMENT_ABI::sandbox
