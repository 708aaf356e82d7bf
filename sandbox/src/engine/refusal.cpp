#include "engine/refusal.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

std::string error_body(const std::vector<ErrorItem>& errors) {
  Json items = Json::array();
  for (const ErrorItem& error : errors) {
    Json item = Json::object({{"type", error.type}, {"message", error.message}});
    if (!error.field.empty()) item["field"] = error.field;
    if (error.data) item["data"] = *error.data;
    items.push_back(std::move(item));
  }
  return Json::object({{"errors", std::move(items)}}).dump();
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
