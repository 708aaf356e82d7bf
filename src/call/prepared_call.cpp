#include "call/prepared_call.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "call/chosen_version.hpp"
#include "call/masked_secrets.hpp"
#include "call/raise.hpp"
#include "http/header_text.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

// Headers that say how a message is framed and where it goes: another one's length or host makes
// two servers on the way read different requests.
constexpr std::array<std::string_view, 13> headers_of_the_connection = {"Connection",
                                                                        "Content-Length",
                                                                        "Cookie",
                                                                        "Expect",
                                                                        "Host",
                                                                        "HTTP2-Settings",
                                                                        "Keep-Alive",
                                                                        "Proxy-Authorization",
                                                                        "Proxy-Connection",
                                                                        "TE",
                                                                        "Trailer",
                                                                        "Transfer-Encoding",
                                                                        "Upgrade"};

void check_extra_header(const Operation& operation, const http::Header& header) {
  if (!is_header_name(header.name) || !is_header_value(header.value)) {
    raise_invalid_argument(operation,
                           "an extra header has a name or a value that no header can have");
  }
  if (http::same_name(header.name, "Authorization")) {
    raise_invalid_argument(
        operation, "Authorization is set by the library; give the client another token instead");
  }
  for (const std::string_view name : headers_of_the_connection) {
    if (!http::same_name(header.name, name)) continue;
    raise_invalid_argument(operation, "the extra header " + std::string(name) +
                                          " belongs to the connection and is not a call's to set; "
                                          "leave it out");
  }
}

}  // namespace

std::int64_t usual_page_size(const Paging& paging) noexcept {
  constexpr std::int64_t usual = 200;
  return std::min(usual, paging.max_count);
}

PreparedCall::PreparedCall(const ClientOptions& client, const CallTable& table, EncodedCall encoded,
                           CallOptions options)
    : table_(&table),
      encoded_(std::move(encoded)),
      options_(std::move(options)),
      media_type_(chosen_media_type(client, operation(), options_)) {
  for (const auto& header : options_.headers) check_extra_header(operation(), header);
  guard_masked_secrets(operation(), options_.masked_secrets.value_or(client.masked_secrets),
                       encoded_.body);
}

void PreparedCall::set_page_size(PageSize size) {
  const Paging& paging = *table_->paging;
  if (size == PageSize::of_servers) return;
  // The API wants a count beside a cursor.
  if (size == PageSize::usual_beside_cursor &&
      find_parameter(encoded_.query, paging.cursor) == nullptr) {
    return;
  }
  if (find_parameter(encoded_.query, paging.count) == nullptr) {
    set_page_size(usual_page_size(paging));
  }
}

void PreparedCall::set_page_size(std::int64_t items) {
  set_parameter(encoded_.query, table_->paging->count, std::to_string(items));
}

void PreparedCall::set_cursor(std::string cursor) {
  set_parameter(encoded_.query, table_->paging->cursor, std::move(cursor));
}

PreparedCall prepare(const ClientOptions& client, const CallTable& table, const CallInput& input,
                     CallOptions options, PageSize page_size) {
  EncodedCall encoded = encode(table, input, options);
  PreparedCall call(client, table, std::move(encoded), std::move(options));
  if (table.paging != nullptr) call.set_page_size(page_size);
  return call;
}

}  // namespace segment::inline SEGMENT_ABI::detail
