#include "async/page_ahead.hpp"

#include <exception>
#include <utility>

#include "async/operation.hpp"

namespace segment::detail {

PageAhead::PageAhead(std::shared_ptr<const Core> core, PageWalk& walk)
    : core_(std::move(core)),
      callers_stop_(walk.options().stop, [this] { stop_.request_stop(); }),
      walk_(walk) {}

PageAhead::~PageAhead() { stop_.request_stop(); }

bool PageAhead::fetch(void* page, MovePage move) {
  if (!std::exchange(begun_, true)) next_ = begin();
  const auto landed = std::exchange(next_, nullptr);
  if (!landed) return false;
  landed->wait();
  walk_.took(core_->options(), landed->value());
  next_ = begin();
  move(landed->value(), page);
  return true;
}

std::shared_ptr<TaskState> PageAhead::begin() {
  try {
    const PreparedCall* next = walk_.next();
    if (next == nullptr) return nullptr;
    PreparedCall call = *next;
    call.set_stop(stop_.get_token());
    return start(core_->shared_from_this(), {.call = std::move(call)});
  } catch (...) {  // not before the reader gets there
    return failed(std::current_exception());
  }
}

}  // namespace segment::detail
