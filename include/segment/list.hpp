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

/// Every page of a list, fetched one at a time as the loop gets there: a range to go through once.
///
/// It ends after the last page, and only then: an error on a page is thrown from `begin` or `++`,
/// and the next `begin` asks for the same page again. A cursor that the server gives out twice is a
/// DecodeError.
///
/// Copying: not copyable; movable, iterators stay good; `begin` of one that was moved from is a
/// std::logic_error. Cost: one page is held at a time. Thread safety: one thread at a time.
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

  /// Where the page after the newest begins: what the list's query takes as its cursor, in another
  /// process too. Nothing where the list begins at its start and no page has come, and after the
  /// last page.
  [[nodiscard]] std::optional<cursor_type> cursor() const {
    return detail::cursor_of<PageType>(*detail::state_of(state_).pager);
  }

 private:
  std::unique_ptr<detail::ListState<PageType>> state_;
};

/// Every item of a list, over all its pages, fetched as the loop gets there: a range to go through
/// once. `pages()` goes page by page instead.
///
///     for (const segment::Source& source : client.sources().list()) {
///       std::cout << source.slug << '\n';
///     }
///     std::vector<segment::Source> sources = client.sources().list().to_vector();
///
/// It ends after the last item of the last page, and only then: an error on a page is thrown from
/// `begin`, from `++` or from what collects; the next `begin`, or the next attempt to collect, asks
/// for the same page again. Empty pages are passed over, and a cursor that the server gives out
/// twice is a DecodeError.
///
/// Copying: not copyable; movable, iterators stay good; whatever is asked of one that was moved
/// from is a std::logic_error. Cost: one page is held at a time; one request a page. Thread safety:
/// one thread at a time.
template <class PageType>
class List {
 public:
  using value_type = typename PageType::value_type;
  using cursor_type = detail::CursorOf<PageType>;

  /// \throws InvalidArgumentError for what cannot be sent, or must not be.
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

  /// At the first item that was not passed. Fetches a page where there is none at hand.
  [[nodiscard]] Iterator begin() {
    State& state = detail::state_of(state_);
    state.fetch_item();
    return Iterator(&state);
  }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

  /// The items that are left, over all pages that are left, or the first of them. After an error
  /// the next attempt has those that had come already too.
  ///
  /// \param maximum no more items than these, and no request for more.
  [[nodiscard]] std::vector<value_type> to_vector(
      std::size_t maximum = (std::numeric_limits<std::size_t>::max)()) {
    return detail::state_of(state_).to_vector(maximum);
  }

  /// The next item, without passing it; nothing at the end. Asks for a single item where the list
  /// was not begun.
  [[nodiscard]] std::optional<value_type> front() { return detail::state_of(state_).front(); }

  /// How many items the whole list has, by the API's own count; nothing where it has none. Asks for
  /// a single item where the list was not begun.
  [[nodiscard]] std::optional<std::int64_t> total() { return detail::state_of(state_).total(); }

  /// Where the page after the newest begins: what the list's query takes as its cursor, in another
  /// process too. Nothing where the list begins at its start and no page has come, and after the
  /// last page.
  [[nodiscard]] std::optional<cursor_type> cursor() const {
    return detail::cursor_of<PageType>(*detail::state_of(state_).pager);
  }

  /// The same list, fetching the next page while the current one is read: two pages are held at a
  /// time. An error is thrown when the reader gets to its page, and `CallOptions::on_response` is
  /// called then, on the reader's thread. Do not read it on a thread that carries calls, which
  /// would wait for itself: std::logic_error.
  [[nodiscard]] List prefetch() && {
    detail::prefetch<PageType>(*detail::state_of(state_).pager);
    return std::move(*this);
  }

  /// The same list page by page, in the place of this one; of a page that was begun, the items that
  /// were not passed.
  [[nodiscard]] Pages<PageType> pages() && {
    detail::state_of(state_).drop_read_items();
    return Pages<PageType>(std::move(state_));
  }

 private:
  using State = detail::ListState<PageType>;

  std::unique_ptr<State> state_;
};

}  // namespace segment::inline SEGMENT_ABI
