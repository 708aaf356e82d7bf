#pragma once

#include <cstddef>
#include <exception>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI {

/// A long list was cut into chunks, and one of the chunks failed: those before it are done.
///
/// Its facts are those of the failed call: where `outcome_unknown` is true, that chunk may be done
/// as well.
class SEGMENT_EXPORT ChunkError : public Error {
 public:
  /// \param done items of the chunks that went well.
  /// \param in_doubt items of the chunk that failed.
  /// \param total items of the whole list.
  /// \param cause the error of the failed call.
  ChunkError(const Error& error, std::size_t done, std::size_t in_doubt, std::size_t total,
             std::exception_ptr cause);

  /// The kind of the failed call's error.
  [[nodiscard]] ErrorKind kind() const noexcept override;
  /// How many items, from the start of the list, went well. Go on behind them.
  [[nodiscard]] std::size_t done() const noexcept { return detail_->done; }
  /// How many items behind those were in the chunk that failed.
  [[nodiscard]] std::size_t in_doubt() const noexcept { return detail_->in_doubt; }
  /// How many items the whole list has.
  [[nodiscard]] std::size_t total() const noexcept { return detail_->total; }
  /// Throws the failed call's own error, to catch it by its type.
  [[noreturn]] void rethrow_cause() const { std::rethrow_exception(detail_->cause); }

 private:
  struct Detail {
    ErrorKind kind;
    std::size_t done;
    std::size_t in_doubt;
    std::size_t total;
    std::exception_ptr cause;
  };
  std::shared_ptr<const Detail> detail_;
};

namespace detail {

/// Whether an error says that the request was too large, so that nothing of it was done: 413, 414,
/// or a 400 or 422 whose message names the most items.
[[nodiscard]] SEGMENT_EXPORT bool is_too_large(const Error& error);

/// Whether a PUT was refused because of what is there already: a 400 whose message names the most
/// items, or asks for PATCH and DELETE.
[[nodiscard]] SEGMENT_EXPORT bool holds_too_many(const Error& error);

/// Throws an InvalidArgumentError for a chunk of no items.
SEGMENT_EXPORT void check_chunk_size(std::size_t size);

}  // namespace detail

/// Does something with a long list, chunk by chunk in its order. A chunk that the API refuses as
/// too large, by its status (413, 414) or by its message (422 with the most items), is cut in half,
/// and so are those after it: no maximum has to be known.
///
///     in_chunks(emails, 50, [&](std::span<const std::string> some) {
///       client.iam_users().remove_invites({.emails = {some.begin(), some.end()}});
///     });
///
/// This is many calls and not one: others see the state between them, and after an error the chunks
/// before it stay done.
///
/// \param items the list; empty: nothing is called.
/// \param size how many items a chunk has at most, from 1.
/// \param action called with a `std::span<const T>` of items.
/// \throws ChunkError that says how far it came, for an Error of the action; what else the action
///        throws as it is; InvalidArgumentError for a size of 0.
template <class T, class Action>
void in_chunks(const std::vector<T>& items, std::size_t size, Action&& action) {
  detail::check_chunk_size(size);
  std::size_t done = 0;
  while (done < items.size()) {
    const std::size_t left = items.size() - done;
    const std::size_t count = left < size ? left : size;
    try {
      action(std::span<const T>(items).subspan(done, count));
      done += count;
    } catch (const Error& error) {
      if (!detail::is_too_large(error) || count == 1) {
        throw ChunkError(error, done, count, items.size(), std::current_exception());
      }
      size = (count + 1) / 2;
    }
  }
}

}  // namespace segment::inline SEGMENT_ABI
