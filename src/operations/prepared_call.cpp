#include "operations/prepared_call.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>

#include "errors/raise.hpp"
#include "http/policies.hpp"
#include "http/syntax.hpp"
#include "json/events.hpp"
#include "json/writer.hpp"
#include "segment/convert.hpp"
#include "segment/error.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::detail {

// Encoding ----------------------------------------------------------------------------------------

namespace {

// Messages never contain the value, since a write key can be one.
void append_segment(std::string& path, const Operation& operation, std::string_view name,
                    std::string_view value) {
  const auto refuse = [&](std::string_view reason) {
    raise_invalid_argument(
        operation, "the path parameter " + std::string(name) + " is " + std::string(reason));
  };
  if (value.empty()) refuse("empty; the call needs it");
  if (value == "." || value == "..") {
    refuse("\"" + std::string(value) + "\", which would lead to another path");
  }
  if (!is_utf8(value)) refuse("not UTF-8");
  append_percent_encoded(path, value);
}

std::string expand(const Operation& operation, std::initializer_list<std::string_view> values) {
  std::string path;
  std::size_t size = operation.path.size();
  for (std::string_view one : values) size += one.size();
  path.reserve(size);
  const auto* value = values.begin();
  std::string_view rest = operation.path;
  for (;;) {
    const std::size_t open = rest.find('{');
    path += rest.substr(0, open);
    if (open == std::string_view::npos) return path;
    const std::size_t close = rest.find('}', open);
    if (value == values.end()) raise_invalid_argument(operation, "too few path parameters");
    append_segment(path, operation, rest.substr(open + 1, close - open - 1), *value++);
    rest.remove_prefix(close + 1);
  }
}

// Runs one encoding step, and names the input if it cannot be sent.
template <class Step>
void encoding(const Operation& operation, std::string_view part, Step&& step) {
  try {
    step();
  } catch (const BadJson& bad) {
    raise_invalid_argument(operation, "the " + std::string(part) + " cannot be sent: at \"" +
                                          bad.pointer + "\" " + bad.reason);
  } catch (const InvalidArgumentError& error) {
    if (!error.operation().empty()) throw;
    raise_invalid_argument(operation,
                           "the " + std::string(part) + " cannot be sent: " + error.what());
  }
}

}  // namespace

std::string EncodedCall::target(std::string_view base_url) const {
  std::string target;
  target.reserve(base_url.size() + path.size());
  target.append(base_url).append(path);
  char separator = '?';
  for (const auto& parameter : query) {
    target += separator;
    append_percent_encoded(target, parameter.name);
    target += '=';
    append_percent_encoded(target, parameter.value);
    separator = '&';
  }
  return target;
}

EncodedCall encode(const Operation& operation, const CallInput& input, const CallOptions& options) {
  EncodedCall call{.path = expand(operation, input.path), .query = {}, .body = {}};
  if (operation.query != nullptr && input.query != nullptr) {
    encoding(operation, "query", [&] {
      QueryWriter writer(call.query);
      walk(*operation.query, input.query, writer);
    });
  }
  replace_parameters(call.query, options.query);
  if (options.body) {
    encoding(operation, "body", [&] {
      call.body = body_text(
          operation,
          operation.body != nullptr ? to_json(*operation.body, input.body) : Json::object(),
          options);
    });
  } else if (operation.body != nullptr) {
    encoding(operation, "body", [&] {
      JsonWriter writer(call.body.emplace());
      walk(*operation.body, input.body, writer);
    });
  }
  return call;
}

std::string body_text(const Operation& operation, Json body, const CallOptions& options) {
  if (options.body) {
    if (!options.body->is_object())
      raise_invalid_argument(operation, "the extra body members are not a JSON object");
    if (!body.is_object())
      raise_invalid_argument(operation,
                             "the body takes no extra members, because it is not a JSON object");
    for (const auto& member : options.body->as_object()) body[member.name] = member.value;
  }
  std::string text;
  encoding(operation, "body", [&] { text = body.dump(); });
  return text;
}

const std::string* find_parameter(const std::vector<QueryParameter>& query, std::string_view name) {
  const auto found = std::ranges::find(query, name, &QueryParameter::name);
  return found != query.end() ? &found->value : nullptr;
}

void set_parameter(std::vector<QueryParameter>& query, std::string_view name, std::string value) {
  const auto found = std::ranges::find(query, name, &QueryParameter::name);
  if (found != query.end()) {
    found->value = std::move(value);
  } else {
    query.push_back({std::string(name), std::move(value)});
  }
}

void replace_parameters(std::vector<QueryParameter>& query,
                        const std::vector<QueryParameter>& more) {
  std::erase_if(query, [&](const QueryParameter& parameter) {
    return find_parameter(more, parameter.name) != nullptr;
  });
  query.insert(query.end(), more.begin(), more.end());
}

// Preparing ---------------------------------------------------------------------------------------

bool names_version(const http::Header& header) noexcept {
  const bool is_media_type =
      http::same_name(header.name, "Accept") || http::same_name(header.name, "Content-Type");
  return is_media_type && header.value.find("vnd.segment.") != std::string::npos;
}

