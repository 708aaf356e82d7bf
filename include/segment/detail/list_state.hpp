#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "segment/detail/pager.hpp"
#include "segment/detail/shared.hpp"

namespace segment::inline SEGMENT_ABI::detail {

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
