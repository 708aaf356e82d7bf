#pragma once

// The tables that JSON is read and written by: one constant Type for each C++ type that stands in an
// answer or a request. Everything in here is constant-initialised data plus a few tiny functions, so
// that a new type of the API costs a table and no code of its own.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "segment/detail/describe.hpp"
#include "segment/id.hpp"
#include "segment/json.hpp"
#include "segment/nullable.hpp"
#include "segment/open_enum.hpp"
#include "segment/required.hpp"
#include "segment/secret.hpp"
#include "segment/timestamp.hpp"

namespace segment::detail {

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

/// How a member says that nothing came, or that null came.
enum class Presence : std::uint8_t { plain, required, optional, nullable };

struct Type;

/// Opens std::optional and Nullable members, whatever they hold.
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
  /// Whether the API's description promises it in an answer, or insists on it in a request.
  bool promised;
  const Wrapper* wrapper;  // for optional and nullable
};

struct TextOps {
  std::string_view (*view)(const void* value);
  void (*assign)(void* value, std::string_view text);
  /// The API's texts, for an open enum; else empty.
  std::span<const std::string_view> names;
};

struct ListOps {
  std::size_t (*size)(const void* list);
  const void* (*at)(const void* list, std::size_t index);
  void* (*append)(void* list);
  void (*clear)(void* list);
};

struct MapOps {
  void* (*insert)(void* map, std::string_view name);
  void (*clear)(void* map);
  /// Calls `visit(context, name, value)` for each entry, in the order of the names.
  void (*each)(const void* map, void* context,
               void (*visit)(void* context, std::string_view name, const void* value));
};

struct OneOfOps {
  std::span<const Type* const> alternatives;
  /// The alternative in use; as many as there are for the free form.
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

// The types that are not structs of the API.

template <>
struct Describe<bool> {
  static constexpr Type type{.kind = Kind::boolean, .name = "boolean"};
};
template <>
struct Describe<std::int64_t> {
  static constexpr Type type{.kind = Kind::integer, .name = "integer"};
};
template <>
struct Describe<double> {
  static constexpr Type type{.kind = Kind::number, .name = "number"};
};
template <>
struct Describe<std::string> {
  static constexpr Type type{.kind = Kind::text, .name = "string"};
};
template <>
struct Describe<Json> {
  static constexpr Type type{.kind = Kind::any, .name = "any"};
};

/// Stands for a Json that has to be an object.
struct FreeObject;
template <>
struct Describe<FreeObject> {
  static constexpr Type type{.kind = Kind::free_object, .name = "object"};
};

template <class Text>
std::string_view text_of(const Text& value) {
  if constexpr (std::is_base_of_v<Secret, Text>) {
    return value.reveal();
  } else {
    return value.text();
  }
}

template <class Text>
struct DescribeText {
  static std::string_view view(const void* value) {
    return text_of(*static_cast<const Text*>(value));
  }
  static void assign(void* value, std::string_view text) {
    if constexpr (requires { Text(text); }) {
      *static_cast<Text*>(value) = Text(text);
    } else {
      *static_cast<Text*>(value) = Text(std::string(text));
    }
  }
  static constexpr std::span<const std::string_view> names() {
    if constexpr (requires { Text::names; }) {
      return Text::names;
    } else {
      return {};
    }
  }
  static constexpr TextOps ops{&view, &assign, names()};
  static constexpr Type type{.kind = Kind::text_like, .name = "string", .text = &ops};
};

template <class Tag>
struct Describe<Id<Tag>> : DescribeText<Id<Tag>> {};
template <>
struct Describe<Timestamp> : DescribeText<Timestamp> {};
template <>
struct Describe<WriteKey> : DescribeText<WriteKey> {};
template <class T>
  requires requires { T::names; }  // an OpenEnum
struct Describe<T> : DescribeText<T> {};

template <class T>
struct Describe<std::vector<T>> {
  using List = std::vector<T>;
  static std::size_t size(const void* list) { return static_cast<const List*>(list)->size(); }
  static const void* at(const void* list, std::size_t index) {
    return &(*static_cast<const List*>(list))[index];
  }
  static void* append(void* list) {
    return &static_cast<List*>(list)->emplace_back(detail::empty<T>());
  }
  static void clear(void* list) { static_cast<List*>(list)->clear(); }
  static constexpr ListOps ops{&size, &at, &append, &clear};
  static constexpr Type type{
      .kind = Kind::list, .name = "array", .element = &Describe<T>::type, .list = &ops};
};

template <class T>
struct Describe<std::map<std::string, T>> {
  using Map = std::map<std::string, T>;
  static void* insert(void* map, std::string_view name) {
    return &static_cast<Map*>(map)->insert_or_assign(std::string(name), detail::empty<T>())
                .first->second;
  }
  static void clear(void* map) { static_cast<Map*>(map)->clear(); }
  static void each(const void* map, void* context,
                   void (*visit)(void*, std::string_view, const void*)) {
    for (const auto& [name, value] : *static_cast<const Map*>(map)) visit(context, name, &value);
  }
  static constexpr MapOps ops{&insert, &clear, &each};
  static constexpr Type type{
      .kind = Kind::map, .name = "object", .element = &Describe<T>::type, .map = &ops};
};

template <class... Alternatives>
struct Describe<std::variant<Alternatives...>> {
  using OneOf = std::variant<Alternatives...>;
  static constexpr std::size_t count = sizeof...(Alternatives);  // Json, the last, included

