#include <atomic>
#include <exception>
#include <optional>
#include <utility>

#include "call/prepared_call.hpp"
#include "call/raise.hpp"
#include "paging/page_walk.hpp"
#include "runtime/operation.hpp"
#include "segment/detail/async.hpp"

namespace segment::inline SEGMENT_ABI::detail {

struct AsyncPageSource::State {
  State(AsyncFront front, const Operation& the_operation)
      : core(front.core->shared_from_this()),
        executor(std::move(front.executor)),
        operation(the_operation) {}

  std::shared_ptr<const Core> core;
  std::shared_ptr<const Executor> executor;
  const Operation& operation;
  std::optional<PageWalk> walk{};  // none where the input is wrong
  std::exception_ptr error{};      // what ended the walk before its last page
  bool is_untold = false;          // no page has failed with it yet
  std::atomic<bool> is_under_way = false;

  const PreparedCall& next() {
    // First: until then the rest belongs to the thread that brings the page.
    if (is_under_way) raise_invalid_argument(operation, "a page is under way already");
    is_untold = false;
    if (error) std::rethrow_exception(error);
    if (walk->is_done()) {
      raise_invalid_argument(operation, "there is no page after the last");
    }
    try {
      return *walk->next();
    } catch (...) {
      error = std::current_exception();
      throw;
    }
  }

  void took(const void* page, const std::exception_ptr& failure) noexcept {
    try {
      if (!failure) walk->took(core->options(), page);
      error = failure;
    } catch (...) {
      error = std::current_exception();
      is_untold = true;
    }
    is_under_way = false;
  }
};

AsyncPageSource::AsyncPageSource(AsyncFront front, const CallTable& table, const CallInput& input,
                                 CallOptions options)
    : core_(front.core), state_(std::make_shared<State>(std::move(front), *table.operation)) {
  try {
    state_->walk.emplace(
        prepare(core_->options(), table, input, std::move(options), PageSize::usual));
  } catch (...) {
    state_->error = std::current_exception();
  }
}

AsyncPageSource::~AsyncPageSource() = default;

bool AsyncPageSource::is_done() const noexcept {
  if (state_->is_under_way || state_->is_untold) return false;
  return state_->walk ? state_->walk->is_done() : has_failed_;
}

std::shared_ptr<TaskState> AsyncPageSource::next() {
  try {
    AsyncOperation::Input input{.call = state_->next(), .executor = state_->executor};
    input.witness = [state = state_](const void* page, const std::exception_ptr& error) {
      state->took(page, error);
    };
    state_->is_under_way = true;
    return start(state_->core, std::move(input));
  } catch (...) {
    has_failed_ = true;
    return failed(std::current_exception());
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail
