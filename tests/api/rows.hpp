#pragma once

#include <functional>
#include <string>
#include <vector>

#include "support/fake_client.hpp"

namespace segment::testing {

/// One operation through its typed method: what it should send, and what it should return.
struct Row {
  std::string operation;
  std::string request;                             // method and target, the path filled in
  std::string data;                                // what the response has under `data`
  std::function<std::string(const Client&)> call;  // makes it, and returns its result as JSON
  std::string returned;                            // empty: nothing
};

std::vector<Row> source_rows();
std::vector<Row> destination_rows();
std::vector<Row> warehouse_rows();
std::vector<Row> other_rows();

/// `{"name": value}`.
inline std::string under(const std::string& name, const std::string& value) {
  return "{\"" + name + "\":" + value + "}";
}

/// A list of one item, with its pagination.
inline std::string page(const std::string& name, const std::string& item) {
  return "{\"" + name + "\":[" + item + R"(],"pagination":{"current":"MA==","totalEntries":1}})";
}

/// What calls return, as JSON.
template <class T>
std::string json_of(const T& value) {
  return to_json_text(value);
}
template <class T>
std::string json_of(const std::vector<T>& values) {
  std::string text;
  for (const T& value : values) text += (text.empty() ? "" : ",") + json_of(value);
  return "[" + text + "]";
}
template <class T>
std::string json_of(const Page<T>& page) {
  return json_of(page.items);
}

// These contain every member that is always written, so that they come back unchanged.

inline const std::string logos = R"({"default":"d.svg","mark":null,"alt":"a.svg"})";
inline const std::string an_option =
    R"({"name":"n","type":"string","required":true,"defaultValue":[1],"label":"l"})";

inline const std::string source_metadata =
    R"({"id":"IqDTy1TpoU","name":"Javascript","slug":"javascript","description":"","logos":)" +
    logos + R"(,"options":[)" + an_option +
    R"(],"categories":["Website"],"isCloudEventSource":false,"status":"PUBLIC"})";

inline const std::string source =
    R"({"id":"s1","slug":"web","name":"Web","metadata":)" + source_metadata +
    R"(,"workspaceId":"w1","enabled":true,"writeKeys":["key-1"],"settings":{"a":{"b":[null]}},)"
    R"("labels":[{"key":"k","value":"v"}]})";

inline const std::string warehouse_metadata =
    R"({"id":"wm1","name":"Postgres","slug":"postgres","description":"","logos":)" + logos +
    R"(,"options":[]})";

inline const std::string warehouse =
    R"({"id":"wh1","metadata":)" + warehouse_metadata +
    R"(,"workspaceId":"w1","enabled":true,"settings":{"name":"W","port":5432}})";

inline const std::string destination_metadata =
    R"({"id":"dm1","name":"D","description":"","slug":"d","logos":)" + logos +
    R"(,"options":[],"status":"FUTURE_STATUS","previousNames":["E"],"categories":[],)"
    R"("website":"https://example.com","components":[{"type":"SERVER","code":"c"}],)"
    R"("supportedFeatures":{"replay":true},"supportedMethods":{"track":true},)"
    R"("supportedPlatforms":{"server":true},"actions":[{"id":"a1","slug":"a","name":"A",)"
    R"("description":"","platform":"CLOUD","hidden":false,"defaultTrigger":null,"fields":)"
    R"([{"id":"f1","sortOrder":1,"fieldKey":"k","label":"l","type":"STRING","description":"",)"
    R"("required":true,"multiple":false,"dynamic":false,"allowNull":false}]}],)"
    R"("presets":[{"actionId":"a1","name":"p","fields":{"x":1},"trigger":"t"}]})";

inline const std::string destination = R"({"id":"d1","name":"Dest","enabled":true,"metadata":)" +
                                       destination_metadata +
                                       R"(,"sourceId":"s1","settings":{"key":"value"}})";

inline const std::string label = R"({"key":"k","value":"v","description":"d"})";

}  // namespace segment::testing
