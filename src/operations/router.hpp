#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "segment/operation.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// An operation, and what the path gave it.
struct Route {
  const Operation* call;
  std::vector<std::string> parameters;  // decoded, in the path's order
};

/// Finds the operation that a verb and a path mean.
///
/// Copying: a value. Cost: the segments of every path. Thread safety: constant.
class SEGMENT_EXPORT_INTERNAL Router {
 public:
  explicit Router(std::span<const Operation* const> calls);

  /// \param method as it goes over the wire.
  /// \param path percent-encoded, without the query.
  /// \return nothing where no operation has this verb and path. Of several the one wins that has
  ///        plain text where the others have a parameter.
  [[nodiscard]] std::optional<Route> find(std::string_view method, std::string_view path) const;

  /// The operation of this name, or null; of several that share it the most stable one.
  [[nodiscard]] const Operation* by_id(std::string_view id) const;

  /// The operations of this name, the most stable one first: its versions can be methods of their
  /// own.
  [[nodiscard]] std::vector<const Operation*> all_by_id(std::string_view id) const;

 private:
  struct Entry {
    const Operation* call;
    std::vector<std::string_view> segments;
  };
  std::vector<Entry> entries_;
};

}  // namespace segment::inline SEGMENT_ABI::detail
