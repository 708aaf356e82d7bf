#include "call/prepared_call.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "call/masked_secrets.hpp"
#include "errors/raise.hpp"
#include "policies/header_policies.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

void check_extra_headers(const Operation& operation, const std::vector<http::Header>& headers) {
  for (const http::Header& header : headers) {
    if (const auto reason = why_refused(header)) raise_invalid_argument(operation, *reason);
  }
}

// What the client adds to every query; a parameter that is there already stays.
void add_parameters(std::vector<QueryParameter>& query, const std::vector<QueryParameter>& more) {
  for (const QueryParameter& parameter : more) {
    if (find_parameter(query, parameter.name) == nullptr) query.push_back(parameter);
  }
}

// The media type of the version to ask for: the call's own or the most stable one. Of an operation
// that this library does not know, plain JSON.
std::string_view chosen_media_type(const ClientOptions& client, const Operation& operation,
                                   const CallOptions& options) {
  if (operation.versions.empty() && !options.version) return "application/json";
  const ApiVersion version = options.version ? *options.version : operation.stability();
  const ApiVersion minimum = client.minimum_stability;
  if (version > minimum) {
    raise_invalid_argument(operation,
                           "the call is " + std::string(to_string(version)) +
                               ", less stable than ClientOptions::minimum_stability allows (" +
                               std::string(to_string(minimum)) + ")");
  }
  if (operation.versions.empty() || operation.has(version)) return media_type(version);
  std::string existing;
  for (ApiVersion own : operation.versions) {
    existing += existing.empty() ? "" : ", ";
    existing += to_string(own);
  }
  raise_invalid_argument(operation, "there is no " + std::string(to_string(version)) +
                                        " version of this operation, only " + existing);
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
  if (size == PageSize::of_servers) return;
  // The API wants a count beside a cursor.
  if (size == PageSize::usual_beside_cursor &&
      find_parameter(encoded_.query, paging.cursor) == nullptr) {
    return;
  }
  if (find_parameter(encoded_.query, paging.count) == nullptr) {
    set_page_size(size == PageSize::largest ? paging.max_count : usual_page_size(paging));
  }
}

void PreparedCall::set_page_size(std::int64_t items) {
  set_parameter(encoded_.query, operation_->paging->count, std::to_string(items));
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
