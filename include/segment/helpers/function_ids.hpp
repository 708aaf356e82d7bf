#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "segment/api/ids.hpp"
#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI {

/// The class of an insert function, which its instances refer to: the function's own id without the
/// prefix `ifnd_` or `ifns_`.
///
/// \param insert_function for example `ifnd_65c2bdbcde6f2d8297f943d7`.
/// \throws InvalidArgumentError for the id of a different kind of function.
[[nodiscard]] inline InsertFunctionClassId insert_function_class(
    const FunctionId& insert_function) {
  constexpr std::size_t prefix_length = std::string_view("ifnd_").size();
  const std::string& id = insert_function.text();
  if ((!id.starts_with("ifnd_") && !id.starts_with("ifns_")) || id.size() == prefix_length) {
    throw InvalidArgumentError("`" + id +
                               "` is not the id of an insert function: it begins with neither "
                               "`ifnd_` nor `ifns_`");
  }
  return InsertFunctionClassId(id.substr(prefix_length));
}

/// The instance of a source function at one source, which you deploy: `sfn_` and the source's id.
///
/// \param source a source of the function's kind: created with the function's `catalog_id`.
/// \throws InvalidArgumentError for an empty id.
[[nodiscard]] inline SourceFunctionInstanceId source_function_instance(const SourceId& source) {
  if (source.empty()) throw InvalidArgumentError("the id of the source is empty");
  return SourceFunctionInstanceId("sfn_" + source.text());
}

}  // namespace segment::inline SEGMENT_ABI
