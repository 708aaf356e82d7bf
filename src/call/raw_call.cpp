#include "call/raw_call.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "segment/error.hpp"

namespace segment::detail {

namespace {

[[noreturn]] void refuse_path(const std::string& reason) {
  ErrorFacts facts;
  facts.operation = "call";
  throw InvalidArgumentError("call: the path " + reason, std::move(facts));
}

// A path is sent as it is: what would end it, or lead out of it, does not pass.
void check_path(std::string_view path) {
  if (!path.starts_with('/')) refuse_path("does not begin with a slash");
  const auto is_odd = [](char c) {
    return c <= ' ' || c >= '\x7f' || c == '?' || c == '#' || c == '\\';
  };
  if (std::ranges::any_of(path, is_odd)) {
    refuse_path(
        "holds a character that is to be percent-encoded; a query goes into its own argument");
  }
  for (std::string_view rest = path; !rest.empty();) {
    rest.remove_prefix(1);
    const std::string_view segment = rest.substr(0, rest.find('/'));
    if (segment == "." || segment == "..") refuse_path("has a segment that leads to another path");
    rest.remove_prefix(segment.size());
  }
}

template <http::Method method>
constexpr Operation operation_of{
    .id = "call",
    .method = method,
    .path = "(a path of the caller's)",
    .may_be_resent = method != http::Method::post&& method != http::Method::patch};

template <http::Method method>
constexpr CallTable table_of{.operation = &operation_of<method>,
                             .data = &Describe<Json>::type,
                             .result_lifetime = &lifetime_of<Json>};

const CallTable& table(http::Method method) noexcept {
  switch (method) {
    case http::Method::post:
      return table_of<http::Method::post>;
    case http::Method::put:
      return table_of<http::Method::put>;
    case http::Method::patch:
      return table_of<http::Method::patch>;
    case http::Method::delete_:
      return table_of<http::Method::delete_>;
    case http::Method::get:
      break;
  }
  return table_of<http::Method::get>;
}

}  // namespace

PreparedCall prepare_raw_call(const ClientOptions& client, http::Method method,
                              std::string_view path, const std::vector<QueryParameter>& query,
                              const std::optional<Json>& body, const CallOptions& options) {
  check_path(path);
  const CallTable& call = table(method);
  EncodedCall encoded{.path = std::string(path), .query = query, .body = {}};
  for (const auto& extra : options.query) set_parameter(encoded.query, extra.name, extra.value);
  if (body || options.body) {
    encoded.body = body_text(*call.operation, body.value_or(Json::object()), options);
  }
  return {client, call, std::move(encoded), options};
}

}  // namespace segment::detail
