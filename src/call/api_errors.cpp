#include "call/api_errors.hpp"

#include <string>

#include "call/body_text.hpp"
#include "json/builder.hpp"
#include "json/reader.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

constexpr std::size_t most_items = 1000;

class ErrorBuilder final : public JsonBuilder {
 public:
  ErrorBuilder(MemoryBudget& budget, const DepartureSink& schema_mismatches)
      : JsonBuilder(budget), departures_(schema_mismatches) {}

  void broken_text() override {
    if (departures_) departures_(SchemaMismatch::Kind::broken_text, pointer());
  }

 private:
  const DepartureSink& departures_;
};

std::string text_of(const Json& item, std::string_view name) {
  const Json* member = item.find(name);
  if (member == nullptr || member->is_null()) return {};
  return member->is_string() ? member->as_string() : member->dump();
}

ApiErrorItem read_item(const Json& json) {
  ApiErrorItem item;
  if (json.is_string()) item.message = json.as_string();
  item.type = text_of(json, "type");
  if (item.message.empty()) item.message = text_of(json, "message");
  if (item.message.empty()) item.message = usually_said_in(json);
  if (item.message.empty() && item.type.empty()) item.message = said_in(json);
  item.field = text_of(json, "field");
  if (const Json* data = json.find("data")) item.data = *data;
  if (const Json* status = json.find("status"); status != nullptr && status->is_integer()) {
    item.status = status->as_integer();
  }
  return item;
}

// An error that is not written as the API writes its own.
ApiErrorItem read_foreign(const Json& json) {
  ApiErrorItem item = read_item(json);
  item.message = said_in(json);
  return item;
}

}  // namespace

std::vector<ApiErrorItem> read_api_errors(std::string_view body,
                                          const DepartureSink& schema_mismatches) {
  Json json;
  MemoryBudget budget = MemoryBudget::of_answer(body.size());
  ErrorBuilder builder(budget, schema_mismatches);
  builder.start(json);
  try {
    read_json(body, builder);
  } catch (const BadJson&) {
    return {};  // a gateway's page, a cut answer
  }
  std::vector<ApiErrorItem> items;
  const Json* errors = json.find("errors");
  if (errors == nullptr || !errors->is_array()) {
    ApiErrorItem item = read_foreign(json);
    if (!item.message.empty()) items.push_back(std::move(item));
    return items;
  }
  for (const Json& error : errors->as_array()) {
    if (items.size() == most_items) break;
    items.push_back(read_item(error));
  }
  return items;
}

}  // namespace segment::inline SEGMENT_ABI::detail
