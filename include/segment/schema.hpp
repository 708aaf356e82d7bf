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

/// The JSON shape of a value of the API, for programs that find out at run time what an operation
/// takes and returns, such as forms, documentation and command lines. Some types contain themselves
/// (for example filters), so limit the depth when you walk down a schema.
///
/// Copying: a view into constant data. Cost: a pointer. Thread safety: constant.
class SEGMENT_EXPORT Schema {
 public:
  enum class Kind : std::uint8_t {
    boolean,
    integer,
    number,
    text,
    formatted_text,  ///< a text in a fixed format, never empty: an id, a timestamp, a known value
    any,             ///< any JSON
    free_object,     ///< an object of any members
    object,          ///< an object whose members are known
    list,
    map,     ///< an object whose members have any name, and values of one kind
    one_of,  ///< one of several objects
  };

  explicit Schema(const detail::Type& type) noexcept : type_(&type) {}

  [[nodiscard]] Kind kind() const noexcept;
  /// The type's name; for a struct, that of the C++ type. May be empty.
  [[nodiscard]] std::string_view name() const noexcept;
  /// For an object: its members, in the API's order.
  [[nodiscard]] std::vector<SchemaMember> members() const;
  /// The member with this name; empty if there is none.
  [[nodiscard]] std::optional<SchemaMember> member(std::string_view name) const;
  /// For a list or a map: the schema of its values.
  [[nodiscard]] std::optional<Schema> element() const noexcept;
  /// For a word: the known values, if the API lists them. There may be others.
  [[nodiscard]] std::span<const std::string_view> values() const noexcept;
  /// For `one_of`: the objects that it can be.
  [[nodiscard]] std::vector<Schema> alternatives() const;
  /// Whether it is a word that must not be shown by accident: a write key.
  [[nodiscard]] bool is_secret() const noexcept;

  /// What is wrong with hand-written JSON for this schema: missing or unknown members, values of
  /// the wrong kind. A value that is not among the known ones is not wrong.
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
  /// Whether a request must have it and a response always does.
  bool required = false;
  /// Whether it may be null.
  bool nullable = false;
  /// Whether it is the main item of a response, and the other members are details of it: for
  /// example `source` in the response of `sources().get`.
  bool is_resource = false;
};

/// The schema of an operation's query: an object, in which `pagination` is an object too. Empty: it
/// takes none.
[[nodiscard]] SEGMENT_EXPORT std::optional<Schema> query_schema(const Operation& operation);

/// The schema of its body. Empty: it takes none.
[[nodiscard]] SEGMENT_EXPORT std::optional<Schema> body_schema(const Operation& operation);

/// The schema of its response's `data`. Empty: it returns nothing.
[[nodiscard]] SEGMENT_EXPORT std::optional<Schema> result_schema(const Operation& operation);

/// The list of items in `data`. Empty unless there is exactly one list.
[[nodiscard]] SEGMENT_EXPORT std::optional<SchemaMember> list_in_result(const Operation& operation);

/// The names in a path's template, in its order: `/sources/{sourceId}` has `sourceId`.
[[nodiscard]] SEGMENT_EXPORT std::vector<std::string_view> path_parameters(
    const Operation& operation);

/// The maximum number of items per page. Empty: it does not return a paged list.
[[nodiscard]] SEGMENT_EXPORT std::optional<std::int64_t> max_page_size(const Operation& operation);

}  // namespace segment::inline SEGMENT_ABI
