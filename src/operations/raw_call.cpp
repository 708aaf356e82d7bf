#include "operations/prepared_call.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "http/syntax.hpp"
#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

[[noreturn]] void refuse_path(const std::string& reason) {
  ErrorFacts facts;
  facts.operation = "call";
  throw InvalidArgumentError("call: the path " + reason, std::move(facts));
}

// Whether a server or a gateway could take a segment of the path for a step to another path. Some
// of them first resolve its escapes, as often as there are any, and drop its parameters (`..;a=b`).
bool leads_elsewhere(std::string_view decoded) {
  for (;;) {
    const std::size_t end = decoded.find_first_of("/\\");
    const std::string_view part = decoded.substr(0, end);
    const std::string_view name = part.substr(0, part.find(';'));
    if (name == "." || name == "..") return true;
    if (end == std::string_view::npos) return false;
    decoded.remove_prefix(end + 1);
  }
}

void check_segment(std::string_view segment) {
  constexpr int most_layers = 8;  // each costs a pass over the text
  if (segment.empty()) refuse_path("has an empty segment, perhaps from an empty id");
  if (!percent_decoded(segment)) refuse_path("has a percent sign that does not start an escape");
  const auto is_control = [](char c) { return (c >= '\0' && c < ' ') || c == '\x7f'; };
  std::string text(segment);
  for (int layers = 0; layers <= most_layers; ++layers) {
    if (std::ranges::any_of(text, is_control)) refuse_path("contains an escaped control character");
    if (leads_elsewhere(text)) refuse_path("has a segment that leads to another path");
    auto decoded = percent_decoded(text);
    if (!decoded || *decoded == text) return;
    text = *std::move(decoded);
  }
  refuse_path("contains escapes of escapes of escapes");
}

// A path is sent as it is, so nothing that would end it or lead out of it may pass.
void check_path(std::string_view path) {
  if (!path.starts_with('/')) refuse_path("does not begin with a slash");
  const auto is_odd = [](char c) {
    return c <= ' ' || c >= '\x7f' || c == '?' || c == '#' || c == '\\';
  };
  if (std::ranges::any_of(path, is_odd)) {
    refuse_path(
        "contains a character that must be percent-encoded; pass a query as its own argument");
  }
  for (std::string_view rest = path; !rest.empty();) {
    rest.remove_prefix(1);
    const std::string_view segment = rest.substr(0, rest.find('/'));
    check_segment(segment);
    rest.remove_prefix(segment.size());
  }
}

template <http::Method method>
constexpr Operation raw_operation{
    .id = "call",
    .method = method,
    .path = "(the caller's path)",
    .idempotent = method != http::Method::post&& method != http::Method::patch,
    .data = &Describe<Json>::type,
    .result_lifetime = &lifetime_of<Json>};

const Operation& operation_of(http::Method method) noexcept {
  switch (method) {
    case http::Method::post:
      return raw_operation<http::Method::post>;
    case http::Method::put:
      return raw_operation<http::Method::put>;
    case http::Method::patch:
      return raw_operation<http::Method::patch>;
    case http::Method::delete_:
      return raw_operation<http::Method::delete_>;
    case http::Method::get:
      break;
  }
  return raw_operation<http::Method::get>;
}

constexpr Operation warm_up_operation{
    .id = "warm_up", .method = http::Method::get, .path = "/", .idempotent = true};

}  // namespace

PreparedCall prepare_raw_call(const ClientOptions& client, http::Method method,
                              std::string_view path, const std::vector<QueryParameter>& query,
                              const std::optional<Json>& body, const CallOptions& options) {
  return with_tag(options.tag.value_or(std::string()), [&] {
    check_path(path);
    const Operation& operation = operation_of(method);
    EncodedCall encoded{.path = std::string(path), .query = query, .body = {}};
    replace_parameters(encoded.query, options.query);
    if (body || options.body) {
      encoded.body = body_text(operation, body.value_or(Json::object()), options);
    }
    return PreparedCall(client, operation, std::move(encoded), options);
  });
}

PreparedCall prepare_warm_up(const ClientOptions& client, const CallOptions& options) {
  return with_tag(options.tag.value_or(std::string()), [&] {
    return PreparedCall(client, warm_up_operation, {.path = "/", .query = {}, .body = {}}, options);
  });
}

bool is_warm_up(const Operation& operation) noexcept { return &operation == &warm_up_operation; }

}  // namespace segment::inline SEGMENT_ABI::detail
