#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json/type.hpp"
#include "segment/operation.hpp"
#include "segment/types/json.hpp"

// What a server makes of a request's path and query: for the sandbox and the fake transport.

namespace segment::inline SEGMENT_ABI::detail {

/// An operation, and the parameters found in the path.
struct Route {
  const Operation* call;
  std::vector<std::string> parameters;  // decoded, in the path's order
};

/// Finds the operation for a verb and a path.
///
/// Copying: a value. Cost: the segments of every path. Thread safety: constant.
class SEGMENT_EXPORT_INTERNAL Router {
 public:
  explicit Router(std::span<const Operation* const> calls);

  /// \param method as it is sent.
  /// \param path percent-encoded, without the query.
  /// \return std::nullopt if no operation has this verb and path. Of several matches, the one with
  ///         plain text where the others have a parameter wins.
  [[nodiscard]] std::optional<Route> find(std::string_view method, std::string_view path) const;

  /// The operation with this id, or null; of several the most stable one.
  [[nodiscard]] const Operation* by_id(std::string_view id) const;

  /// The operations with this id, the most stable one first, since versions can be methods of their
  /// own.
  [[nodiscard]] std::vector<const Operation*> all_by_id(std::string_view id) const;

 private:
  struct Entry {
    const Operation* call;
    std::vector<std::string_view> segments;
  };
  std::vector<Entry> entries_;
};

/// Converts a query string to the JSON that it stands for. Names are dotted (`pagination.count`,
/// `emails.0`) or bracketed (`pagination[count]`, `emails[]`). Values that do not fit the table's
/// types stay texts, for the validation to find.
///
/// \param query percent-encoded, without the question mark.
/// \return std::nullopt if it cannot be decoded.
[[nodiscard]] SEGMENT_EXPORT_INTERNAL std::optional<Json> read_query(const Type& type,
                                                                     std::string_view query);

}  // namespace segment::inline SEGMENT_ABI::detail
