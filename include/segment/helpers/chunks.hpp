#pragma once

#include <cstddef>
#include <exception>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "segment/detail/steps.hpp"
#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI {

/// A long list was split into chunks, and one chunk failed. Those before it are done.
///
/// Its facts are those of the failed call: if `outcome_unknown` is true, that chunk may be done as
/// well.
class SEGMENT_EXPORT ChunkError : public Error {
 public:
  /// \param done items of the chunks that succeeded.
  /// \param in_failed_chunk items of the chunk that failed.
  /// \param total items of the whole list.
  /// \param cause the error of the failed call.
  ChunkError(const Error& error, std::size_t done, std::size_t in_failed_chunk, std::size_t total,
             std::exception_ptr cause);

  /// The kind of the failed call's error.
  [[nodiscard]] ErrorKind kind() const noexcept override;
  /// How many items, from the start of the list, succeeded. Continue after them.
  [[nodiscard]] std::size_t done() const noexcept { return detail_->done; }
  /// How many items after those were in the chunk that failed.
  [[nodiscard]] std::size_t in_failed_chunk() const noexcept { return detail_->in_failed_chunk; }
  /// How many items the whole list has.
  [[nodiscard]] std::size_t total() const noexcept { return detail_->total; }
  /// Throws the failed call's own error, so that you can catch it by type.
  [[noreturn]] void rethrow_cause() const { std::rethrow_exception(detail_->cause); }

 private:
  struct Detail {
    ErrorKind kind;
    std::size_t done;
    std::size_t in_failed_chunk;
    std::size_t total;
    std::exception_ptr cause;
  };
  std::shared_ptr<const Detail> detail_;
};

namespace detail {

/// Whether an error says that the request was too large, so that none of it was done: 413, 414, or
/// a 400 or 422 whose message names the maximum number of items.
[[nodiscard]] SEGMENT_EXPORT bool is_too_large(const Error& error);

/// Whether a PUT was refused because of existing items: a 400 whose message names the maximum
/// number of items, or asks for PATCH and DELETE.
[[nodiscard]] SEGMENT_EXPORT bool holds_too_many(const Error& error);

/// \throws InvalidArgumentError for chunks of no items.
SEGMENT_EXPORT void require_chunk_size(std::size_t size);

/// Selects the items of a long list for the next call.
class SEGMENT_EXPORT Chunks {
 public:
  Chunks(std::size_t total, std::size_t size) noexcept : total_(total), size_(size) {}

  /// \throws InvalidArgumentError for chunks of no items.
  [[nodiscard]] bool is_done() const;

  /// The items of the next chunk.
  template <class T>
  [[nodiscard]] std::span<const T> of(std::span<const T> items) const {
    return items.subspan(done_, count());
  }

  /// Records the result of its call. A chunk that is too large is halved.
  ///
  /// \param error null if it succeeded.
  /// \throws ChunkError for any other Error; other exceptions unchanged.
  void take(const std::exception_ptr& error);

 private:
  [[nodiscard]] std::size_t count() const noexcept {
    return total_ - done_ < size_ ? total_ - done_ : size_;
  }

  std::size_t total_;
  std::size_t size_;
  std::size_t done_ = 0;
};

/// A call for each chunk of a list.
template <class Front, class Items, class Action>
class ChunkCalls {
 public:
  ChunkCalls(Items items, std::size_t size, Action action)
      : items_(std::move(items)),
        chunks_(items_.size(), size),
        action_(std::forward<Action>(action)) {}

  [[nodiscard]] bool is_done() const { return chunks_.is_done(); }
  auto step() {
    return Steps<Front>::call(
        [this] { return action_(chunks_.of(std::span(std::as_const(items_)))); },
        [this](const auto& result) { chunks_.take(result.error()); });
  }
  void finish() const noexcept {}

 private:
  Items items_;
  Chunks chunks_;
  Action action_;
};

}  // namespace detail

/// Processes a long list in chunks, in order. A chunk that the API refuses as too large, by status
/// (413, 414) or by message (a 400 or 422 that names the maximum), is halved, and so are those
/// after it: you need not know the maximum.
///
///     std::vector<std::string> emails;
///     segment::in_chunks(emails, 50, [&](std::span<const std::string> some) {
///       client.iam_users().remove_invites({.emails = std::vector(some.begin(), some.end())});
///     });
///
/// These are several calls, not one: others see the state between them, and after an error the
/// chunks before it stay done.
///
/// \param items the list: a vector, a span, an array; empty: nothing is called. Copied, and kept
///        until the end, if the action returns tasks.
/// \param size the maximum number of items in a chunk, at least 1.
/// \param action called with a `std::span<const T>` of items; makes a call of any front. Each call
///        ends before the next chunk starts.
/// \return nothing; a `Result<void>` or a `Task<void>` if the action returns a Result or a Task. It
///         fails with a ChunkError that says how far it got, for an Error of the action; with other
///         exceptions of the action unchanged; with InvalidArgumentError for a size of 0.
template <class Items, class Action>
requires requires(const Items& items) { std::span(items); }
auto in_chunks(const Items& items, std::size_t size, Action&& action) {
  using Span = decltype(std::span(items));
  using Chunk = std::span<const typename Span::value_type>;
  using Front = typename detail::FrontOfFunction<Action, Chunk>::Front;
  using Made = typename detail::ByFunctions<Front, void, Action>::type;
  using Steps = detail::Steps<Front>;
  if constexpr (std::is_same_v<Front, Async>) {
    using Kept = std::vector<typename Span::value_type>;
    using Calls = detail::ChunkCalls<Front, Kept, std::decay_t<Action>>;
    const Chunk all(items);
    return Made(
        Steps::run(Calls(Kept(all.begin(), all.end()), size, std::forward<Action>(action))));
  } else {
    using Calls = detail::ChunkCalls<Front, Chunk, Action&>;
    return Made(Steps::run(Calls(items, size, action)));
  }
}

}  // namespace segment::inline SEGMENT_ABI