namespace {

void check_extra_headers(const Operation& operation, const std::vector<http::Header>& headers) {
  for (const http::Header& header : headers) {
    if (const auto reason = why_refused(header)) raise_invalid_argument(operation, *reason);
    if (!operation.versions.empty() && names_version(header)) {
      raise_invalid_argument(operation, "the header " + header.name +
                                            " names a version; set CallOptions::version instead");
    }
  }
}

// Adds the client's parameters for every query; parameters that are already there stay.
void add_parameters(std::vector<QueryParameter>& query, const std::vector<QueryParameter>& more) {
  std::vector<QueryParameter> added;
  std::ranges::copy_if(more, std::back_inserter(added), [&](const QueryParameter& parameter) {
    return find_parameter(query, parameter.name) == nullptr;
  });
  query.insert(query.end(), added.begin(), added.end());
}

void check_allowed(const ClientOptions& client, const Operation& operation, ApiVersion version) {
  const ApiVersion minimum = client.minimum_stability;
  if (is_less_stable(version, minimum)) {
    raise_invalid_argument(operation,
                           "the call is " + std::string(to_string(version)) +
                               ", less stable than ClientOptions::minimum_stability allows (" +
                               std::string(to_string(minimum)) + ")");
  }
  if (operation.preview && !client.allow_preview) {
    raise_invalid_argument(operation,
                           "the operation is a preview, and ClientOptions::allow_preview is off");
  }
}

// A response of another version would not fit the operation's types.
[[noreturn]] void refuse_version(const Operation& operation, ApiVersion version) {
  const std::string name(to_string(version));
  for (const OtherVersion& other : operation.other_versions) {
    if (other.version != version) continue;
    raise_invalid_argument(operation, name + " has a method with types of its own: call " +
                                          std::string(other.group) + "()." +
                                          std::string(other.name) + "()");
  }
  std::string existing;
  for (ApiVersion own : operation.versions) {
    existing += existing.empty() ? "" : ", ";
    existing += to_string(own);
  }
  raise_invalid_argument(operation,
                         "there is no " + name + " version of this operation, only " + existing);
}

// The media type of the version to ask for: the call's own or the most stable one; plain JSON for
// an operation that this library does not know.
std::string_view chosen_media_type(const ClientOptions& client, const Operation& operation,
                                   const CallOptions& options) {
  if (operation.versions.empty() && !options.version) return "application/json";
  const ApiVersion version = options.version ? *options.version : operation.stability();
  check_allowed(client, operation, version);
  if (operation.versions.empty() || operation.has(version)) return media_type(version);
  refuse_version(operation, version);
}

}  // namespace

std::int64_t usual_page_size(const Paging& paging) noexcept {
  constexpr std::int64_t usual = 200;
  return std::min(usual, paging.max_count);
}

PreparedCall::PreparedCall(const ClientOptions& client, const Operation& operation,
                           EncodedCall encoded, CallOptions options)
    : operation_(&operation),
      encoded_(std::move(encoded)),
      options_(std::move(options)),
      tag_(options_.tag.value_or(std::string())),
      media_type_(chosen_media_type(client, operation, options_)) {
  check_extra_headers(operation, options_.headers);
  add_parameters(encoded_.query, client.query);
  guard_masked_secrets(operation, options_.masked_secrets.value_or(client.masked_secrets),
                       encoded_.body);
}

void PreparedCall::set_page_size(PageSize size) {
  const Paging& paging = *operation_->paging;
  if (size == PageSize::server_default) return;
  // The API requires a count with a cursor.
  if (size == PageSize::usual_beside_cursor &&
      find_parameter(encoded_.query, paging.cursor) == nullptr) {
    return;
  }
  if (find_parameter(encoded_.query, paging.count) == nullptr) {
    set_page_size(size == PageSize::largest ? paging.max_count : usual_page_size(paging));
  }
}

void PreparedCall::set_page_size(std::int64_t items) {
  const Paging& paging = *operation_->paging;
  set_parameter(encoded_.query, paging.count, std::to_string(items));
  may_take_usual_page_ = items > usual_page_size(paging);
}

std::string PreparedCall::target(std::string_view base_url, bool with_usual_page) const {
  if (!with_usual_page) return encoded_.target(base_url);
  EncodedCall call{.path = encoded_.path, .query = encoded_.query, .body = {}};
  const Paging& paging = *operation_->paging;
  set_parameter(call.query, paging.count, std::to_string(usual_page_size(paging)));
  return call.target(base_url);
}

void PreparedCall::set_cursor(std::string cursor) {
  set_parameter(encoded_.query, operation_->paging->cursor, std::move(cursor));
}

PreparedCall prepare(const ClientOptions& client, const Operation& operation,
                     const CallInput& input, CallOptions options, PageSize page_size) {
  const std::string tag = options.tag.value_or(std::string());
  return with_tag(tag, [&] {
    EncodedCall encoded = encode(operation, input, options);
    PreparedCall call(client, operation, std::move(encoded), std::move(options));
    if (operation.paging != nullptr) call.set_page_size(page_size);
    return call;
  });
}

}  // namespace segment::inline SEGMENT_ABI::detail
