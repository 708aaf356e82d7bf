#pragma once

#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "segment/detail/async.hpp"
#include "segment/detail/pager.hpp"
#include "segment/task.hpp"

namespace segment::inline SEGMENT_ABI {

namespace detail {

/// The state that an asynchronous list shares with its coroutines.
template <class PageType>
struct AsyncListState : ListState<PageType> {
  AsyncListState(std::shared_ptr<Pager> the_pager, std::shared_ptr<const Executor> the_executor)
      : ListState<PageType>(std::move(the_pager)), executor(std::move(the_executor)) {}

  std::shared_ptr<const Executor> executor;

  [[nodiscard]] bool is_at_end() const { return this->pager->state() == Pager::State::done; }
  /// A new state at the position of this one, with one item per page.
  [[nodiscard]] std::shared_ptr<AsyncListState> single_items() const {
    return std::make_shared<AsyncListState>(this->pager->single_items(), executor);
  }
};

// Coroutines of a list. They share its state, because their caller may destroy the list.

/// Fetches pages until there is an item, or until the end.
template <class PageType>
Task<void> fetch_item(std::shared_ptr<AsyncListState<PageType>> list) {
  while (!list->has_item() && !list->is_at_end()) {
    list->drop_page();  // first: one page is held at a time
    list->keep_page(co_await Task<PageType>(start_page(list->pager, list->executor)));
  }
}

template <class PageType>
Task<std::vector<typename PageType::value_type>> to_vector(
    std::shared_ptr<AsyncListState<PageType>> list, std::size_t maximum) {
  list->pager->expect_at_most(maximum);
  std::vector<typename PageType::value_type> items;
  try {
    while (items.size() < maximum) {
      if (!list->has_item()) co_await fetch_item(list);
      if (!list->has_item()) break;
      items.push_back(std::move(*list->take_item()));
    }
  } catch (...) {
    list->give_back(std::move(items));  // for the next attempt
    throw;
  }
  co_return items;
}

template <class PageType>
Task<std::optional<typename PageType::value_type>> front(
    std::shared_ptr<AsyncListState<PageType>> list) {
  if (list->pager->needs_request_of_its_own()) list = list->single_items();
  co_await fetch_item(list);
  if (!list->has_item()) co_return std::nullopt;
  co_return list->page.items[list->index];
}

template <class PageType>
Task<std::optional<std::int64_t>> total(std::shared_ptr<AsyncListState<PageType>> list) {
  if (list->pager->needs_request_of_its_own()) {
    list = list->single_items();
    co_await fetch_item(list);
  }
  co_return list->pager->total();
}

}  // namespace detail

/// The pages of a list, fetched asynchronously on demand.
///
///     auto pages = client.async().sources().list().pages();
///     while (!pages.is_done()) {
///       segment::Page<segment::Source> page = co_await pages.next();
///     }
///
/// Copying: movable; using a moved-from one is a std::logic_error. Cost: one request per page.
/// Thread safety: one thread at a time.
template <class PageType>
class AsyncPages {
 public:
  using value_type = PageType;
  using cursor_type = detail::CursorOf<PageType>;

  explicit AsyncPages(std::shared_ptr<detail::AsyncListState<PageType>> state)
      : state_(std::move(state)) {}
  AsyncPages(AsyncPages&&) noexcept = default;
  AsyncPages& operator=(AsyncPages&&) noexcept = default;
  AsyncPages(const AsyncPages&) = delete;
  AsyncPages& operator=(const AsyncPages&) = delete;
  ~AsyncPages() = default;

  /// Whether there is nothing left to request: the last page was returned, or an error was reported
  /// that another request cannot fix. Each list has at least one page, which may be empty.
  [[nodiscard]] bool is_done() const {
    using enum detail::Pager::State;
    const auto& state = detail::state_of(state_);
    const auto now = state.pager->state();
    return !state.has_page && (now == done || now == failed);
  }

  /// Fetches the next page; after an error the same one again. Calling it past the end, or while a
  /// page is being fetched, is an InvalidArgumentError.
  Task<PageType> next() & {
    auto& state = detail::state_of(state_);
    if (!state.has_page) return Task<PageType>(detail::start_page(state.pager, state.executor));
    auto held = detail::page_task(*state.pager);
    held->succeed(new PageType(std::move(state.page)), &detail::destroy_value<PageType>);
    state.drop_page();
    return Task<PageType>(std::move(held));
  }
  Task<PageType> next() && = delete;

  /// The cursor of the next page. Pass it in the list's query to continue there, even in another
  /// process. Empty before the first page of a list that starts at the beginning, and after the
  /// last page.
  [[nodiscard]] std::optional<cursor_type> cursor() const {
    return detail::cursor_of<PageType>(*detail::state_of(state_).pager);
  }

 private:
  std::shared_ptr<detail::AsyncListState<PageType>> state_;
};

/// Every item of a list, over all its pages, fetched asynchronously on demand.
///
///     auto sources = client.async().sources().list();
///     while (const segment::Source* source = co_await sources.next()) {
///       std::cout << source->slug << '\n';
///     }
///
/// It ends only after the last item of the last page: an error on a page is thrown from `co_await`,
/// and the next `co_await` requests the same page again. Empty pages are skipped, and a repeated
/// cursor is a DecodeError. Outside a coroutine, use `pages()` or `to_vector()`.
///
/// Copying: movable; using a moved-from one is a std::logic_error. Cost: holds one page at a time;
/// one request per page. Thread safety: one thread at a time.
template <class PageType>
class AsyncList {
 public:
  using value_type = typename PageType::value_type;
  using cursor_type = detail::CursorOf<PageType>;
  class NextItem;
  class Iterator;
  class Begin;

