#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "json/type.hpp"
#include "segment/types/id.hpp"
#include "segment/types/json.hpp"
#include "segment/types/nullable.hpp"
#include "segment/types/open_enum.hpp"
#include "segment/types/required.hpp"
#include "segment/types/secret.hpp"
#include "segment/types/timestamp.hpp"

namespace segment::inline SEGMENT_ABI::detail {

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

/// Names the table of a Json that must be an object, which its C++ type does not say.
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

/// Converts to an empty T, which is made in its final place and not moved there.
template <class T>
struct Fresh {
  operator T() const { return detail::empty<T>(); }  // NOLINT(google-explicit-constructor)
};

/// The C++ type that holds a described type, and its initial value.
template <class T>
struct Held {
  using type = T;
  static Fresh<T> fresh() { return {}; }
};
template <>
struct Held<FreeObject> {
  using type = Json;
  static Json fresh() { return Json::object(); }
};

template <class T>
struct Held<std::vector<T>> {
  using type = std::vector<typename Held<T>::type>;
  static type fresh() { return {}; }
};
template <class T>
struct Held<std::map<std::string, T>> {
  using type = std::map<std::string, typename Held<T>::type>;
  static type fresh() { return {}; }
};

template <class T>
struct Describe<std::vector<T>> {
  using List = typename Held<std::vector<T>>::type;
  static std::size_t size(const void* list) { return static_cast<const List*>(list)->size(); }
  static const void* at(const void* list, std::size_t index) {
    return &(*static_cast<const List*>(list))[index];
  }
  static void* append(void* list) {
    auto& elements = *static_cast<List*>(list);
    if (elements.size() == elements.capacity()) {
      elements.reserve(grown(elements.size()));
      // Keeps emplace_back from adding its own growth code for each type.
      if (elements.size() == elements.capacity()) __builtin_unreachable();
    }
    return &elements.emplace_back(Held<T>::fresh());
  }
  static void clear(void* list) { static_cast<List*>(list)->clear(); }
  static constexpr ListOps ops{&size, &at, &append, &clear, sizeof(typename List::value_type)};
  static constexpr Type type{
      .kind = Kind::list, .name = "array", .element = &Describe<T>::type, .list = &ops};
};

template <class T>
struct Describe<std::map<std::string, T>> {
  using Map = typename Held<std::map<std::string, T>>::type;
  static void* insert(void* map, std::string_view name) {
    return &static_cast<Map*>(map)
                ->insert_or_assign(std::string(name), Held<T>::fresh())
                .first->second;
  }
  static void erase(void* map, std::string_view name) {
    static_cast<Map*>(map)->erase(std::string(name));
  }
  static void clear(void* map) { static_cast<Map*>(map)->clear(); }
  static void each(const void* map, void* context,
                   void (*visit)(void*, std::string_view, const void*)) {
    for (const auto& [name, value] : *static_cast<const Map*>(map)) visit(context, name, &value);
  }
  static constexpr MapOps ops{&insert, &erase, &clear, &each, sizeof(typename Map::value_type)};
  static constexpr Type type{
      .kind = Kind::map, .name = "object", .element = &Describe<T>::type, .map = &ops};
};

template <class... Alternatives>
struct Describe<std::variant<Alternatives...>> {
  using OneOf = std::variant<Alternatives...>;
  static constexpr std::size_t count = sizeof...(Alternatives);  // including Json, the last

  static std::size_t active(const void* value) { return static_cast<const OneOf*>(value)->index(); }
  static const void* get(const void* value) {
    return std::visit([](const auto& held) -> const void* { return &held; },
                      *static_cast<const OneOf*>(value));
  }
  template <std::size_t... Index>
  static void* emplace_at(OneOf& value, std::size_t wanted, std::index_sequence<Index...>) {
    void* place = nullptr;
    ((wanted == Index ? void(place = &value.template emplace<Index>(
                                 detail::empty<std::variant_alternative_t<Index, OneOf>>()))
                      : void()),
     ...);
    return place;
  }
  static void* emplace(void* value, std::size_t wanted) {
    return emplace_at(*static_cast<OneOf*>(value), wanted, std::make_index_sequence<count>{});
  }
  static constexpr const Type* every[] = {&Describe<Alternatives>::type...};
  static constexpr OneOfOps ops{std::span<const Type* const>(every).first(count - 1), &active, &get,
                                &emplace};
  static constexpr Type type{.kind = Kind::one_of, .name = "one of several", .one_of = &ops};
};

template <class T>
struct OptionalWrapper {
  static void* emplace(void* member) {
    return &static_cast<std::optional<T>*>(member)->emplace(Fresh<T>());
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
    return &static_cast<Nullable<T>*>(member)->emplace(Fresh<T>());
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

/// Finds a member's table by its declared type; `As` names the table if the C++ type does not
/// determine it (FreeObject, std::vector<FreeObject>).
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

/// Whether the API's description promises a member in a response, or requires it in a request: as
/// its C++ type says by always holding a value or not, or regardless of that.
enum class Promise : std::uint8_t { by_type, always, never };

template <Promise promise>
constexpr bool is_promised(Presence presence) {
  if constexpr (promise != Promise::by_type) return promise == Promise::always;
  return presence == Presence::plain || presence == Presence::required;
}

/// One row of a struct's table.
///
/// \tparam Declared the member's declared type.
/// \tparam As names the table if the C++ type does not determine it.
template <class Declared, class As = void, Promise promise = Promise::by_type>
constexpr Member member(std::string_view name, std::size_t offset) {
  using Of = MemberOf<Declared, As>;
  return {.name = name,
          .offset = offset,
          .type = &Describe<typename Of::Described>::type,
          .presence = Of::presence,
          .promised = is_promised<promise>(Of::presence),
          .wrapper = Of::wrapper};
}

/// One row of a struct's table, with type and offset taken from the declaration. Further template
/// arguments of `member` may follow the API's name.
#define SEGMENT_MEMBER(Struct, field, name, ...) \
  member<decltype(Struct::field) __VA_OPT__(, ) __VA_ARGS__>(name, offsetof(Struct, field))

/// The row of a base class, which is a member like any other in JSON. The base must come first.
template <class Struct, class Base>
constexpr Member base(std::string_view name) {
  static_assert(std::is_base_of_v<Base, Struct> && !std::is_polymorphic_v<Struct>);
  Member row = member<Base>(name, 0);
  row.presence = Presence::base;
  return row;
}

constexpr Type object(std::string_view name, std::span<const Member> members) {
  return {.kind = Kind::object, .name = name, .members = members};
}

}  // namespace segment::inline SEGMENT_ABI::detail
