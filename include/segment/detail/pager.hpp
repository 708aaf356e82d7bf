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

/// Follows the cursors of one list: knows how far its pages were fetched, and how the next one is
/// asked for. Every front of a list is one of these and what it does with a page.
///
/// A page that failed leaves it where it is: to go on is to ask for the same page again. What no
/// further request can change is a failure for good, and told each time: an input that cannot be
/// sent, a cursor that the server gave out before, a list that the API counts more items of.
///
/// Copying: not copyable. Cost: one encoded call, and a number for each page. Thread safety: one
/// thread at a time, and beside it the one that brings the page under way.
class SEGMENT_EXPORT Pager {
 public:
  enum class State : std::uint8_t {
    not_begun,  ///< no page has come
    under_way,  ///< there is a next page, or one is being fetched
    done,       ///< the last page has come
    failed,     ///< it cannot go on, and that has been told
  };

  /// What is wrong with the input fails the first page.
  Pager(std::shared_ptr<const Core> core, const Operation& operation, const CallInput& input,
        const CallOptions& options);
  /// \param first the call of the first page.
  Pager(std::shared_ptr<const Core> core, PreparedCall first);
  ~Pager();
  Pager(const Pager&) = delete;
  Pager& operator=(const Pager&) = delete;

  /// Fetches the next page into an empty one, and waits for it; false, and nothing is fetched,
  /// after the last.
  bool fetch(void* page);

  /// Throws what is wrong with the input.
  void throw_if_failed() const;

  [[nodiscard]] State state() const;

  /// Whether a page has come.
  [[nodiscard]] bool has_begun() const;

  /// Whether the API hands the list out in pages; else it comes whole.
  [[nodiscard]] bool has_pages() const noexcept;

  /// Whether a first look at the list is a request of its own, for a single item.
  [[nodiscard]] bool is_looked_at_apart() const { return has_pages() && !has_begun(); }

  /// Where the next page begins, as the API says it; nothing at the start of the list, and after
  /// its last page.
  [[nodiscard]] std::optional<std::string> cursor() const;

  /// How many items the whole list has, as the API counted them in the newest page.
  [[nodiscard]] std::optional<std::int64_t> total() const;

  /// Says that no more items than this are wanted, so that no page need be larger. The caller's own
  /// page size stays, and so does that of a list that was begun.
  void expect_at_most(std::size_t items);

  /// Another pager that begins where this one stands, with one item a page. Only of a list in
  /// pages that was not begun.
  [[nodiscard]] std::shared_ptr<Pager> single_items() const;

  // For whoever fetches in another way than by a call that blocks.

  /// The call of the next page; null after the last. Each is followed by one `end_page`.
  ///
  /// \throws InvalidArgumentError while a page is under way.
  [[nodiscard]] const PreparedCall* begin_page();

  /// \param page what came of the call; null where it failed.
  void end_page(const void* page) noexcept;

  /// Has `fetch` do this in its place.
  void fetch_by(std::function<bool(void* page)> fetch);

  [[nodiscard]] const Core& core() const noexcept;
  /// Throws the InvalidArgumentError for what cannot be asked of the list.
  [[noreturn]] void raise(const std::string& reason) const;

 private:
  struct Position;
  std::unique_ptr<Position> position_;
};

/// Has the pages of a list fetched by asynchronous calls, one ahead of its reader.
SEGMENT_EXPORT void prefetch(Pager& pager, MovePage move);

/// The type of the cursors of a list: text, or a number.
template <class PageType>
using CursorOf = typename decltype(std::declval<const PageType&>().next_cursor())::value_type;

/// Where the next page begins, in the type that the list's query takes.
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

/// A list's pager, and what of its newest page was not read yet.
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
  /// What was read is no part of the page any more.
  void drop_read_items() {
    page.items.erase(page.items.begin(), page.items.begin() + static_cast<std::ptrdiff_t>(index));
    index = 0;
    has_page = !page.items.empty();
  }
  /// What was read is to be read again.
  void give_back(std::vector<Item> items) {
    items.insert(items.end(),
                 std::make_move_iterator(page.items.begin() + static_cast<std::ptrdiff_t>(index)),
                 std::make_move_iterator(page.items.end()));
    page.items = std::move(items);
    index = 0;
    has_page = !page.items.empty();
  }

  // By calls that block.

  bool fetch_page() {
    drop_page();  // first: one page is held at a time
    PageType newest{};
    if (!pager->fetch(&newest)) return false;
    keep_page(std::move(newest));
    return true;
  }
  /// Passes over empty pages; false at the end.
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
      give_back(std::move(items));  // the next attempt has them too
      throw;
    }
    return items;
  }
  [[nodiscard]] std::optional<Item> front() {
    if (pager->is_looked_at_apart()) {
      ListState first(pager->single_items());
      return first.fetch_item() ? std::optional<Item>(std::move(*first.take_item())) : std::nullopt;
    }
    return fetch_item() ? std::optional<Item>(page.items[index]) : std::nullopt;
  }
  [[nodiscard]] std::optional<std::int64_t> total() {
    if (!pager->is_looked_at_apart()) return pager->total();
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

/// What a list holds its state by: one that was moved from, or turned into its pages, has none.
template <class Pointer>
auto& state_of(const Pointer& state) {
  if (!state) throw_used_up("this list was moved from");
  return *state;
}

}  // namespace segment::inline SEGMENT_ABI::detail
