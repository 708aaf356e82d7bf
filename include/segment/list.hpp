#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "segment/call_options.hpp"
#include "segment/detail/call.hpp"
#include "segment/detail/pager.hpp"
#include "segment/page.hpp"

namespace segment::inline SEGMENT_ABI {

/// Every page of a list, fetched one at a time as the loop gets there: a single-pass range.
///
/// It ends only after the last page: an error on a page is thrown from `begin` or `++`, and the
/// next `begin` requests the same page again. A repeated cursor is a DecodeError.
///
/// Copying: not copyable; movable, iterators stay valid; `begin` of a moved-from one is a
/// std::logic_error. Cost: holds one page at a time. Thread safety: one thread at a time.
template <class PageType>
class Pages {
 public:
  using value_type = PageType;
  using cursor_type = detail::CursorOf<PageType>;

  explicit Pages(std::unique_ptr<detail::ListState<PageType>> state) : state_(std::move(state)) {}

  class Iterator {
   public:
    using iterator_concept = std::input_iterator_tag;
    using value_type = PageType;
    using difference_type = std::ptrdiff_t;

    Iterator() = default;
    explicit Iterator(detail::ListState<PageType>* state) : state_(state) {}

    PageType& operator*() const noexcept { return state_->page; }
    PageType* operator->() const noexcept { return &state_->page; }
    Iterator& operator++() {
      state_->fetch_page();
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const Iterator& iterator, std::default_sentinel_t) noexcept {
      return iterator.state_ == nullptr || !iterator.state_->has_page;
    }

   private:
    detail::ListState<PageType>* state_ = nullptr;
  };

  /// Fetches a page, unless one is there already.
  [[nodiscard]] Iterator begin() {
    auto& state = detail::state_of(state_);
    if (!state.has_page) state.fetch_page();
    return Iterator(&state);
  }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

  /// The cursor of the next page. Pass it in the list's query to continue there, even in another
  /// process. Empty before the first page of a list that starts at the beginning, and after the
  /// last page.
  [[nodiscard]] std::optional<cursor_type> cursor() const {
    return detail::cursor_of<PageType>(*detail::state_of(state_).pager);
  }

 private:
  std::unique_ptr<detail::ListState<PageType>> state_;
};

/// Every item of a list, over all its pages, fetched as the loop gets there: a single-pass range.
/// `pages()` goes page by page instead.
///
///     for (const segment::Source& source : client.sources().list()) {
///       std::cout << source.slug << '\n';
///     }
///     std::vector<segment::Source> sources = client.sources().list().to_vector();
///
/// It ends only after the last item of the last page: an error on a page is thrown from `begin`,
/// `++` or `to_vector`; the next `begin` or `to_vector` requests the same page again. Empty pages
/// are skipped, and a repeated cursor is a DecodeError.
///
/// Copying: not copyable; movable, iterators stay valid; using a moved-from one is a
/// std::logic_error. Cost: holds one page at a time; one request per page. Thread safety: one
/// thread at a time.
template <class PageType>
class List {
 public:
  using value_type = typename PageType::value_type;
  using cursor_type = detail::CursorOf<PageType>;

  /// \throws InvalidArgumentError for input that cannot or must not be sent.
  List(std::shared_ptr<const detail::Core> core, const Operation& operation,
       const detail::CallInput& input, const CallOptions& options)
      : state_(std::make_unique<State>(
            std::make_shared<detail::Pager>(std::move(core), operation, input, options))) {
    state_->pager->throw_if_failed();
  }

  class Iterator {
   public:
    using iterator_concept = std::input_iterator_tag;
    using value_type = typename PageType::value_type;
    using difference_type = std::ptrdiff_t;

    Iterator() = default;
    explicit Iterator(detail::ListState<PageType>* state) : state_(state) {}

    value_type& operator*() const noexcept { return state_->page.items[state_->index]; }
    value_type* operator->() const noexcept { return &**this; }
    Iterator& operator++() {
      ++state_->index;
      state_->fetch_item();
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const Iterator& iterator, std::default_sentinel_t) noexcept {
      return iterator.state_ == nullptr || !iterator.state_->has_item();
    }

   private:
    detail::ListState<PageType>* state_ = nullptr;
  };

  /// An iterator at the first item not yet read. Fetches a page if there is none.
  [[nodiscard]] Iterator begin() {
    State& state = detail::state_of(state_);
    state.fetch_item();
    return Iterator(&state);
  }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

  /// The remaining items of all remaining pages, or the first of them. After an error, the next
  /// call also returns the items that had already arrived.
  ///
  /// \param maximum returns at most this many items, without requesting more.
  [[nodiscard]] std::vector<value_type> to_vector(
      std::size_t maximum = (std::numeric_limits<std::size_t>::max)()) {
    return detail::state_of(state_).to_vector(maximum);
  }

  /// The next item, without advancing; empty at the end. Requests a single item if nothing has been
  /// read yet.
  [[nodiscard]] std::optional<value_type> front() { return detail::state_of(state_).front(); }

  /// The number of items in the whole list, as counted by the API; empty if it gives no count.
  /// Requests a single item if nothing has been read yet.
  [[nodiscard]] std::optional<std::int64_t> total() { return detail::state_of(state_).total(); }

  /// The cursor of the next page. Pass it in the list's query to continue there, even in another
  /// process. Empty before the first page of a list that starts at the beginning, and after the
  /// last page.
  [[nodiscard]] std::optional<cursor_type> cursor() const {
    return detail::cursor_of<PageType>(*detail::state_of(state_).pager);
  }

  /// The same list, fetching the next page while the current one is read: it holds two pages at a
  /// time. An error is thrown when the reader gets to its page, and `CallOptions::on_response` is
  /// called then, on the reader's thread. Reading it on a thread that carries calls, which would
  /// wait for itself, is a std::logic_error.
  [[nodiscard]] List prefetch() && {
    detail::prefetch<PageType>(*detail::state_of(state_).pager);
    return std::move(*this);
  }

  /// The same list page by page, replacing this one. A partly read page keeps its unread items.
  [[nodiscard]] Pages<PageType> pages() && {
    detail::state_of(state_).drop_read_items();
    return Pages<PageType>(std::move(state_));
  }

 private:
  using State = detail::ListState<PageType>;

  std::unique_ptr<State> state_;
};

}  // namespace segment::inline SEGMENT_ABI
