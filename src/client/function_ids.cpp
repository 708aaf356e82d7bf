#include "segment/helpers/function_ids.hpp"

#include <string>
#include <string_view>

#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI {

InsertFunctionClassId insert_function_class(const FunctionId& insert_function) {
  constexpr std::size_t prefix_length = std::string_view("ifnd_").size();
  const std::string& id = insert_function.text();
  if ((!id.starts_with("ifnd_") && !id.starts_with("ifns_")) || id.size() == prefix_length) {
    throw InvalidArgumentError("`" + id +
                               "` is not the id of an insert function: it begins with neither "
                               "`ifnd_` nor `ifns_`");
  }
  return InsertFunctionClassId(id.substr(prefix_length));
}

SourceFunctionInstanceId source_function_instance(const SourceId& source) {
  if (source.empty()) throw InvalidArgumentError("the id of the source is empty");
  return SourceFunctionInstanceId("sfn_" + source.text());
}

}  // namespace segment::inline SEGMENT_ABI
