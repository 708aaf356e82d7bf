#include "driver.hpp"

#include <cstdlib>
#include <exception>
#include <iostream>
#include <string_view>

#include "call/operation_tables.hpp"
#include "segment/api/operations.hpp"
#include "segment/error.hpp"

namespace every_operation {

std::string data(const std::string& operation, const void* result) {
  for (const auto* table : segment::operations::all()) {
    if (table->id == operation) return segment::detail::to_json_text(*table->data, result);
  }
  throw std::logic_error("no such operation: " + operation);
}

}  // namespace every_operation

namespace {

using segment::Json;

Json member(const Json& json, std::string_view name) {
  const Json* found = json.find(name);
  return found != nullptr ? *found : Json();
}

every_operation::Given given(const Json& line) {
  every_operation::Given result;
  for (const Json& text : line.at("path").as_array()) result.path.push_back(text.as_string());
  result.query = line.contains("query") ? member(line, "query") : Json::object();
  result.body = line.contains("body") ? member(line, "body") : Json::object();
  result.walk = line.contains("walk");
  return result;
}

}  // namespace

// The one argument names the front that every call goes through: blocking, async or nothrow.
int main(int argc, char** argv) {
  const std::string_view front = argc > 1 ? argv[1] : "blocking";
  const segment::Client client({.token = segment::Token("sgp_every_operation"),
                                .base_url = std::getenv("SEGMENT_BASE_URL"),
                                .retry = {.max_attempts = 1}});
  const auto calls = every_operation::every_call();
  std::string line;
  while (std::getline(std::cin, line)) {
    Json answer = Json::object();
    try {
      const Json json = Json::parse(line);
      const every_operation::Call& call = calls.at(json.at("operation").as_string());
      answer["returned"] = front == "async"     ? call.async(client.async(), given(json))
                           : front == "nothrow" ? call.nothrow(client.nothrow(), given(json))
                                                : call.blocking(client, given(json));
    } catch (const std::exception& error) {
      answer["error"] = error.what();
    }
    std::cout << answer.dump() << std::endl;
  }
}
