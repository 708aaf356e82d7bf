#include "engine/input.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "json/typed/validate.hpp"
#include "operations/router.hpp"
#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

using detail::EnumCheck;
using detail::Kind;
using detail::Problem;
using detail::Type;

// Here the API itself returns and accepts `Block` for `BLOCK`.
constexpr std::array any_case = {std::string_view("updateSchemaSettingsInSource")};

void collect(std::vector<ErrorItem>& errors, const std::vector<Problem>& problems) {
  for (const Problem& problem : problems) {
    errors.push_back({invalid_input, problem.message, problem.path});
  }
}

// The one bound that every list has; the type tables contain none. A request can take a cursor even
// if its response has none.
void check_count(const Call& call, std::vector<ErrorItem>& errors) {
  const auto* paging = call.operation.paging;
  const std::string name(paging != nullptr ? paging->count : "pagination.count");
  const Json* count = query_parameter(call.query, name);
  if (count == nullptr || !count->is_integer()) return;
  const std::int64_t most = paging != nullptr ? paging->max_count : 1000;
  if (count->as_integer() >= 1 && count->as_integer() <= most) return;
  errors.push_back({invalid_input, "must be from 1 to " + std::to_string(most), name});
}

Json known_part(const Type& type, Json json);

Json known_members(const Type& type, Json json) {
  std::erase_if(json.as_object(), [&](const Json::Member& member) {
    return std::ranges::find(type.members, member.name, &detail::Member::name) ==
           type.members.end();
  });
  for (auto& member : json.as_object()) {
    const auto known = std::ranges::find(type.members, member.name, &detail::Member::name);
    member.value = known_part(*known->type, std::move(member.value));
  }
  return json;
}

// Valid input without unknown members: no handler ever sees those.
Json known_part(const Type& type, Json json) {
  if (type.kind == Kind::object && json.is_object()) return known_members(type, std::move(json));
  if (type.kind == Kind::list && json.is_array()) {
    for (Json& element : json.as_array()) element = known_part(*type.element, std::move(element));
  } else if (type.kind == Kind::map && json.is_object()) {
    for (auto& entry : json.as_object()) {
      entry.value = known_part(*type.element, std::move(entry.value));
    }
  }
  return json;
}

Json parse_query(const detail::Type& type, std::string_view query) {
  if (auto json = detail::read_query(type, query)) return std::move(*json);
  throw refuse(400, "bad-request", "The query cannot be decoded.");
}

Json parse_body(const Call& call) {
  if (call.request.body.empty()) return Json::object();
  try {
    return Json::parse(call.request.body);
  } catch (const Error&) {
    throw refuse(400, "bad-request", "The body is not JSON.");
  }
}

}  // namespace

void read_input(Call& call, std::string_view query) {
  if (call.request.body.size() > call.options.max_request_bytes) {
    throw refuse(413, "payload-too-large", "The body is too large.");
  }
  const bool lenient = std::ranges::find(any_case, call.operation.id) != any_case.end();
  const bool strict = call.options.refuse_unknown_members;
  const detail::ValidateOptions options{.unknown_members_are_problems = strict,
                                        .enums = lenient ? EnumCheck::any_case : EnumCheck::exact};
  std::vector<ErrorItem> errors;
  if (call.operation.query != nullptr) {
    call.query = parse_query(*call.operation.query, query);
    collect(errors, detail::validate(*call.operation.query, call.query, options));
    check_count(call, errors);
  }
  if (call.operation.body != nullptr) {
    call.body = parse_body(call);
    collect(errors, detail::validate(*call.operation.body, call.body, options));
  }
  if (!errors.empty()) throw Refusal{422, std::move(errors)};
  if (call.operation.query != nullptr)
    call.query = known_part(*call.operation.query, std::move(call.query));
  if (call.operation.body != nullptr)
    call.body = known_part(*call.operation.body, std::move(call.body));
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
