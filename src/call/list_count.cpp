#include "call/list_count.hpp"

namespace segment::inline SEGMENT_ABI::detail {

std::optional<std::string> short_list(const ClientOptions& client, const PreparedCall& call,
                                      std::int64_t came, std::optional<std::int64_t> counted) {
  if (!counted || came >= *counted) return std::nullopt;
  const std::string detail = std::to_string(came) + (came == 1 ? " item" : " items") +
                             " came of the " + std::to_string(*counted) + " that the API counts";
  if (client.on_schema_mismatch) {
    client.on_schema_mismatch({.kind = SchemaMismatch::Kind::short_list,
                               .operation = call.operation().id,
                               .pointer = "/data",
                               .detail = detail});
  }
  if (call.options().short_lists.value_or(client.short_lists) == ShortLists::report) {
    return std::nullopt;
  }
  return "is short: " + detail + "; the token may not see the others";
}

void check_only_page(const CallFacts& facts, const ClientOptions& client, const PreparedCall& call,
                     const http::Response& response, const void* page) {
  const Paging* paging = call.operation().paging;
  if (paging == nullptr || paging->next(page)) return;
  if (find_parameter(call.encoded().query, paging->cursor) != nullptr) return;
  const PageCount count = paging->count_of(page);
  const auto wrong = short_list(client, call, static_cast<std::int64_t>(count.items), count.total);
  if (wrong) raise_decode_error(facts, response, "/data", *wrong);
}

}  // namespace segment::inline SEGMENT_ABI::detail
