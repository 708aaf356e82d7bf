#include "call/page_walk.hpp"

#include <functional>
#include <utility>

#include "segment/error.hpp"

namespace segment::detail {

PageWalk::PageWalk(const CallTable& table, EncodedCall call)
    : table_(table), call_(std::move(call)) {
  if (const auto* first = find_parameter(call_.query, table.paging->cursor)) {
    seen_.insert(std::hash<std::string>{}(*first));
  }
}

const EncodedCall* PageWalk::next() {
  if (std::exchange(done_, true)) return nullptr;
  if (next_cursor_) follow(*std::exchange(next_cursor_, std::nullopt));
  return &call_;
}

void PageWalk::took(const void* page) {
  next_cursor_ = table_.paging->next(page);
  done_ = !next_cursor_;
}

void PageWalk::follow(const std::string& cursor) {
  if (!seen_.insert(std::hash<std::string>{}(cursor)).second) {
    ErrorFacts facts;
    facts.operation = table_.operation->id;
    throw DecodeError(std::string(table_.operation->id) +
                          ": the server gave a page's cursor out again; the walk would never end",
                      std::move(facts));
  }
  set_parameter(call_.query, table_.paging->cursor, cursor);
}

}  // namespace segment::detail
