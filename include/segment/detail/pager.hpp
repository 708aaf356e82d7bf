#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "segment/call_options.hpp"
#include "segment/detail/call.hpp"

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
  [[nodiscard]] const Operation& operation() const noexcept;

 private:
  struct Position;
  std::unique_ptr<Position> position_;
};

/// Has the pages of a list fetched by asynchronous calls, one ahead of its reader.
SEGMENT_EXPORT void prefetch(Pager& pager, MovePage move);

}  // namespace segment::inline SEGMENT_ABI::detail
