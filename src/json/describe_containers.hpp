#pragma once

// The tables of lists, maps and unions.

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "json/describe_values.hpp"

namespace segment::inline SEGMENT_ABI::detail {

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
      // So that emplace_back brings no growing of its own, once for each type.
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
  static constexpr std::size_t count = sizeof...(Alternatives);  // Json, the last, included

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

}  // namespace segment::inline SEGMENT_ABI::detail
