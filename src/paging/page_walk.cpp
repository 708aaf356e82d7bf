#include "paging/page_walk.hpp"

#include <functional>
#include <utility>

#include "call/list_count.hpp"
#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI::detail {

PageWalk::PageWalk(PreparedCall first) : call_(std::move(first)) {
  if (const auto* own = find_parameter(call_.encoded().query, call_.table().paging->cursor)) {
    seen_.insert(std::hash<std::string>{}(*own));
    from_the_start_ = false;
  }
}

const PreparedCall* PageWalk::next() {
  if (std::exchange(done_, true)) return nullptr;
  if (next_cursor_) follow(*std::exchange(next_cursor_, std::nullopt));
  return &call_;
}

void PageWalk::took(const ClientOptions& client, const void* page) {
  const Paging& paging = *call_.table().paging;
  next_cursor_ = paging.next(page);
  done_ = !next_cursor_;
  const PageCount count = paging.count_of(page);
  items_ += static_cast<std::int64_t>(count.items);
  if (++pages_ == 1 || !done_ || !from_the_start_) return;
  if (const auto wrong = short_list(client, call_, items_, count.total)) fail("the list " + *wrong);
}

void PageWalk::fail(const std::string& reason) const {
  ErrorFacts facts;
  facts.operation = call_.operation().id;
  throw DecodeError(facts.operation + ": " + reason, facts);
}

void PageWalk::follow(const std::string& cursor) {
  if (!seen_.insert(std::hash<std::string>{}(cursor)).second) {
    fail("the server gave a page's cursor out again; the walk would never end");
  }
  call_.set_cursor(cursor);
}

}  // namespace segment::inline SEGMENT_ABI::detail
