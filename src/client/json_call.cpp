#include "segment/json_call.hpp"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "call/call_state.hpp"
#include "call/retry_plan.hpp"
#include "errors/raise.hpp"
#include "json/builder.hpp"
#include "json/events.hpp"
#include "json/typed/decoder.hpp"
#include "operations/operation_tables.hpp"
#include "operations/prepared_call.hpp"
#include "segment/detail/pager.hpp"
#include "segment/error.hpp"
#include "segment/schema.hpp"
#include "segment/strict_reading.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI {

namespace {

using Findings = std::vector<JsonFinding>;
using FindingKind = JsonFinding::Kind;

// An object of a type that only its table knows: a query, a body or a result. May be null.
std::shared_ptr<void> object_of(const detail::Lifetime* lifetime) {
  if (lifetime == nullptr) return nullptr;
  return {lifetime->make(), lifetime->destroy};
}

// Findings name the parameters but never their values, since a path may contain a write key.
std::vector<std::string> read_path(const Operation& operation, const Json* path,
                                   Findings& findings) {
  const auto names = path_parameters(operation);
  std::vector<std::string> values;
  for (const std::string_view name : names) {
    const Json* value = path != nullptr ? path->find(name) : nullptr;
    const std::string pointer = "/path" + detail::pointer_step(name);
    if (value == nullptr) {
      findings.push_back({FindingKind::missing, pointer, "is required"});
    } else if (!value->is_string()) {
      findings.push_back({FindingKind::wrong_kind, pointer,
                          "must be a string, not " + detail::with_article(value->kind())});
    } else {
      values.push_back(value->as_string());
    }
  }
  if (path == nullptr || !path->is_object()) return values;
  for (const auto& [name, value] : path->as_object()) {
    if (std::ranges::find(names, name) != names.end()) continue;
    findings.push_back({FindingKind::unknown_member, "/path" + detail::pointer_step(name),
                        "is not in " + std::string(operation.path)});
  }
  return values;
}

void read_part(std::string_view part, const detail::Type* type, const Json* given, void* object,
               Findings& findings) {
  const std::string pointer = "/" + std::string(part);
  if (type == nullptr) {
    if (given == nullptr || given->empty()) return;
    findings.push_back({FindingKind::unknown_member, pointer, "is not accepted by the operation"});
    return;
  }
  const Json json = given != nullptr ? *given : Json::object();
  std::vector<JsonFinding> wrong = Schema(*type).problems(json);
  for (JsonFinding& finding : wrong) {
    finding.pointer.insert(0, pointer);
    findings.push_back(std::move(finding));
  }
  if (!wrong.empty()) return;
  try {
    detail::decode(*type, object, json);
  } catch (const detail::BadJson& bad) {
    findings.push_back({FindingKind::wrong_kind, pointer + bad.pointer, bad.reason});
  }
}

void check_parts(const Json& input, Findings& findings) {
  if (!input.is_object()) {
    findings.push_back({FindingKind::wrong_kind,
                        {},
                        "must be an object, not " + detail::with_article(input.kind())});
    return;
  }
  for (const auto& [name, part] : input.as_object()) {
    const std::string pointer = detail::pointer_step(name);
    if (name != "path" && name != "query" && name != "body") {
      findings.push_back({FindingKind::unknown_member, pointer, "is not path, query or body"});
    } else if (!part.is_object()) {
      findings.push_back({FindingKind::wrong_kind, pointer,
                          "must be an object, not " + detail::with_article(part.kind())});
    }
  }
}

// An initializer_list must be written out, but the number of path parameters is known only at run
// time.
template <class With>
detail::PreparedCall with_path(const std::vector<std::string>& path, const With& with) {
  switch (path.size()) {
    case 0:
      return with({});
    case 1:
      return with({path[0]});
    case 2:
      return with({path[0], path[1]});
    case 3:
      return with({path[0], path[1], path[2]});
    default:
      throw std::logic_error("a path with more than three parameters");
  }
}

// Keeps the body of the newest response.
void keep_body(detail::PreparedCall& call, std::string& body) {
  call.set_on_response([&body, own = call.options().on_response](const http::Response& newest) {
    body = newest.body;
    if (own) own(newest);
  });
}

}  // namespace