  /// Invalid input becomes the error of the first page.
  AsyncList(const Async& front, const Operation& operation, const detail::CallInput& input,
            const CallOptions& options)
      : state_(std::make_shared<State>(
            std::make_shared<detail::Pager>(front.core(), operation, input, options),
            front.executor())) {}
  AsyncList(AsyncList&&) noexcept = default;
  AsyncList& operator=(AsyncList&&) noexcept = default;
  AsyncList(const AsyncList&) = delete;
  AsyncList& operator=(const AsyncList&) = delete;
  ~AsyncList() = default;

  /// Await it for a pointer to the next item, valid until you request the one after it; null after
  /// the last. Not for a temporary list, whose items would be destroyed with it.
  [[nodiscard]] NextItem next() const& { return NextItem(state()); }
  NextItem next() const&& = delete;

  /// Await it, and each `++`:
  ///
  ///     auto sources = client.async().sources().list();
  ///     for (auto at = co_await sources.begin(); at != sources.end(); co_await ++at) {
  ///       std::cout << at->slug << '\n';
  ///     }
  [[nodiscard]] Begin begin() const& { return Begin(state()); }
  Begin begin() const&& = delete;
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

  /// The remaining items of all remaining pages: at most `maximum`, without requesting more. After
  /// an error, the next call also returns the items that had already arrived.
  Task<std::vector<value_type>> to_vector(
      std::size_t maximum = (std::numeric_limits<std::size_t>::max)()) const {
    return detail::to_vector<PageType>(state(), maximum);
  }

  /// The next item, without advancing; empty at the end. Requests a single item if nothing has been
  /// read yet.
  Task<std::optional<value_type>> front() const { return detail::front<PageType>(state()); }

  /// The number of items in the whole list, as counted by the API; empty if it gives no count.
  /// Requests a single item if nothing has been read yet.
  Task<std::optional<std::int64_t>> total() const { return detail::total<PageType>(state()); }

  /// As `AsyncPages::cursor`.
  [[nodiscard]] std::optional<cursor_type> cursor() const {
    return detail::cursor_of<PageType>(*state()->pager);
  }

  /// The same list page by page, replacing this one. A partly read page keeps its unread items.
  [[nodiscard]] AsyncPages<PageType> pages() && {
    state()->drop_read_items();
    return AsyncPages<PageType>(std::move(state_));
  }

 private:
  using State = detail::AsyncListState<PageType>;

  [[nodiscard]] const std::shared_ptr<State>& state() const {
    (void)detail::state_of(state_);
    return state_;
  }

  std::shared_ptr<State> state_;
};

/// The awaitable for the next item of a list.
template <class PageType>
class AsyncList<PageType>::NextItem {
 public:
  explicit NextItem(std::shared_ptr<State> state) noexcept : state_(std::move(state)) {}

  [[nodiscard]] bool await_ready() {
    if (state_->has_item()) return true;  // nearly always: no task, no allocation
    fetching_.emplace(detail::fetch_item<PageType>(state_).operator co_await());
    return fetching_->await_ready();
  }
  template <class Promise>
  bool await_suspend(std::coroutine_handle<Promise> coroutine) {
    return fetching_->await_suspend(coroutine);
  }
  value_type* await_resume() {
    if (fetching_) fetching_->await_resume();
    return state_->take_item();
  }

 private:
  friend class Iterator;
  std::shared_ptr<State> state_;
  std::optional<detail::TaskAwaiter<void>> fetching_{};
};

/// The position of a loop over a list.
template <class PageType>
class AsyncList<PageType>::Iterator {
 public:
  using value_type = typename PageType::value_type;

  /// Await it to advance to the next item.
  class Advance : public NextItem {
   public:
    explicit Advance(Iterator& at) noexcept : NextItem(at.state_), at_(at) {}
    Iterator& await_resume() {
      at_.item_ = NextItem::await_resume();
      return at_;
    }

   private:
    Iterator& at_;
  };

  Iterator(std::shared_ptr<State> state, value_type* item) noexcept
      : state_(std::move(state)), item_(item) {}

  value_type& operator*() const noexcept { return *item_; }
  value_type* operator->() const noexcept { return item_; }
  [[nodiscard]] Advance operator++() & noexcept { return Advance(*this); }
  friend bool operator==(const Iterator& at, std::default_sentinel_t) noexcept {
    return at.item_ == nullptr;
  }

 private:
  std::shared_ptr<State> state_;
  value_type* item_;
};

/// The awaitable for an iterator at the first item.
template <class PageType>
class AsyncList<PageType>::Begin : public NextItem {
 public:
  explicit Begin(std::shared_ptr<State> state) noexcept
      : NextItem(state), state_(std::move(state)) {}
  Iterator await_resume() { return Iterator(state_, NextItem::await_resume()); }

 private:
  std::shared_ptr<State> state_;
};

}  // namespace segment::inline SEGMENT_ABI
