#pragma once

#include <cstddef>
#include <exception>
#include <iterator>
#include <memory>
#include <utility>

#include "segment/detail/call.hpp"
#include "segment/detail/shared.hpp"
#include "segment/page.hpp"

namespace segment::inline SEGMENT_ABI {

namespace detail {

/// How far a walk over the pages of one list has come.
template <class PageType>
struct Walk {
  explicit Walk(std::unique_ptr<PageSource> pages) : source(std::move(pages)) {}

  std::unique_ptr<PageSource> source;
  PageType page{};
  std::size_t index = 0;
  bool started = false;
  bool done = false;
  std::exception_ptr error{};  // what ended the walk before its last page

  void start() {
    if (error) std::rethrow_exception(error);  // a walk that failed never looks like an empty list
    if (!started) fetch();
  }

  void fetch() {
    started = true;
    done = true;  // unless a page comes
    index = 0;
    page = PageType{};
    try {
      done = !source->fetch(&page);
    } catch (...) {
      error = std::current_exception();
      throw;
    }
  }
};

/// What a list holds its walk by: one that was moved from, or turned into another walk, has none.
template <class PageType>
Walk<PageType>& walk_of(const std::unique_ptr<Walk<PageType>>& walk) {
  if (!walk) throw_used_up("this list was moved from");
  return *walk;
}

}  // namespace detail

/// Every page of a list, fetched one at a time as the walk gets there: a range to walk once.
///
/// It ends after the last page, and only then: an error on any page is thrown from the walk, and
/// again by each later `begin`. A cursor that comes back is a DecodeError.
///
/// Copying: not copyable; movable, iterators stay good; `begin` of one that was moved from is a
/// std::logic_error. Cost: one page is held at a time. Thread safety: one walk belongs to one
/// thread at a time.
template <class PageType>
class Pages {
 public:
  using value_type = PageType;

  explicit Pages(std::unique_ptr<detail::Walk<PageType>> walk) : walk_(std::move(walk)) {}

  class Iterator {
   public:
    using iterator_concept = std::input_iterator_tag;
    using value_type = PageType;
    using difference_type = std::ptrdiff_t;

    Iterator() = default;
    explicit Iterator(detail::Walk<PageType>* walk) : walk_(walk) {}

    PageType& operator*() const noexcept { return walk_->page; }
    PageType* operator->() const noexcept { return &walk_->page; }
    Iterator& operator++() {
      walk_->fetch();
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const Iterator& iterator, std::default_sentinel_t) noexcept {
      return iterator.walk_->done;
    }

   private:
    detail::Walk<PageType>* walk_ = nullptr;
  };

  /// Fetches the first page, when called the first time.
  [[nodiscard]] Iterator begin() {
    detail::walk_of(walk_).start();
    return Iterator(walk_.get());
  }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

 private:
  std::unique_ptr<detail::Walk<PageType>> walk_;
};

/// Every item of a list, over all its pages, fetched as the walk gets there: a range to walk once.
///
/// It ends after the last item of the last page, and only then: an error on any page is thrown from
/// the walk, and again by each later `begin`; an empty page in the middle is passed over, and a
/// cursor that comes back is a DecodeError. `pages()` walks page by page instead.
///
/// Copying: not copyable; movable, iterators stay good; whatever is asked of one that was moved
/// from is a std::logic_error. Cost: one page is held at a time; one request a page. Thread safety:
/// one walk belongs to one thread at a time.
template <class PageType>
class List {
 public:
  using value_type = typename PageType::value_type;

  explicit List(std::unique_ptr<detail::PageSource> source)
      : walk_(std::make_unique<detail::Walk<PageType>>(std::move(source))) {}

  class Iterator {
   public:
    using iterator_concept = std::input_iterator_tag;
    using value_type = typename PageType::value_type;
    using difference_type = std::ptrdiff_t;

    Iterator() = default;
    explicit Iterator(detail::Walk<PageType>* walk) : walk_(walk) { pass_empty_pages(); }

    value_type& operator*() const noexcept { return walk_->page.items[walk_->index]; }
    value_type* operator->() const noexcept { return &**this; }
    Iterator& operator++() {
      ++walk_->index;
      pass_empty_pages();
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const Iterator& iterator, std::default_sentinel_t) noexcept {
      return iterator.walk_->done;
    }

   private:
    void pass_empty_pages() {
      while (!walk_->done && walk_->index >= walk_->page.items.size()) walk_->fetch();
    }

    detail::Walk<PageType>* walk_ = nullptr;
  };

  /// Fetches the first page, when called the first time.
  [[nodiscard]] Iterator begin() {
    detail::walk_of(walk_).start();
    return Iterator(walk_.get());
  }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

  /// The same walk, in the place of this one, with the next page fetched while the one before it is
  /// read: two pages are held at a time. An error is thrown when the walk gets to its page, and
  /// `CallOptions::on_response` is told then, on the thread that walks. The pages come by the
  /// client's asynchronous calls, so not on a thread of the library's own.
  [[nodiscard]] List prefetch() && {
    detail::walk_of(walk_).source->look_ahead([](void* from, void* to) {
      *static_cast<PageType*>(to) = std::move(*static_cast<PageType*>(from));
    });
    return std::move(*this);
  }

  /// The same walk page by page, in the place of this one.
  [[nodiscard]] Pages<PageType> pages() && {
    (void)detail::walk_of(walk_);
    return Pages<PageType>(std::move(walk_));
  }

 private:
  std::unique_ptr<detail::Walk<PageType>> walk_;
};

}  // namespace segment::inline SEGMENT_ABI
