#include "calls/prepared_call.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "call/call_state.hpp"
#include "call/retry_plan.hpp"
#include "json/builder.hpp"
#include "json/decoder.hpp"
#include "json/events.hpp"
#include "json/validate.hpp"
#include "messages/errors.hpp"
#include "operations/catalog.hpp"
#include "segment/detail/pager.hpp"
#include "segment/error.hpp"

namespace segment::cli {

namespace {

// Named as members, never with their values: a write key stands in a path.
std::vector<std::string> read_path(const Operation& operation, const Json* path) {
  const auto names = path_parameters(operation);
  std::vector<std::string> values;
  for (const std::string_view name : names) {
    const Json* value = path != nullptr ? path->find(name) : nullptr;
    if (value == nullptr) throw Malformed("path." + std::string(name) + " is required");
    if (!value->is_string()) throw Malformed("path." + std::string(name) + " must be a string");
    values.push_back(value->as_string());
  }
  if (path == nullptr) return values;
  for (const auto& member : path->as_object()) {
    if (std::ranges::find(names, member.name) == names.end()) {
      throw Malformed("path." + member.name + " is not in " + std::string(operation.path));
    }
  }
  return values;
}

[[noreturn]] void refuse(std::string_view part, const std::vector<detail::Problem>& problems) {
  std::string message;
  for (const detail::Problem& problem : problems) {
    message.append(message.empty() ? "" : "; ").append(part);
    message += (problem.path.empty() ? "" : ".") + problem.path + " " + problem.message;
    if (!problem.meant.empty()) message += " (did you mean " + problem.meant + "?)";
  }
  throw Malformed(message);
}

// Enums are open: a value that is newer than this program is sent as it is.
constexpr detail::ValidateOptions strictly{.unknown_members_are_problems = true,
                                           .enums = detail::EnumCheck::none};

void read_part(std::string_view part, const detail::Type* type, const Json* given, void* object) {
  if (type == nullptr) {
    if (given == nullptr || given->empty()) return;
    throw Malformed("the operation takes no " + std::string(part));
  }
  const Json json = given != nullptr ? *given : Json::object();
  const auto problems = detail::validate(*type, json, strictly);
  if (!problems.empty()) refuse(part, problems);
  try {
    detail::decode(*type, object, json);
  } catch (const detail::BadJson& bad) {
    throw Malformed(std::string(part) + ": " + bad.pointer + " " + bad.reason);
  }
}

// The library's methods write a path's parameters out as a list; here their number is known only
// now.
detail::PreparedCall prepare(const Operation& operation, const std::vector<std::string>& path,
                             const void* query, const void* body, CallOptions options) {
  const auto with = [&](std::initializer_list<std::string_view> values) {
    // Only what was given is sent: no page's size beside a cursor.
    return detail::prepare({}, operation, {.path = values, .query = query, .body = body},
                           std::move(options), detail::PageSize::of_servers);
  };
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

void check_version(const Operation& operation, std::optional<ApiVersion> version) {
  for (const OtherVersion& other : operation.other_versions) {
    if (other.version != version) continue;
    throw Malformed(std::string(to_string(other.version)) + " of " + std::string(operation.id) +
                    " is a command of its own: " + command_of(other));
  }
}

detail::PreparedCall prepare(const Operation& operation, const Json& input, CallOptions options) {
  check_version(operation, options.version);
  const auto path = read_path(operation, input.find("path"));
  const Object query(operation.query_lifetime);
  const Object body(operation.body_lifetime);
  read_part("query", operation.query, input.find("query"), query.get());
  read_part("body", operation.body, input.find("body"), body.get());
  return prepare(operation, path, query.get(), body.get(), std::move(options));
}

CallOptions keeping_body(CallOptions options, std::shared_ptr<std::string> body) {
  options.on_response = [body = std::move(body)](const http::Response& response) {
    *body = response.body;
  };
  return options;
}

// Once more, and as leniently: the library has taken out of it what it knows.
Json read_answer(const std::string& body) {
  Json answer;
  detail::JsonBuilder builder;
  builder.start(answer);
  try {
    detail::read_json(body, builder);
  } catch (const detail::BadJson& bad) {
    throw DecodeError("the answer cannot be read: at \"" + bad.pointer + "\" it " + bad.reason);
  }
  return answer;
}

Json data_in(const std::string& body) {
  if (body.find_first_not_of(" \t\r\n") == std::string::npos) return {};
  Json answer = read_answer(body);
  Json* data = answer.find("data");
  return data != nullptr ? std::move(*data) : Json();
}

}  // namespace

PreparedCall::PreparedCall(const Operation& operation, const Json& input, CallOptions options)
    : body_(std::make_shared<std::string>()),
      call_(prepare(operation, input, keeping_body(std::move(options), body_))) {}

Returned PreparedCall::run(const detail::Core& core) const {
  Object object(operation().result_lifetime);
  detail::run(core, call_, object.get());
  return {std::move(object), data_in(*body_)};
}

Json PreparedCall::run_for_data(const detail::Core& core) const {
  try {
    return run(core).data;
  } catch (const NotFoundError& error) {
    if (!detail::is_success(error.status())) throw;
    return data_in(*body_);
  }
}

void PreparedCall::each_page(const std::shared_ptr<const detail::Core>& core,
                             const std::function<void(const Returned&)>& visit,
                             detail::PageSize size) const {
  detail::PreparedCall first = call_;
  first.set_page_size(size);
  detail::Pager pager(core, std::move(first));
  for (;;) {
    Object page(operation().result_lifetime);
    if (!pager.fetch(page.get())) return;
    visit({std::move(page), data_in(*body_)});
  }
}

}  // namespace segment::cli
