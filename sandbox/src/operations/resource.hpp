#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/call.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// A kind of thing that is created, read, changed and deleted under an id: what the five handlers
/// below must know of it. Groups are mostly made of one of these and a few hooks.
struct Resource {
  std::string_view collection;
  /// For people and for the audit trail: `source`.
  std::string_view what;
  /// The member that holds the id of the thing it belongs to, which is then the path's first
  /// parameter and its own id the last. Empty: it stands on its own.
  std::string_view parent = {};
  /// How a kept thing looks in an answer. Null: as it is kept.
  Json (*shown)(World& world, const Json& kept) = nullptr;
  /// What it is called in the audit trail. Null: its `name`, else its id.
  std::string (*title)(const Json& kept) = nullptr;
};

/// The kept thing that the path names; 404 where there is none.
Json& kept(Call& call, const Resource& resource);
/// The one of this id; 404 where there is none.
Json& kept(World& world, const Resource& resource, std::string_view id);

[[nodiscard]] Json shown(World& world, const Resource& resource, const Json& thing);

/// Says for the audit trail what a call changed.
void touch(Call& call, const Resource& resource, const Json& thing);

/// Called with the thing that is about to be kept; may throw a Refusal.
using Fill = std::function<void(Call&, Json& fresh)>;
/// Called with a copy that takes the kept thing's place afterwards; may throw a Refusal.
using Change = std::function<void(Call&, Json& thing)>;
/// Called when a thing is gone, and with it what belonged to it (state/ties.hpp).
using Gone = std::function<void(Call&, const Json& thing)>;

[[nodiscard]] Handler list_all(const Resource& resource);
[[nodiscard]] Handler get_one(const Resource& resource);
/// What is kept has an `id`, the parent's id, and what `fill` makes of the body. Without `fill`: an
/// example of the answer that has the body's members.
[[nodiscard]] Handler create_one(const Resource& resource, Fill fill = nullptr);
/// Without `change`: the body's members take the place of the thing's.
[[nodiscard]] Handler update_one(const Resource& resource, Change change = nullptr);
[[nodiscard]] Handler remove_one(const Resource& resource, Gone gone = nullptr);

/// The same handler behind a 404 where the thing does not exist that the path begins with: it comes
/// before one for what lies below it.
[[nodiscard]] Handler below(const Resource& resource, Handler inner);

/// For an operation of which a version is a method of its own, with types of its own.
///
/// \param own carries out that version, `other` the rest.
[[nodiscard]] Handler in_version(ApiVersion version, Handler own, Handler other);

/// Puts the body's members in the place of the thing's, but for `settings`: those are merged, and a
/// null takes a key away. A null member is taken away.
void merge_body(const Call& call, Json& thing);

}  // namespace segment::inline SEGMENT_ABI::sandbox