  static std::size_t active(const void* value) { return static_cast<const OneOf*>(value)->index(); }
  static const void* get(const void* value) {
    return std::visit([](const auto& held) -> const void* { return &held; },
                      *static_cast<const OneOf*>(value));
  }
  template <std::size_t... Index>
  static void* emplace_at(OneOf& value, std::size_t wanted, std::index_sequence<Index...>) {
    void* place = nullptr;
    ((wanted == Index
          ? void(place = &value.template emplace<Index>(
                     detail::empty<std::variant_alternative_t<Index, OneOf>>()))
          : void()),
     ...);
    return place;
  }
  static void* emplace(void* value, std::size_t wanted) {
    return emplace_at(*static_cast<OneOf*>(value), wanted, std::make_index_sequence<count>{});
  }
  static constexpr const Type* every[] = {&Describe<Alternatives>::type...};
  static constexpr OneOfOps ops{
      std::span<const Type* const>(every).first(count - 1), &active, &get, &emplace};
  static constexpr Type type{.kind = Kind::one_of, .name = "one of several", .one_of = &ops};
};

// Members.

template <class T>
struct OptionalWrapper {
  static void* emplace(void* member) {
    return &static_cast<std::optional<T>*>(member)->emplace(detail::empty<T>());
  }
  static const void* get(const void* member) {
    const auto& optional = *static_cast<const std::optional<T>*>(member);
    return optional ? &*optional : nullptr;
  }
  static void reset(void* member) { static_cast<std::optional<T>*>(member)->reset(); }
  static constexpr Wrapper ops{&emplace, &get, &reset, nullptr, nullptr};
};

template <class T>
struct NullableWrapper {
  static void* emplace(void* member) {
    return &static_cast<Nullable<T>*>(member)->emplace(detail::empty<T>());
  }
  static const void* get(const void* member) {
    const auto& nullable = *static_cast<const Nullable<T>*>(member);
    return nullable.has_value() ? &*nullable : nullptr;
  }
  static void reset(void* member) { static_cast<Nullable<T>*>(member)->reset(); }
  static void set_null(void* member) { *static_cast<Nullable<T>*>(member) = Nullable<T>(null); }
  static bool is_null(const void* member) {
    return static_cast<const Nullable<T>*>(member)->is_null();
  }
  static constexpr Wrapper ops{&emplace, &get, &reset, &set_null, &is_null};
};

/// Picks a member's table out of its declared type; `As` names the table of a value that its C++ type
/// alone does not tell (FreeObject).
template <class Declared, class As>
struct MemberOf {
  static constexpr Presence presence = Presence::plain;
  static constexpr const Wrapper* wrapper = nullptr;
  using Described = std::conditional_t<std::is_void_v<As>, Declared, As>;
};
template <class T, class As>
struct MemberOf<Required<T>, As> {
  static_assert(sizeof(Required<T>) == sizeof(T), "a Required is read in place, as what it holds");
  static constexpr Presence presence = Presence::required;
  static constexpr const Wrapper* wrapper = nullptr;
  using Described = std::conditional_t<std::is_void_v<As>, T, As>;
};
template <class T, class As>
struct MemberOf<std::optional<T>, As> {
  static constexpr Presence presence = Presence::optional;
  static constexpr const Wrapper* wrapper = &OptionalWrapper<T>::ops;
  using Described = std::conditional_t<std::is_void_v<As>, T, As>;
};
template <class T, class As>
struct MemberOf<Nullable<T>, As> {
  static constexpr Presence presence = Presence::nullable;
  static constexpr const Wrapper* wrapper = &NullableWrapper<T>::ops;
  using Described = std::conditional_t<std::is_void_v<As>, T, As>;
};

/// One row of a struct's table.
///
/// \tparam Declared the member's declared type.
/// \param promised whether the API's description requires it.
template <class Declared, class As = void>
constexpr Member member(std::string_view name, std::size_t offset, bool promised) {
  using Of = MemberOf<Declared, As>;
  return {name, offset, &Describe<typename Of::Described>::type, Of::presence, promised, Of::wrapper};
}

/// The value of a member that has one, else null.
[[nodiscard]] inline const void* value_of(const Member& member, const void* object) {
  const void* place = static_cast<const char*>(object) + member.offset;
  return member.wrapper != nullptr ? member.wrapper->get(place) : place;
}

/// Where a member's value goes; made first where the member was absent or null.
[[nodiscard]] inline void* place_of(const Member& member, void* object) {
  void* place = static_cast<char*>(object) + member.offset;
  return member.wrapper != nullptr ? member.wrapper->emplace(place) : place;
}

}  // namespace segment::detail
