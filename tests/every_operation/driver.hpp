#pragma once

// Makes the typed call that each line of standard input names, and prints its result.

#include <map>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "json/typed/describe_members.hpp"
#include "segment/async_client.hpp"
#include "segment/async_list.hpp"
#include "segment/client.hpp"
#include "segment/convert.hpp"
#include "segment/list.hpp"
#include "segment/nothrow_client.hpp"
#include "segment/task.hpp"

namespace every_operation {

/// What a line names besides its operation.
struct Given {
  std::vector<std::string> path;
  segment::Json query;
  segment::Json body;
  bool walk = false;  // over all pages, not one
  segment::CallOptions options;
};

/// One operation's call through each of the fronts.
struct Call {
  std::string (*blocking)(const segment::Client&, const Given&);
  std::string (*async)(const segment::AsyncClient&, const Given&);
  std::string (*nothrow)(const segment::NothrowClient&, const Given&);
};
using Calls = std::map<std::string, Call>;

/// Every call, by its group and the API's name for its operation: `sources/getSource`. Generated.
Calls every_call();

/// What an operation returned, as JSON text, in the shape that it has under `data`.
std::string data(const segment::Operation& operation, const void* result);

/// The same call for every front: all have the same groups and methods.
template <class Make>
Call of_each_front(Make make) {
  return {.blocking = make, .async = make, .nothrow = make};
}

/// The result of a call, however the front returns it.
template <class Returned>
auto taken(Returned returned) {
  if constexpr (segment::detail::is_task<Returned>) {
    return returned.get();
  } else if constexpr (requires { returned.error(); }) {
    return std::move(returned).value();
  } else {
    return returned;
  }
}

/// Makes a call that returns nothing.
template <class Method>
void done(Method method) {
  if constexpr (std::is_void_v<decltype(method())>) {
    method();
  } else if constexpr (segment::detail::is_task<decltype(method())>) {
    method().get();
  } else {
    method().value();
  }
}

template <class T>
T input(const segment::Json& json) {
  return segment::from_json<T>(json);
}

/// Adds an item to the text of an array that is not closed yet.
template <class Item>
void add_item(std::string& text, const Item& item) {
  if (text.size() > 1) text += ',';
  text += segment::detail::to_json_text(segment::detail::Describe<Item>::type, &item);
}

/// Iterates over a list to its end, and writes the items as one array.
template <class Page>
std::string items(segment::List<Page> list) {
  std::string text = "[";
  for (const auto& item : list) add_item(text, item);
  return text + "]";
}
template <class Page>
segment::Task<std::string> items_later(segment::AsyncList<Page> list) {
  std::string text = "[";
  while (const auto* item = co_await list.next()) add_item(text, *item);
  co_return text + "]";
}
template <class Page>
std::string items(segment::AsyncList<Page> list) {
  return items_later(std::move(list)).get();
}

template <class Page>
std::string items(segment::ResultList<Page> list) {
  std::string text = "[";
  for (auto& item : list) add_item(text, item.value());
  return text + "]";
}

}  // namespace every_operation
