#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "segment/operation.hpp"
#include "segment/strict_reading.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI {

struct SchemaMember;

/// What a value of the API looks like, as JSON: for programs that find out at run time what an
/// operation takes and returns, such as forms, documentation and command lines. Some types hold
/// themselves (filters, for one): whoever walks down a schema needs a bound.
///
/// Copying: a view into constant data. Cost: a pointer. Thread safety: constant.
class SEGMENT_EXPORT Schema {
 public:
  enum class Kind : std::uint8_t {
    boolean,
    integer,
    number,
    text,
    word,         ///< a text of a form of its own, never empty: an id, a timestamp, a known value
    any,          ///< any JSON
    free_object,  ///< an object of any members
    object,       ///< an object whose members are known
    list,
    map,     ///< an object whose members have any name, and values of one kind
    one_of,  ///< one of several objects
  };

  explicit Schema(const detail::Type& type) noexcept : type_(&type) {}

  [[nodiscard]] Kind kind() const noexcept;
  /// The type's name: of a struct that of the C++ type. May be empty.
  [[nodiscard]] std::string_view name() const noexcept;
  /// Of an object: its members, in the API's order.
  [[nodiscard]] std::vector<SchemaMember> members() const;
  /// The member of this name; nothing where there is none.
  [[nodiscard]] std::optional<SchemaMember> member(std::string_view name) const;
  /// Of a list or a map: what its values look like.
  [[nodiscard]] std::optional<Schema> element() const noexcept;
  /// Of a word: the values that are known, where the API lists them. It may have others.
  [[nodiscard]] std::span<const std::string_view> values() const noexcept;
  /// Of `one_of`: the objects that it can be.
  [[nodiscard]] std::vector<Schema> alternatives() const;
  /// Whether it is a word that must not be seen by accident: a write key.
  [[nodiscard]] bool is_secret() const noexcept;

  /// What is wrong with JSON that somebody wrote to look so: members that are missing or unknown,
  /// values of the wrong kind. A value that is not among the known ones is not wrong.
  [[nodiscard]] std::vector<JsonFinding> problems(const Json& json) const;

  /// Whether both are the same type.
  bool operator==(const Schema&) const = default;

 private:
  const detail::Type* type_;
};

/// One member of an object.
struct SchemaMember {
  std::string_view name;
  Schema schema;
  /// Whether a request must have it, and a response promises it.
  bool required = false;
  /// Whether null means something.
  bool nullable = false;
  /// Whether it is what a response is about, and the other members are details of it: `source` of
  /// what `sources().get` returns.
  bool is_resource = false;
};

/// What an operation's query looks like: an object, in which `pagination` is one. Nothing: it takes
/// none.
[[nodiscard]] SEGMENT_EXPORT std::optional<Schema> query_schema(const Operation& operation);

/// What its body looks like. Nothing: it takes none.
[[nodiscard]] SEGMENT_EXPORT std::optional<Schema> body_schema(const Operation& operation);

/// What stands under `data` of its response. Nothing: it returns nothing.
[[nodiscard]] SEGMENT_EXPORT std::optional<Schema> result_schema(const Operation& operation);

/// The list of things that stands under `data`. Nothing, unless there is exactly one.
[[nodiscard]] SEGMENT_EXPORT std::optional<SchemaMember> list_in_result(const Operation& operation);

/// The names in a path's template, in its order: `/sources/{sourceId}` has `sourceId`.
[[nodiscard]] SEGMENT_EXPORT std::vector<std::string_view> path_parameters(
    const Operation& operation);

/// How many items a page has at most. Nothing: it returns no list in pages.
[[nodiscard]] SEGMENT_EXPORT std::optional<std::int64_t> max_page_size(const Operation& operation);

}  // namespace segment::inline SEGMENT_ABI
