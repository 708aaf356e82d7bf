#include "call/prepared_call.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "call/chosen_version.hpp"
#include "call/masked_secrets.hpp"
#include "call/raise.hpp"
#include "policies/extra_headers.hpp"

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
