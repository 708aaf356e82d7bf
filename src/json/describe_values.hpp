#pragma once

// The tables of single values. Here, as in the other describe_*.hpp, everything is
// constant-initialised data plus a few tiny functions, so that a new type of the API costs a table
// and no code of its own.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "json/type.hpp"
#include "segment/types/id.hpp"
#include "segment/types/json.hpp"
#include "segment/types/open_enum.hpp"
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

/// Stands for a Json that has to be an object, where a table is named: its C++ type does not tell.
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

/// The C++ type that a described type lies in, and what it is before anything came.
template <class T>
struct Held {
  using type = T;
  static T fresh() { return detail::empty<T>(); }
};
template <>
struct Held<FreeObject> {
  using type = Json;
  static Json fresh() { return Json::object(); }
};

}  // namespace segment::inline SEGMENT_ABI::detail
