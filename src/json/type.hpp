#pragma once

// The tables that JSON is read and written by: one constant Type for each C++ type in a response or
// a request. They are made in describe_members.hpp.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "segment/detail/describe.hpp"

namespace segment::inline SEGMENT_ABI::detail {

enum class Kind : std::uint8_t {
  boolean,      // bool
  integer,      // std::int64_t
  number,       // double
  text,         // std::string
  text_like,    // anything that is one text to the API: ids, timestamps, enums, secrets
  any,          // Json of any kind
  free_object,  // Json that is an object
  object,       // a struct of the API
  list,         // std::vector
  map,          // std::map by name
  one_of,       // std::variant of structs, Json last
};

/// How a member represents that it is absent or null. A base is what the struct derives from; it is
/// plain.
enum class Presence : std::uint8_t { plain, base, required, optional, nullable };

struct Type;

/// Accesses std::optional and Nullable members, whatever they hold.
struct Wrapper {
  void* (*emplace)(void* member);
  const void* (*get)(const void* member);  // null: no value
  void (*reset)(void* member);             // back to absent
  void (*set_null)(void* member);          // null: there is no such state
  bool (*is_null)(const void* member);     // null: there is no such state
};

struct Member {
  std::string_view name;
  std::size_t offset;
  const Type* type;
  Presence presence;
  /// Whether the API's description promises it in a response, or requires it in a request.
  bool promised;
  const Wrapper* wrapper;  // for optional and nullable
};

struct TextOps {
  std::string_view (*view)(const void* value);
  void (*assign)(void* value, std::string_view text);
  /// The API's values for an open enum; otherwise empty.
  std::span<const std::string_view> names;
};

struct ListOps {
  std::size_t (*size)(const void* list);
  const void* (*at)(const void* list, std::size_t index);
  void* (*append)(void* list);
  void (*clear)(void* list);
  std::size_t element_size;
};

/// The capacity that a full list grows to.
[[nodiscard]] constexpr std::size_t grown(std::size_t size) noexcept {
  return size < 2 ? 4 : 2 * size;  // growing from one would move the first elements three times
}

struct MapOps {
  void* (*insert)(void* map, std::string_view name);
  void (*erase)(void* map, std::string_view name);
  void (*clear)(void* map);
  /// Calls `visit(context, name, value)` for each entry, in the order of the names.
  void (*each)(const void* map, void* context,
               void (*visit)(void* context, std::string_view name, const void* value));
  std::size_t entry_size;
};

struct OneOfOps {
  std::span<const Type* const> alternatives;
  /// The index of the alternative in use; the number of alternatives for the free form.
  std::size_t (*active)(const void* value);
  const void* (*get)(const void* value);
  void* (*emplace)(void* value, std::size_t alternative);
};

struct Type {
  Kind kind;
  std::string_view name{};
  std::span<const Member> members{};
  const Type* element = nullptr;  // of a list or a map
  const TextOps* text = nullptr;
  const ListOps* list = nullptr;
  const MapOps* map = nullptr;
  const OneOfOps* one_of = nullptr;
};

/// The member's value; null if it has none.
[[nodiscard]] inline const void* value_of(const Member& member, const void* object) {
  const void* place = static_cast<const char*>(object) + member.offset;
  return member.wrapper != nullptr ? member.wrapper->get(place) : place;
}

/// Where a member's value goes, which is made first if the member is absent or null.
[[nodiscard]] inline void* place_of(const Member& member, void* object) {
  void* place = static_cast<char*>(object) + member.offset;
  return member.wrapper != nullptr ? member.wrapper->emplace(place) : place;
}

}  // namespace segment::inline SEGMENT_ABI::detail
