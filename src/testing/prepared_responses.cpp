#include "testing/prepared_responses.hpp"

#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <memory>
#include <utility>

#include "errors/raise.hpp"
#include "operations/operation_tables.hpp"
#include "operations/prepared_call.hpp"
#include "operations/router.hpp"
#include "segment/api/operations.hpp"
#include "segment/convert.hpp"
#include "segment/testing/fake_transport.hpp"
#include "testing/exchange.hpp"

namespace segment::inline SEGMENT_ABI::testing {

namespace detail {

namespace {

using segment::detail::Type;

[[noreturn]] void refuse(const Operation& operation, const std::string& reason) {
  throw segment::detail::error_about<InvalidArgumentError>(operation, {}, reason);
}

std::string readable(const std::type_info& type) {
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> text(
      abi::__cxa_demangle(type.name(), nullptr, nullptr, &status), &std::free);
  return text ? text.get() : type.name();
}

std::string name_of(const Type& type) {
  if (type.element == nullptr) return std::string(type.name);
  return "a list of " + name_of(*type.element);
}

// `data` often holds a single member, or a page.
std::string result_of(const Operation& operation) {
  if (operation.data == nullptr) return "nothing";
  const Type& data = *operation.data;
  if (data.name != "data") return std::string(data.name);
  const Type& first = *data.members.front().type;
  if (operation.paging == nullptr || first.element == nullptr) return name_of(first);
  return "pages of " + name_of(*first.element);
}

http::Response json_response(int status, std::string body) {
  return {
      .status = status, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body)};
}

std::string data_body(const Operation& operation, const void* value) {
  return R"({"data":)" + segment::detail::to_json_text(*operation.data, value) + "}";
}

const char* usual_type(int status) {
  switch (status) {
    case 400:
      return "bad-request";
    case 401:
      return "unauthorized";
    case 403:
      return "forbidden";
    case 404:
      return "not-found";
    case 409:
      return "conflict";
    case 413:
      return "payload-too-large";
    case 422:
      return "input-validation";
    case 429:
      return "RequestError";
    default:
      return status >= 500 ? "server" : "refused";
  }
}

// Empty for the list's first page.
std::string cursor_in(const FakeCall& call) {
  const Operation& operation = call.operation();
  if (operation.paging == nullptr) return {};
  const Target target = target_of(call.request().url);
  for (const std::string_view pair : split(target.query, '&')) {
    const std::size_t equals = pair.find('=');
    if (equals == pair.npos) continue;
    if (percent_decoded(pair.substr(0, equals)) == operation.paging->cursor) {
      return percent_decoded(pair.substr(equals + 1));
    }
  }
  return {};
}

}  // namespace

void check_type(const Operation& operation, const segment::detail::Lifetime* lifetime,
                const std::type_info& given, const std::string& what) {
  // Compares names, since with hidden symbols each library may have its own type_info of a type.
  if (lifetime != nullptr && std::strcmp(lifetime->type->name(), given.name()) == 0) return;
  refuse(operation, "it " + what + ", but was given " + readable(given));
}

// Which operation ---------------------------------------------------------------------------------

CallReader::CallReader() : router_(segment::operations::all()) {}

std::optional<FakeCall> CallReader::read(const http::Request& request) const {
  const std::string whole = target_of(request.url).path;
  std::string_view path = whole;
  const std::string_view method = to_string(request.method);
  auto route = router_.find(method, path);
  while (!route) {  // skip the base URL's path
    const std::size_t next = path.find('/', 1);
    if (next == path.npos) return std::nullopt;
    path.remove_prefix(next);
    route = router_.find(method, path);
  }
  const Operation* operation = route->call;
  const auto accept = request.headers.find("Accept");
  for (const Operation* other : router_.all_by_id(operation->id)) {
    const bool is_asked_for = std::ranges::any_of(other->versions, [&](ApiVersion version) {
      return accept == segment::detail::media_type(version);
    });
    if (is_asked_for && other->path == operation->path) operation = other;
  }
  return FakeCall(*operation, std::move(route->parameters), request);
}

// What was prepared -------------------------------------------------------------------------------

std::deque<PreparedResponses::Response>& PreparedResponses::responses_to(
    const Operation& operation) {
  return responses_[{operation.id, operation.group}].responses;
}

void PreparedResponses::respond(const Operation& operation, const std::type_info& type,
                                const void* value) {
  check_type(operation, operation.data != nullptr ? operation.result_lifetime : nullptr, type,
             "returns " + result_of(operation));
  responses_to(operation).emplace_back(json_response(200, data_body(operation, value)));
}

void PreparedResponses::answer_nothing(const Operation& operation) {
  if (operation.data != nullptr) {
    refuse(operation, "it returns " + result_of(operation) + ", but was given nothing");
  }
  responses_to(operation).emplace_back(json_response(200, R"({"data":{"status":"SUCCESS"}})"));
}

void PreparedResponses::answer_pages(const Operation& operation, const std::type_info& type,
                                     const std::vector<const void*>& pages) {
  check_type(operation, operation.data != nullptr ? operation.result_lifetime : nullptr, type,
             "returns " + result_of(operation));
  if (pages.empty()) refuse(operation, "a list needs at least one page, which may be empty");
  if (operation.paging == nullptr && pages.size() > 1) {
    refuse(operation,
           "it does not return its list in pages, but was given " + std::to_string(pages.size()));
  }
  Pages bodies;
  std::string cursor;
  for (const void* page : pages) {
    bodies.push_back({cursor, data_body(operation, page)});
    if (operation.paging != nullptr) cursor = operation.paging->next(page).value_or("");
  }
  responses_to(operation).emplace_back(std::move(bodies));
}

void PreparedResponses::fail(const Operation& operation, http::Outcome outcome) {
  const auto* response = std::get_if<http::Response>(&outcome);
  if (response != nullptr && (response->status < 400 || response->status > 599)) {
    refuse(operation, "an error has a status of 4xx or 5xx, but it was given " +
                          std::to_string(response->status));
  }
  responses_to(operation).emplace_back(std::move(outcome));
}

PreparedResponses::Pages::const_iterator PreparedResponses::find_page(const Pages& pages,
                                                                      std::string_view cursor) {
  const bool is_first = cursor == segment::detail::cursor_of_page<std::string>(1) || cursor == "1";
  return std::ranges::find(pages, is_first ? std::string_view{} : cursor, &Page::cursor);
}

std::optional<http::Outcome> PreparedResponses::respond(const FakeCall& call) {
  const auto found = responses_.find({call.operation().id, call.operation().group});
  if (found == responses_.end()) return std::nullopt;
  auto& [responses, is_front_used_up] = found->second;
  if (is_front_used_up && responses.size() > 1) {
    responses.pop_front();
    is_front_used_up = false;
  }
  http::Outcome outcome;
  if (const auto* pages = std::get_if<Pages>(&responses.front())) {
    const auto page = find_page(*pages, cursor_in(call));
    if (page == pages->end()) {
      throw NotPreparedError(std::string(call.operation().id) +
                             ": no page of the prepared list has the requested cursor");
    }
    outcome = json_response(200, page->body);
    is_front_used_up = page == std::prev(pages->end());
  } else {
    outcome = std::get<http::Outcome>(responses.front());
    is_front_used_up = true;
  }
  return outcome;
}

std::string PreparedResponses::operations() const {
  std::string names;
  for (const auto& [key, responses] : responses_) {
    if (!names.empty()) names += ", ";
    names += key.first;
  }
  return names;
}

std::string error_body(int status, const std::vector<ApiErrorItem>& items) {
  Json list = Json::array();
  for (const ApiErrorItem& item : items) {
    Json one = Json::object({{"type", item.type}, {"message", item.message}});
    if (!item.field.empty()) one["field"] = item.field;
    if (!item.data.is_null()) one["data"] = item.data;
    if (item.status) one["status"] = *item.status;
    list.push_back(std::move(one));
  }
  if (items.empty()) {
    list.push_back(Json::object(
        {{"type", usual_type(status)}, {"message", "The fake transport fails this call."}}));
  }
  return Json::object({{"errors", std::move(list)}}).dump();
}

}  // namespace detail

// Read back as types ------------------------------------------------------------------------------

void FakeCall::read_query(const std::type_info& type, void* query) const {
  const auto* table = operation_->query;
  detail::check_type(
      *operation_, table != nullptr ? operation_->query_lifetime : nullptr, type,
      table != nullptr ? "takes a query of " + std::string(table->name) : "takes no query");
  const auto json = segment::detail::read_query(*table, detail::target_of(request_.url).query);
  segment::detail::from_json(*table, query, json.value_or(Json::object()));
}

void FakeCall::read_body(const std::type_info& type, void* body) const {
  const auto* table = operation_->body;
  detail::check_type(
      *operation_, table != nullptr ? operation_->body_lifetime : nullptr, type,
      table != nullptr ? "takes a body of " + std::string(table->name) : "takes no body");
  segment::detail::from_json(*table, body, Json::parse(request_.body.value_or("null")));
}

}  // namespace segment::inline SEGMENT_ABI::testing
