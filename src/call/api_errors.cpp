#include "call/api_errors.hpp"

#include <string>

#include "json/builder.hpp"
#include "json/reader.hpp"

namespace segment::detail {

namespace {

constexpr std::size_t most_items = 1000;

// A tree of JSON takes many times the memory of its text; a text like this is not the API's.
constexpr std::size_t largest_body = std::size_t{1} << 20U;

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
  item.field = text_of(json, "field");
  if (const Json* data = json.find("data")) item.data = *data;
  if (const Json* status = json.find("status"); status != nullptr && status->is_integer()) {
    item.status = status->as_integer();
  }
  return item;
}

}  // namespace

std::vector<ApiErrorItem> read_api_errors(std::string_view body) {
  if (body.size() > largest_body) return {};
  Json json;
  JsonBuilder builder;
  builder.start(json);
  try {
    read_json(body, builder);
  } catch (const BadJson&) {
    return {};  // a gateway's page, a cut answer: the status says what there is to say
  }
  std::vector<ApiErrorItem> items;
  const Json* errors = json.find("errors");
  if (errors == nullptr || !errors->is_array()) return items;
  for (const Json& error : errors->as_array()) {
    if (items.size() == most_items) break;
    items.push_back(read_item(error));
  }
  return items;
}

}  // namespace segment::detail