struct JsonCall::Input {
  const Operation& operation;
  CallOptions options;
  std::vector<std::string> path{};
  std::shared_ptr<void> query{};
  std::shared_ptr<void> body{};

  Input(const Operation& the_operation, const Json& json, CallOptions the_options)
      : operation(the_operation),
        options(std::move(the_options)),
        query(object_of(operation.query_lifetime)),
        body(object_of(operation.body_lifetime)) {
    Findings findings;
    check_parts(json, findings);
    if (findings.empty()) {
      path = read_path(operation, json.find("path"), findings);
      read_part("query", operation.query, json.find("query"), query.get(), findings);
      read_part("body", operation.body, json.find("body"), body.get(), findings);
    }
    if (findings.empty()) return;
    throw InvalidJsonError("input of " + std::string(operation.id), std::move(findings));
  }

  // Sends only what was given; in particular, no page size next to a cursor.
  [[nodiscard]] detail::PreparedCall prepare(const ClientOptions& client) const {
    return with_path(path, [&](std::initializer_list<std::string_view> values) {
      return detail::prepare(client, operation,
                             {.path = values, .query = query.get(), .body = body.get()}, options,
                             detail::PageSize::server_default);
    });
  }

  // The value of `data`. The response is read again, as leniently and with as much memory, because
  // the typed result keeps only what the library knows.
  [[nodiscard]] Json data_in(const std::string& response, const ClientOptions& client) const {
    using detail::MemoryBudget;
    if (detail::trimmed(response).empty()) return {};
    Json whole;
    const std::size_t largest = client.max_response_bytes;
    MemoryBudget budget = MemoryBudget::of_answer(response.size(), largest);
    detail::JsonBuilder builder(budget);
    builder.start(whole);
    try {
      detail::read_json(response, {.beside = MemoryBudget::of_reading(largest)}, builder);
    } catch (const detail::BadJson& bad) {  // without its pointer: names are the server's
      throw detail::error_about<DecodeError>(
          operation, options.tag.value_or(std::string()),
          "the response cannot be read as JSON: it " + bad.reason);
    }
    Json* data = whole.find("data");
    return data != nullptr ? std::move(*data) : Json();
  }
};

JsonCall::JsonCall(const Operation& operation, const Json& input, CallOptions options)
    : input_(std::make_shared<const Input>(operation, input, std::move(options))) {
  // Allows everything here: what a client restricts is checked when it makes the call.
  ClientOptions anything;
  anything.masked_secrets = MaskedSecrets::send;
  static_cast<void>(input_->prepare(anything));
}

const Operation& JsonCall::operation() const noexcept { return input_->operation; }

JsonResult JsonCall::run(const Client& client) const {
  std::string response;
  return run(client, response);
}

Json JsonCall::run_for_data(const Client& client) const {
  std::string response;
  try {
    return run(client, response).data;
  } catch (const NotFoundError& error) {
    if (!detail::is_success(error.status())) throw;
    return input_->data_in(response, client.front().core()->options());
  }
}

JsonResult JsonCall::run(const Client& client, std::string& response) const {
  const auto& core = client.front().core();
  detail::PreparedCall call = input_->prepare(core->options());
  keep_body(call, response);
  const auto object = object_of(operation().result_lifetime);
  detail::run(*core, call, object.get());
  const detail::Paging* paging = operation().paging;
  return {input_->data_in(response, core->options()),
          paging != nullptr ? paging->next(object.get()) : std::nullopt};
}

void JsonCall::for_each_page(const Client& client, const std::function<void(JsonResult)>& visit,
                             PageSize size) const {
  const auto& core = client.front().core();
  std::string response;
  detail::PreparedCall first = input_->prepare(core->options());
  keep_body(first, response);
  if (operation().paging != nullptr && size == PageSize::largest) {
    first.set_page_size(detail::PageSize::largest);
  }
  detail::Pager pager(core, std::move(first));
  for (;;) {
    const auto page = object_of(operation().result_lifetime);
    if (!pager.fetch(page.get())) return;
    visit({input_->data_in(response, core->options()), pager.cursor()});
  }
}

}  // namespace segment::inline SEGMENT_ABI
