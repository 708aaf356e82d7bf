#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

#include "call/core.hpp"
#include "paging/page_walk.hpp"
#include "segment/detail/call.hpp"
#include "segment/detail/task_state.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Fetches the pages of a walk one ahead of who reads them. When it goes, the page under way is
/// cancelled.
///
/// The caller's `on_response` is told on the reader's thread, when the reader gets to the page: not
/// while it reads the page before, and not of pages that it never gets to.
///
/// Copying: not copyable. Cost: one page, beside the one that is being read. Thread safety: one
/// thread at a time.
class PageAhead {
 public:
  /// \param walk kept by reference.
  PageAhead(std::shared_ptr<const Core> core, PageWalk& walk);
  ~PageAhead();
  PageAhead(const PageAhead&) = delete;
  PageAhead& operator=(const PageAhead&) = delete;

  /// Waits for the next page, begins to fetch the one after it, and moves it into place; false
  /// after the last. What goes wrong ahead is thrown when the reader gets there.
  bool fetch(void* page, MovePage move);

 private:
  using Responses = std::vector<http::Response>;

  [[nodiscard]] std::shared_ptr<TaskState> begin();
  void tell_of_responses();

  const std::shared_ptr<const Core> core_;
  std::stop_source stop_{};
  std::stop_callback<std::function<void()>> callers_stop_;
  const std::function<void(const http::Response&)> on_response_;  // the caller's
  PageWalk& walk_;
  std::shared_ptr<TaskState> next_{};       // under way; null: not begun, or past the last
  std::shared_ptr<Responses> responses_{};  // of the page under way, which fills it until it landed
  bool begun_ = false;
};

}  // namespace segment::inline SEGMENT_ABI::detail
