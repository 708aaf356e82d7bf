#pragma once

// The rows of a struct's table.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

#include "json/describe_containers.hpp"
#include "segment/types/nullable.hpp"
#include "segment/types/required.hpp"

namespace segment::inline SEGMENT_ABI::detail {

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

/// Picks a member's table out of its declared type; `As` names the table of a value that its C++
/// type alone does not tell (FreeObject, std::vector<FreeObject>).
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

/// Whether the API's description promises a member in a response, or insists on it in a request:
/// as its C++ type says, which holds a value always or not, or in spite of that.
enum class Promise : std::uint8_t { by_type, always, never };

template <Promise promise>
constexpr bool is_promised(Presence presence) {
  if constexpr (promise != Promise::by_type) return promise == Promise::always;
  return presence == Presence::plain || presence == Presence::required;
}

/// One row of a struct's table.
///
/// \tparam Declared the member's declared type.
/// \tparam As names the table of a value that its C++ type alone does not tell.
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

/// One row of a struct's table, which takes its type and its place from the declaration. Behind the
/// API's name may stand what `member` has behind the declared type.
#define SEGMENT_MEMBER(Struct, field, name, ...) \
  member<decltype(Struct::field) __VA_OPT__(, ) __VA_ARGS__>(name, offsetof(Struct, field))

constexpr Type object(std::string_view name, std::span<const Member> members) {
  return {.kind = Kind::object, .name = name, .members = members};
}

}  // namespace segment::inline SEGMENT_ABI::detail
