#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
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
#include "segment/result.hpp"

namespace segment::inline SEGMENT_ABI {

namespace detail {

/// Iterates over the elements of a list, each as a result. An error is the last one.
///
/// `State` has `std::optional<Result<…>> current`, empty at the end, and `advance()`.
template <class State>
class ResultIterator {
 public:
  using iterator_concept = std::input_iterator_tag;
  using value_type = typename decltype(State::current)::value_type;
  using difference_type = std::ptrdiff_t;

  ResultIterator() = default;
  explicit ResultIterator(State* state) : state_(state) {}

  value_type& operator*() const noexcept { return *state_->current; }
  value_type* operator->() const noexcept { return &**this; }
  ResultIterator& operator++() {
    auto& current = state_->current;
    if (current && !current->has_value()) {
      current.reset();
    } else {
      state_->advance();
    }
    return *this;
  }
  void operator++(int) { ++*this; }
  friend bool operator==(const ResultIterator& iterator, std::default_sentinel_t) noexcept {
    return iterator.state_ == nullptr || !iterator.state_->current;
  }

 private:
  State* state_ = nullptr;
};

/// The pages of a list as results.
template <class PageType>
struct ResultPagesState {
  explicit ResultPagesState(ListState<PageType> the_list) : list(std::move(the_list)) {}

  ListState<PageType> list;
  std::optional<Result<PageType>> current{};

  void advance() {
    current.reset();
    try {
      if (list.has_page || list.fetch_page()) {
        current.emplace(std::move(list.page));
        list.drop_page();
      }
    } catch (...) {
      current.emplace(std::current_exception());
    }
  }
};

/// The items of a list as results. The current one is moved out of its page.
template <class PageType>
struct ResultListState {
  using Item = typename PageType::value_type;

  explicit ResultListState(std::shared_ptr<Pager> pager) : list(std::move(pager)) {}

  ListState<PageType> list;
  std::optional<Result<Item>> current{};

  void advance() {
    if (current && current->has_value()) ++list.index;
    take();
  }
  /// Makes the next item of the list the current one.
  void take() {
    current.reset();
    try {
      if (list.fetch_item()) current.emplace(std::move(list.page.items[list.index]));
    } catch (...) {
      current.emplace(std::current_exception());
    }
  }
  /// The list as if there were no current item.
  [[nodiscard]] ListState<PageType>& put_back() {
    if (current && current->has_value()) {
      list.page.items[list.index] = std::move(*current).value();
    }
    current.reset();
    return list;
  }
};

}  // namespace detail

/// Every page of a list, or the error that occurred instead, as results: a single-pass range.
///
/// An error is the last element; the next `begin` requests the same page again.
///
/// Copying: not copyable; movable, iterators stay valid; `begin` of a moved-from one is a
/// std::logic_error. Cost: holds one page at a time. Thread safety: one thread at a time.
template <class PageType>
class ResultPages {
 public:
  using value_type = Result<PageType>;
  using cursor_type = detail::CursorOf<PageType>;
  using Iterator = detail::ResultIterator<detail::ResultPagesState<PageType>>;

  explicit ResultPages(detail::ListState<PageType> list)
      : state_(std::make_unique<detail::ResultPagesState<PageType>>(std::move(list))) {}

  /// Fetches a page, unless one is there already.
  [[nodiscard]] Iterator begin() {
    auto& state = detail::state_of(state_);
    if (!state.current || !state.current->has_value()) state.advance();
    return Iterator(&state);
  }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

  /// As `Pages::cursor`.
  [[nodiscard]] std::optional<cursor_type> cursor() const {
    return detail::cursor_of<PageType>(*detail::state_of(state_).list.pager);
  }

 private:
  std::unique_ptr<detail::ResultPagesState<PageType>> state_;
};

/// Every item of a list, or the error that occurred instead, as results: a single-pass range for
/// code that must not throw.
///
///     for (const segment::Result<segment::Source>& source : client.nothrow().sources().list()) {
///       std::cout << (source ? source->slug : source.error_message()) << '\n';
///     }
///
/// It ends after the last item of the last page, or after an error, which is the last result; the
/// next `begin` or `to_vector` requests the same page again. Invalid input is such an error too.
///
/// Copying: not copyable; movable, iterators stay valid; using a moved-from one is a
/// std::logic_error. Cost: holds one page at a time; one request per page. Thread safety: one
/// thread at a time.
template <class PageType>
class ResultList {
 public:
  using Item = typename PageType::value_type;
  using value_type = Result<Item>;
  using cursor_type = detail::CursorOf<PageType>;
  using Iterator = detail::ResultIterator<detail::ResultListState<PageType>>;

  ResultList(std::shared_ptr<const detail::Core> core, const Operation& operation,
             const detail::CallInput& input, const CallOptions& options)
      : state_(std::make_unique<detail::ResultListState<PageType>>(
            std::make_shared<detail::Pager>(std::move(core), operation, input, options))) {}

  /// An iterator at the first item not yet read. Fetches a page if there is none.
  [[nodiscard]] Iterator begin() {
    auto& state = detail::state_of(state_);
    if (!state.current || !state.current->has_value()) state.advance();
    return Iterator(&state);
  }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

  /// As `List::to_vector`.
  [[nodiscard]] Result<std::vector<Item>> to_vector(
      std::size_t maximum = (std::numeric_limits<std::size_t>::max)()) {
    auto& list = detail::state_of(state_).put_back();
    return detail::result_of([&] { return list.to_vector(maximum); });
  }

  /// As `List::front`.
  [[nodiscard]] Result<std::optional<Item>> front() {
    auto& state = detail::state_of(state_);
    if (!state.current || !state.current->has_value()) {
      return detail::result_of([&] { return state.list.front(); });
    }
    auto front = detail::result_of([&] { return state.put_back().front(); });
    state.take();  // a loop goes on from it
    return front;
  }

  /// As `List::total`.
  [[nodiscard]] Result<std::optional<std::int64_t>> total() {
    auto& list = detail::state_of(state_).list;
    return detail::result_of([&] { return list.total(); });
  }

  /// As `List::cursor`.
  [[nodiscard]] std::optional<cursor_type> cursor() const {
    return detail::cursor_of<PageType>(*detail::state_of(state_).list.pager);
  }

  /// As `List::prefetch`.
  [[nodiscard]] ResultList prefetch() && {
    detail::prefetch<PageType>(*detail::state_of(state_).list.pager);
    return std::move(*this);
  }

  /// As `List::pages`.
  [[nodiscard]] ResultPages<PageType> pages() && {
    auto& list = detail::state_of(state_).put_back();
    list.drop_read_items();
    ResultPages<PageType> pages(std::move(list));
    state_.reset();
    return pages;
  }

 private:
  std::unique_ptr<detail::ResultListState<PageType>> state_;
};

}  // namespace segment::inline SEGMENT_ABI
