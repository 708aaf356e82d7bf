#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "segment/call_options.hpp"
#include "segment/detail/call.hpp"
#include "segment/detail/shared.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Moves one page into another of the same type.
using MovePage = void (*)(void* from, void* to);

/// Follows the cursors of one list: knows its position, and the call for the next page. The list of
/// every front is a pager, and what the front does with a page.
///
/// A failed page leaves it where it is: the next fetch requests the same page again. What another
/// request cannot fix is a permanent failure, and reported each time: input that cannot be sent, a
/// repeated cursor, a list with fewer items than the API counts.
///
/// Copying: not copyable. Cost: one encoded call, and one number per page. Thread safety: one
/// thread at a time, and in addition the one that delivers the page being fetched.
class SEGMENT_EXPORT Pager {
 public:
  enum class State : std::uint8_t {
    not_begun,  ///< no page has arrived
    under_way,  ///< there is a next page, or one is being fetched
    done,       ///< the last page has arrived
    failed,     ///< it cannot go on, and that was reported
  };

  /// Invalid input becomes the error of the first page.
  Pager(std::shared_ptr<const Core> core, const Operation& operation, const CallInput& input,
        const CallOptions& options);
  /// \param first the call of the first page.
  Pager(std::shared_ptr<const Core> core, PreparedCall first);
  ~Pager();
  Pager(const Pager&) = delete;
  Pager& operator=(const Pager&) = delete;

  /// Fetches the next page into an empty one, and waits for it; false, without a request, after the
  /// last.
  bool fetch(void* page);

  /// Throws the permanent failure, if there is one.
  void throw_if_failed() const;

  [[nodiscard]] State state() const;

  /// Whether a page has arrived.
  [[nodiscard]] bool has_begun() const;

  /// Whether the API returns the list in pages, and not as a whole.
  [[nodiscard]] bool has_pages() const noexcept;

  /// Whether `front` and `total` send a request of their own, for a single item.
  [[nodiscard]] bool needs_request_of_its_own() const { return has_pages() && !has_begun(); }

  /// The cursor of the next page, as text; empty at the start of the list, and after its last page.
  [[nodiscard]] std::optional<std::string> cursor() const;

  /// How many items the whole list has, as the API counted them in the latest page.
  [[nodiscard]] std::optional<std::int64_t> total() const;

  /// Limits the page size to the number of items wanted, unless the caller set one or a page has
  /// arrived.
  void expect_at_most(std::size_t items);

  /// Another pager at the position of this one, with one item per page. Only for a paged list
  /// before its first page.
  [[nodiscard]] std::shared_ptr<Pager> single_items() const;

  // For fetching in another way than by a blocking call.

  /// The call for the next page; null after the last. Each must be followed by one `end_page`.
  ///
  /// \throws InvalidArgumentError while a page is being fetched; otherwise the permanent failure,
  ///         if any.
  [[nodiscard]] const PreparedCall* begin_page();

  /// \param page the page that the call returned; null if it failed.
  void end_page(const void* page) noexcept;

  /// Makes `fetch` call this function instead.
  void fetch_by(std::function<bool(void* page)> fetch);

  [[nodiscard]] const Core& core() const noexcept;
  /// Throws an InvalidArgumentError about the list's operation, with this reason.
  [[noreturn]] void raise(const std::string& reason) const;

 private:
  struct Position;
  std::unique_ptr<Position> position_;
};

/// Makes a list fetch its pages by asynchronous calls, one page ahead of its reader.
SEGMENT_EXPORT void prefetch(Pager& pager, MovePage move);

/// The type of the cursors of a list: text, or a number.
template <class PageType>
using CursorOf = typename decltype(std::declval<const PageType&>().next_cursor())::value_type;

/// The cursor of the next page, in the type that the list's query takes.
template <class PageType>
[[nodiscard]] std::optional<CursorOf<PageType>> cursor_of(const Pager& pager) {
  std::optional<std::string> text = pager.cursor();
  if constexpr (std::integral<CursorOf<PageType>>) {
    CursorOf<PageType> number{};
    const char* end = text ? text->data() + text->size() : nullptr;
    if (!text || std::from_chars(text->data(), end, number).ec != std::errc{}) return std::nullopt;
    return number;
  } else {
    return text;
  }
}

/// A list's pager, and the unread part of its current page.
template <class PageType>
struct ListState {
  using Item = typename PageType::value_type;

  explicit ListState(std::shared_ptr<Pager> the_pager) : pager(std::move(the_pager)) {}

  std::shared_ptr<Pager> pager;
  PageType page{};
  std::size_t index = 0;
  bool has_page = false;

  [[nodiscard]] bool has_item() const noexcept { return index < page.items.size(); }
  [[nodiscard]] Item* take_item() noexcept { return has_item() ? &page.items[index++] : nullptr; }

  void drop_page() {
    has_page = false;
    index = 0;
    page = PageType{};
  }
  void keep_page(PageType newest) {
    page = std::move(newest);
    has_page = true;
  }
  /// Removes the items already read from the page.
  void drop_read_items() {
    page.items.erase(page.items.begin(), page.items.begin() + static_cast<std::ptrdiff_t>(index));
    index = 0;
    has_page = !page.items.empty();
  }
  /// Returns items already read to the page, to be read again.
  void give_back(std::vector<Item> items) {
    items.insert(items.end(),
                 std::make_move_iterator(page.items.begin() + static_cast<std::ptrdiff_t>(index)),
                 std::make_move_iterator(page.items.end()));
    page.items = std::move(items);
    index = 0;
    has_page = !page.items.empty();
  }

  // By blocking calls.

  bool fetch_page() {
    drop_page();  // first: one page is held at a time
    PageType newest{};
    if (!pager->fetch(&newest)) return false;
    keep_page(std::move(newest));
    return true;
  }
  /// Skips empty pages; false at the end.
  bool fetch_item() {
    while (!has_item()) {
      if (!fetch_page()) return false;
    }
    return true;
  }
  [[nodiscard]] std::vector<Item> to_vector(std::size_t maximum) {
    pager->expect_at_most(maximum);
    std::vector<Item> items;
    try {
      while (items.size() < maximum && fetch_item()) items.push_back(std::move(*take_item()));
    } catch (...) {
      give_back(std::move(items));  // for the next attempt
      throw;
    }
    return items;
  }
  [[nodiscard]] std::optional<Item> front() {
    if (pager->needs_request_of_its_own()) {
      ListState first(pager->single_items());
      return first.fetch_item() ? std::optional<Item>(std::move(*first.take_item())) : std::nullopt;
    }
    return fetch_item() ? std::optional<Item>(page.items[index]) : std::nullopt;
  }
  [[nodiscard]] std::optional<std::int64_t> total() {
    if (!pager->needs_request_of_its_own()) return pager->total();
    ListState first(pager->single_items());
    (void)first.fetch_page();
    return first.pager->total();
  }
};

template <class PageType>
void prefetch(Pager& pager) {
  prefetch(pager, [](void* from, void* to) {
    *static_cast<PageType*>(to) = std::move(*static_cast<PageType*>(from));
  });
}

/// The state of a list. Throws std::logic_error if it was moved from, or turned into its pages.
template <class Pointer>
auto& state_of(const Pointer& state) {
  if (!state) throw_used_up("this list was moved from");
  return *state;
}

}  // namespace segment::inline SEGMENT_ABI::detail
