#include "call/page_walk.hpp"

#include <functional>
#include <utility>

#include "segment/error.hpp"

namespace segment::detail {

PageWalk::PageWalk(PreparedCall first) : call_(std::move(first)) {
  if (const auto* own = find_parameter(call_.encoded().query, call_.table().paging->cursor)) {
    seen_.insert(std::hash<std::string>{}(*own));
  }
}

const PreparedCall* PageWalk::next() {
  if (std::exchange(done_, true)) return nullptr;
  if (next_cursor_) follow(*std::exchange(next_cursor_, std::nullopt));
  return &call_;
}

void PageWalk::took(const void* page) {
  next_cursor_ = call_.table().paging->next(page);
  done_ = !next_cursor_;
}

void PageWalk::follow(const std::string& cursor) {
  if (!seen_.insert(std::hash<std::string>{}(cursor)).second) {
    ErrorFacts facts;
    facts.operation = call_.operation().id;
    throw DecodeError(std::string(call_.operation().id) +
                          ": the server gave a page's cursor out again; the walk would never end",
                      std::move(facts));
  }
  call_.set_cursor(cursor);
}

}  // namespace segment::detail
