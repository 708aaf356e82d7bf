#pragma once

// Makes the typed call that each line of standard input names, and says what came of it.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "json/describe_containers.hpp"
#include "segment/client.hpp"
#include "segment/convert.hpp"
#include "segment/list.hpp"

namespace every_operation {

/// What a line names beside its operation.
struct Given {
  std::vector<std::string> path;
  segment::Json query;
  segment::Json body;
  bool walk = false;  // over all pages, not one
};

using Call = std::function<std::string(const segment::Client&, const Given&)>;
using Calls = std::map<std::string, Call>;

/// Every call, by the API's name of its operation. Generated.
Calls every_call();

/// What an operation returned, as JSON text, in the shape in which it stands under `data`.
std::string data(const std::string& operation, const void* result);

template <class T>
T input(const segment::Json& json) {
  return segment::from_json<T>(json);
}

/// Walks a list to its end, and writes the items as one array.
template <class List>
std::string items(List& list) {
  std::string text = "[";
  for (const auto& item : list) {
    if (text.size() > 1) text += ',';
    using Item = typename List::value_type;
    text += segment::detail::to_json_text(segment::detail::Describe<Item>::type, &item);
  }
  return text + "]";
}

}  // namespace every_operation
