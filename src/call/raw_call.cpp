#include "call/raw_call.hpp"

#include <algorithm>
#include <string>

#include "call/call_table.hpp"
#include "call/encoded_call.hpp"
#include "call/masked_secrets.hpp"
#include "call/run.hpp"
#include "segment/error.hpp"

namespace segment::detail {

namespace {

[[noreturn]] void refuse(const std::string& reason) {
  ErrorFacts facts;
  facts.operation = "call";
  throw InvalidArgumentError("call: the path " + reason, std::move(facts));
}

// A path is sent as it is: what would end it, or lead out of it, does not pass.
void check_path(std::string_view path) {
  if (!path.starts_with('/')) refuse("does not begin with a slash");
  const auto is_odd = [](char c) {
    return c <= ' ' || c >= '\x7f' || c == '?' || c == '#' || c == '\\';
  };
  if (std::ranges::any_of(path, is_odd)) {
    refuse("holds a character that is to be percent-encoded; a query goes into its own argument");
  }
  for (std::string_view rest = path; !rest.empty();) {
    rest.remove_prefix(1);
    const std::string_view segment = rest.substr(0, rest.find('/'));
    if (segment == "." || segment == "..") refuse("has a segment that leads to another path");
    rest.remove_prefix(segment.size());
  }
}

}  // namespace

Json raw_call(const Core& core, http::Method method, std::string_view path,
              const std::vector<QueryParameter>& query, const std::optional<Json>& body,
              const CallOptions& options) {
  check_path(path);
  const Operation operation{
      .id = "call",
      .method = method,
      .path = "(a path of the caller's)",
      .may_be_resent = method != http::Method::post && method != http::Method::patch};
  const CallTable table{.operation = &operation, .data = &Describe<Json>::type};
  EncodedCall encoded{.path = std::string(path), .query = query, .body = {}};
  for (const auto& extra : options.query) set_parameter(encoded.query, extra.name, extra.value);
  if (body || options.body) {
    encoded.body = body_text(operation, body.value_or(Json::object()), options);
    guard_masked_secrets(operation, options.masked_secrets.value_or(core.options().masked_secrets),
                         encoded.body);
  }
  Json result;
  run(core, table, encoded, &result, options);
  return result;
}

}  // namespace segment::detail
