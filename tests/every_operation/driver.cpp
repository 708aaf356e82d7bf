#include "driver.hpp"

#include <cstdlib>
#include <exception>
#include <iostream>
#include <optional>
#include <string_view>

#include "operations/operation_tables.hpp"
#include "segment/api/operations.hpp"
#include "segment/error.hpp"

namespace every_operation {

std::string data(const segment::Operation& operation, const void* result) {
  return segment::detail::to_json_text(*operation.data, result);
}

}  // namespace every_operation

namespace {

using segment::Json;

Json member(const Json& json, std::string_view name) {
  const Json* found = json.find(name);
  return found != nullptr ? *found : Json();
}

std::optional<segment::ApiVersion> version(const Json& name) {
  using enum segment::ApiVersion;
  for (const auto version : {v1, v2, beta, alpha}) {
    if (name == Json(to_string(version))) return version;
  }
  return std::nullopt;
}

every_operation::Given given(const Json& line) {
  every_operation::Given result;
  for (const Json& text : line.at("path").as_array()) result.path.push_back(text.as_string());
  result.query = line.contains("query") ? member(line, "query") : Json::object();
  result.body = line.contains("body") ? member(line, "body") : Json::object();
  result.walk = line.contains("walk");
  result.options.version = version(member(line, "version"));
  return result;
}

}  // namespace

// The argument names the front that every call goes through: blocking, async or nothrow.
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
