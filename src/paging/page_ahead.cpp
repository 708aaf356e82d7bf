#include "paging/page_ahead.hpp"

#include <exception>
#include <utility>

#include "runtime/operation.hpp"

namespace segment::inline SEGMENT_ABI::detail {

PageAhead::PageAhead(std::shared_ptr<const Core> core, PageWalk& walk)
    : core_(std::move(core)),
      callers_stop_(walk.options().stop, [this] { stop_.request_stop(); }),
      on_response_(walk.options().on_response),
      walk_(walk) {}

PageAhead::~PageAhead() { stop_.request_stop(); }

bool PageAhead::fetch(void* page, MovePage move) {
  if (!std::exchange(begun_, true)) next_ = begin();
  const auto landed = std::exchange(next_, nullptr);
  if (!landed) return false;
  landed->wait();
  tell_of_responses();
  walk_.took(core_->options(), landed->value());
  next_ = begin();
  move(landed->value(), page);
  return true;
}

void PageAhead::tell_of_responses() {
  if (!responses_) return;
  const auto responses = std::exchange(responses_, nullptr);
  for (const http::Response& response : *responses) on_response_(response);
}

std::shared_ptr<TaskState> PageAhead::begin() {
  try {
    const PreparedCall* next = walk_.next();
    if (next == nullptr) return nullptr;
    PreparedCall call = *next;
    call.set_stop(stop_.get_token());
    if (on_response_) {
      responses_ = std::make_shared<Responses>();
      call.set_on_response(
          [kept = responses_](const http::Response& response) { kept->push_back(response); });
    }
    return start(core_->shared_from_this(), {.call = std::move(call)});
  } catch (...) {  // not before the reader gets there
    return failed(std::current_exception());
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail
