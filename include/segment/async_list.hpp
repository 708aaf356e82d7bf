#pragma once

#include <coroutine>
#include <cstddef>
#include <exception>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "segment/detail/async.hpp"
#include "segment/detail/shared.hpp"
#include "segment/task.hpp"

namespace segment::inline SEGMENT_ABI {

/// The pages of a list, fetched without waiting as they are asked for.
///
///     while (!pages.is_done()) {
///       segment::Page<segment::Source> page = co_await pages.next();
///     }
///
/// Copying: movable; whatever is asked of one that was moved from is a std::logic_error. Cost: one
/// request a page. Thread safety: one walk belongs to one thread at a time.
template <class PageType>
class AsyncPages {
 public:
  using value_type = PageType;

  explicit AsyncPages(std::unique_ptr<detail::AsyncPageSource> source)
      : source_(std::move(source)) {}

  /// Whether the last page has come. Each list has one page at least, be it an empty one; after an
  /// error there is none.
  [[nodiscard]] bool is_done() const { return source().is_done(); }

  /// Fetches the next page. The error of a walk that failed comes again at each further call;
  /// asking past the end, or while a page is under way, is an InvalidArgumentError.
  Task<PageType> next() { return Task<PageType>(source().next()); }

 private:
  [[nodiscard]] detail::AsyncPageSource& source() const {
    if (!source_) detail::throw_used_up("these pages were moved from");
    return *source_;
  }

  std::unique_ptr<detail::AsyncPageSource> source_;
};

/// Every item of a list, over all its pages, fetched without waiting as the walk gets there.
///
///     auto sources = client.async().sources().list();
///     while (const segment::Source* source = co_await sources.next()) { ... }
///
/// It ends after the last item of the last page, and only then: an error on any page is thrown from
/// `co_await`, and again by each later one; an empty page in the middle is passed over, and a
/// cursor that comes back is a DecodeError. Outside of a coroutine, use `pages()`.
///
/// Copying: movable; whatever is asked of one that was moved from is a std::logic_error. Cost: one
/// page is held at a time; one request a page. Thread safety: one walk belongs to one thread at a
/// time.
template <class PageType>
class AsyncList {
 public:
  using value_type = typename PageType::value_type;
  class NextItem;
  class Iterator;
  class Begin;

  explicit AsyncList(std::unique_ptr<detail::AsyncPageSource> source)
      : walk_(std::make_shared<Walk>(std::move(source))) {}
  AsyncList(AsyncList&&) noexcept = default;
  AsyncList& operator=(AsyncList&&) noexcept = default;
  AsyncList(const AsyncList&) = delete;
  AsyncList& operator=(const AsyncList&) = delete;
  ~AsyncList() = default;

  /// To be awaited: a pointer to the next item, good until the one after it is asked for; null
  /// after the last. Not of a temporary, whose items would be gone with it.
  [[nodiscard]] NextItem next() const& { return NextItem(walk()); }
  NextItem next() const&& = delete;

  /// To be awaited, as `++` is:
  ///
  ///     for (auto at = co_await list.begin(); at != list.end(); co_await ++at) use(*at);
  [[nodiscard]] Begin begin() const { return Begin(walk()); }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

  /// The same walk page by page, in the place of this one.
  [[nodiscard]] AsyncPages<PageType> pages() && {
    AsyncPages<PageType> pages = std::move(walk()->pages);
    walk_.reset();
    return pages;
  }

 private:
  struct Walk {
    explicit Walk(std::unique_ptr<detail::AsyncPageSource> source) : pages(std::move(source)) {}

    [[nodiscard]] bool has_item() const noexcept { return index < page.items.size(); }
    [[nodiscard]] value_type* take_item() noexcept {
      return has_item() ? &page.items[index++] : nullptr;
    }

    AsyncPages<PageType> pages;
    PageType page{};
    std::size_t index = 0;
    std::exception_ptr error{};  // what ended the walk before its last page
  };

  // By value: the walk may be dropped meanwhile.
  static Task<void> fetch(std::shared_ptr<Walk> walk) {
    if (walk->error) std::rethrow_exception(walk->error);
    try {
      while (!walk->has_item() && !walk->pages.is_done()) {
        walk->page = PageType{};
        walk->index = 0;
        walk->page = co_await walk->pages.next();
      }
    } catch (...) {
      walk->error = std::current_exception();
      throw;
    }
  }

  [[nodiscard]] const std::shared_ptr<Walk>& walk() const {
    if (!walk_) detail::throw_used_up("this list was moved from");
    return walk_;
  }

  std::shared_ptr<Walk> walk_;
};

/// Awaited for the next item of a list.
template <class PageType>
class AsyncList<PageType>::NextItem {
 public:
  explicit NextItem(std::shared_ptr<Walk> walk) noexcept : walk_(std::move(walk)) {}

  [[nodiscard]] bool await_ready() {
    if (walk_->has_item()) return true;  // of nearly all items: no task, no allocation
    fetching_.emplace(fetch(walk_).operator co_await());
    return fetching_->await_ready();
  }
  bool await_suspend(std::coroutine_handle<> coroutine) {
    return fetching_->await_suspend(coroutine);
  }
  value_type* await_resume() {
    if (fetching_) fetching_->await_resume();
    return walk_->take_item();
  }

 private:
  friend class Iterator;

  std::shared_ptr<Walk> walk_;
  std::optional<detail::TaskAwaiter<void>> fetching_{};
};

/// Where a walk over a list stands.
template <class PageType>
class AsyncList<PageType>::Iterator {
 public:
  using value_type = typename PageType::value_type;

  /// Awaited to get to the next item.
  class Advance : public NextItem {
   public:
    explicit Advance(Iterator& at) noexcept : NextItem(at.walk_), at_(at) {}
    Iterator& await_resume() {
      at_.item_ = NextItem::await_resume();
      return at_;
    }

   private:
    Iterator& at_;
  };

  Iterator(std::shared_ptr<Walk> walk, value_type* item) noexcept
      : walk_(std::move(walk)), item_(item) {}

  value_type& operator*() const noexcept { return *item_; }
  value_type* operator->() const noexcept { return item_; }
  [[nodiscard]] Advance operator++() & noexcept { return Advance(*this); }
  friend bool operator==(const Iterator& at, std::default_sentinel_t) noexcept {
    return at.item_ == nullptr;
  }

 private:
  std::shared_ptr<Walk> walk_;
  value_type* item_;
};

/// Awaited for an iterator at the first item.
template <class PageType>
class AsyncList<PageType>::Begin : public NextItem {
 public:
  explicit Begin(std::shared_ptr<Walk> walk) noexcept : NextItem(walk), walk_(std::move(walk)) {}
  Iterator await_resume() { return Iterator(walk_, NextItem::await_resume()); }

 private:
  std::shared_ptr<Walk> walk_;
};

}  // namespace segment::inline SEGMENT_ABI
