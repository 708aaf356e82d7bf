#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#include "call/core.hpp"
#include "operations/prepared_call.hpp"
#include "runtime/async_call.hpp"
#include "segment/detail/async.hpp"
#include "segment/detail/pager.hpp"

namespace segment::inline SEGMENT_ABI::detail {

// One page ----------------------------------------------------------------------------------------

std::shared_ptr<TaskState> start_page(const std::shared_ptr<Pager>& pager,
                                      std::shared_ptr<const Executor> executor) {
  const PreparedCall* call = nullptr;
  try {
    call = pager->begin_page();
    if (call == nullptr) pager->raise("there is no page after the last");
  } catch (...) {
    return failed(pager->core(), std::current_exception());
  }
  try {
    AsyncCall::Input input{.call = *call, .executor = std::move(executor)};
    input.on_result = [pager](const void* page, const std::exception_ptr& error) {
      pager->end_page(error ? nullptr : page);
    };
    return start(pager->core().shared_from_this(), std::move(input));
  } catch (...) {
    pager->end_page(nullptr);
    return failed(pager->core(), std::current_exception());
  }
}

std::shared_ptr<TaskState> page_task(const Pager& pager) {
  return std::make_shared<TaskState>(pager.core().on_unhandled_exception());
}

// Prefetching -------------------------------------------------------------------------------------

namespace {

/// Fetches a list's pages ahead of their reader, who takes them one by one. Destroying it cancels
/// the page in progress.
///
/// The pager learns of a page when the reader takes it, so that the cursor is the reader's. The
/// caller's `on_response` runs on the reader's thread, and not for pages that the reader never gets
/// to.
///
/// Only one page is fetched ahead, since only its cursor is known. For more, the pages in progress
/// would be a queue, in which each page that arrives starts the next one.
///
/// Copying: not copyable. Cost: one page besides the one that is being read. Thread safety: one
/// thread at a time.
class Prefetch {
 public:
  Prefetch(Pager& pager, MovePage move) noexcept : pager_(pager), move_(move) {}
  ~Prefetch() { stop_.request_stop(); }
  Prefetch(const Prefetch&) = delete;
  Prefetch& operator=(const Prefetch&) = delete;

  /// Waits for the next page, starts to fetch the one after it, and moves the page into place;
  /// false after the last.
  bool fetch(void* page);

 private:
  /// A page in progress, and the responses to it.
  struct Ahead {
    std::shared_ptr<TaskState> page{};
    std::shared_ptr<std::vector<http::Response>> responses{};
    std::function<void(const http::Response&)> on_response{};  // the caller's
  };

  [[nodiscard]] Ahead begin();
  void begin_ahead() noexcept;

  Pager& pager_;
  const MovePage move_;
  std::stop_source stop_{};
  std::optional<std::stop_callback<std::function<void()>>> on_callers_stop_{};
  Ahead next_{};  // without a page: none is in progress
};

bool Prefetch::fetch(void* page) {
  if (!next_.page) next_ = begin();
  if (!next_.page) return false;
  next_.page->wait();
  const Ahead came = std::exchange(next_, {});
  try {
    if (came.responses) {
      for (const http::Response& response : *came.responses) came.on_response(response);
    }
    (void)came.page->value();  // throws what went wrong
  } catch (...) {
    pager_.end_page(nullptr);
    throw;
  }
  pager_.end_page(came.page->value());
  begin_ahead();
  move_(came.page->value(), page);
  return true;
}

Prefetch::Ahead Prefetch::begin() {
  const PreparedCall* next = pager_.begin_page();
  if (next == nullptr) return {};
  Ahead ahead;
  try {
    PreparedCall call = *next;
    if (!on_callers_stop_) {
      on_callers_stop_.emplace(call.options().stop, [this] { stop_.request_stop(); });
    }
    call.set_stop(stop_.get_token());
    ahead.on_response = call.options().on_response;
    if (ahead.on_response) {
      ahead.responses = std::make_shared<std::vector<http::Response>>();
      call.set_on_response(
          [kept = ahead.responses](const http::Response& response) { kept->push_back(response); });
    }
    ahead.page = start(pager_.core().shared_from_this(), {.call = std::move(call)});
  } catch (...) {
    pager_.end_page(nullptr);
    throw;
  }
  return ahead;
}

// An error here occurs again when the reader gets there, and is thrown then.
void Prefetch::begin_ahead() noexcept {
  try {
    next_ = begin();
  } catch (...) {
    next_ = {};
  }
}

}  // namespace

void prefetch(Pager& pager, MovePage move) {
  auto ahead = std::make_shared<Prefetch>(pager, move);
  pager.fetch_by([ahead = std::move(ahead)](void* page) { return ahead->fetch(page); });
}

}  // namespace segment::inline SEGMENT_ABI::detail
