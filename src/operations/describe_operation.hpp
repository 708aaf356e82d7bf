#pragma once

// Builds the constant of an operation:
//
//   constexpr Operation operations::sources::create =
//       describe("sources", "create", "createSource")
//           .post("/sources")
//           .in<v1, beta, alpha>()
//           .leaves<"Source Created">()
//           .takes_body<CreateSource>()
//           .returns<Source, "source">();

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "json/typed/describe_members.hpp"
#include "operations/operation_tables.hpp"
#include "segment/operation.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// A text as a template argument.
template <std::size_t size>
struct Text {
  consteval Text(const char (&text)[size]) {  // NOLINT(google-explicit-constructor)
    std::copy_n(text, size, characters);
  }
  [[nodiscard]] constexpr std::string_view view() const { return {characters, size - 1}; }

  char characters[size]{};
};

template <Text... texts>
inline constexpr std::string_view texts_of[] = {texts.view()...};

template <ApiVersion... versions>
inline constexpr ApiVersion versions_of[] = {versions...};

/// Where to find a version that is a method of its own.
template <ApiVersion version, Text group, Text name>
struct In {
  static constexpr OtherVersion value{version, group.view(), name.view()};
};

template <class... Versions>
inline constexpr OtherVersion other_versions_of[] = {Versions::value...};

/// What `data` holds if a method returns a single member of it.
template <class T, Text name, class As, Promise promise>
struct OnlyMember {
  static constexpr Member members[] = {member<T, As, promise>(name.view(), 0)};
  static constexpr Type type{.kind = Kind::object, .name = "data", .members = members};
};

/// The type that a result is made as: a Json that must be an object is one from the start.
template <class T, class As>
using HeldAs =
    std::conditional_t<std::is_same_v<T, Json> && std::is_same_v<As, FreeObject>, FreeObject, T>;

/// What `data` holds if a method returns a page that has no table of its own.
template <class PageType, Text name, class As, Promise items, Promise pagination>
struct PageMembers {
  static constexpr Member members[] = {
      member<decltype(PageType::items), As, items>(name.view(), offsetof(PageType, items)),
      member<decltype(PageType::pagination), void, pagination>("pagination",
                                                               offsetof(PageType, pagination))};
  static constexpr Type type{.kind = Kind::object, .name = "data", .members = members};
};

/// What `data` holds if a method returns a list without pages.
template <class PageType, Text name, class As, Promise promise>
struct ListMember {
  static constexpr Member members[] = {
      member<decltype(PageType::items), As, promise>(name.view(), offsetof(PageType, items))};
  static constexpr Type type{.kind = Kind::object, .name = "data", .members = members};
};

template <class PageType, Text count, Text cursor, std::int64_t max_count>
inline constexpr Paging paging_of{.count = count.view(),
                                  .cursor = cursor.view(),
                                  .max_count = max_count,
                                  .next = next_cursor_of<PageType>,
                                  .count_of = count_of<PageType>};

/// Builds an Operation step by step.
class OperationDescription {
 public:
  constexpr explicit OperationDescription(const Operation& operation) : operation_(operation) {}
  constexpr operator Operation() const {
    return operation_;
  }  // NOLINT(google-explicit-constructor)

  constexpr OperationDescription get(std::string_view path) { return at(http::Method::get, path); }
  constexpr OperationDescription put(std::string_view path) { return at(http::Method::put, path); }
  constexpr OperationDescription delete_(std::string_view path) {
    return at(http::Method::delete_, path);
  }
  constexpr OperationDescription post(std::string_view path) {
    return at(http::Method::post, path);
  }
  constexpr OperationDescription patch(std::string_view path) {
    return at(http::Method::patch, path);
  }
  /// Overrides what the verb implies.
  constexpr OperationDescription idempotent(bool idempotent) {
    operation_.idempotent = idempotent;
    return *this;
  }
  template <ApiVersion... versions>
  constexpr OperationDescription in() {
    operation_.versions = versions_of<versions...>;
    return *this;
  }
  template <class... Versions>
  constexpr OperationDescription other_versions() {
    operation_.other_versions = other_versions_of<Versions...>;
    return *this;
  }
  constexpr OperationDescription preview() {
    operation_.preview = true;
    return *this;
  }
  /// \param instead what to use in its place.
  constexpr OperationDescription deprecated(std::string_view instead) {
    operation_.deprecated = instead;
    return *this;
  }
  constexpr OperationDescription at_most(int requests, RatePeriod per) {
    operation_.rate_limit = {requests, per};
    return *this;
  }
  constexpr OperationDescription needs(std::string_view feature) {
    operation_.required_feature = feature;
    return *this;
  }
  /// Names the audit trail events that it may leave.
  template <Text... events>
  constexpr OperationDescription leaves() {
    operation_.audit_events = texts_of<events...>;
    return *this;
  }

  template <class Query>
  constexpr OperationDescription takes_query() {
    operation_.query = &Describe<Query>::type;
    operation_.query_lifetime = &lifetime_of<Query>;
    return *this;
  }
  template <class Body>
  constexpr OperationDescription takes_body() {
    operation_.body = &Describe<Body>::type;
    operation_.body_lifetime = &lifetime_of<Body>;
    return *this;
  }

  /// Returns one member of `data`.
  ///
  /// \tparam As names the table if the C++ type does not determine it.
  template <class T, Text name, class As = void, Promise promise = Promise::by_type>
  constexpr OperationDescription returns() {
    operation_.data = &OnlyMember<T, name, As, promise>::type;
    operation_.result_lifetime = &lifetime_of<HeldAs<T, As>>;
    return *this;
  }
  /// Returns one member of `data`; null means that nothing was found.
  template <class T, Text name, class As = void>
  constexpr OperationDescription finds() {
    operation_.null_is_not_found = true;
    return returns<T, name, As, Promise::never>();
  }
  /// Returns all of `data`.
  template <class T>
  constexpr OperationDescription returns() {
    operation_.data = &Describe<T>::type;
    operation_.result_lifetime = &lifetime_of<T>;
    return *this;
  }
  /// Returns a list without pages, as its only page.
  template <class PageType, Text name, class As = void, Promise promise = Promise::by_type>
  constexpr OperationDescription returns_list() {
    operation_.data = &ListMember<PageType, name, As, promise>::type;
    operation_.result_lifetime = &lifetime_of<PageType>;
    return *this;
  }
  /// Returns a list in pages, which is one member of `data`.
  template <class PageType, Text name, class As = void, Promise items = Promise::always,
            Promise pagination = Promise::always>
  constexpr OperationDescription returns_page() {
    operation_.data = &PageMembers<PageType, name, As, items, pagination>::type;
    operation_.result_lifetime = &lifetime_of<PageType>;
    return paged<PageType, "pagination.count", "pagination.cursor", usual_maximum>();
  }
  /// Returns a list in pages whose pages have a table of their own.
  template <class PageType>
  constexpr OperationDescription returns_page() {
    return returns<PageType>()
        .template paged<PageType, "pagination.count", "pagination.cursor", usual_maximum>();
  }
  /// Overrides how the query names a page, or a page's largest size.
  template <class PageType, Text count, Text cursor, std::int64_t max_count>
  constexpr OperationDescription paged() {
    operation_.paging = &paging_of<PageType, count, cursor, max_count>;
    return *this;
  }

 private:
  static constexpr std::int64_t usual_maximum = 1000;

  constexpr OperationDescription at(http::Method method, std::string_view path) {
    operation_.method = method;
    operation_.path = path;
    operation_.idempotent = method != http::Method::post && method != http::Method::patch;
    return *this;
  }

  Operation operation_;
};

/// Starts the description of an operation.
///
/// \param id the API's own name.
constexpr OperationDescription describe(std::string_view group, std::string_view name,
                                        std::string_view id) {
  return OperationDescription({.id = id, .group = group, .name = name});
}

}  // namespace segment::inline SEGMENT_ABI::detail

// What the descriptions are written with.
namespace segment::inline SEGMENT_ABI::operations {

using detail::describe;
using detail::FreeObject;
using detail::In;
using detail::Promise;
using enum ApiVersion;

}  // namespace segment::inline SEGMENT_ABI::operations
