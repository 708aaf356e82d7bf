#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>

#include "call/prepared_call.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// How far the pages of one list were fetched, and how the next one is asked for. Who sends is no
/// matter here: a blocking and an asynchronous front follow the same cursors.
///
/// Copying: not copied. Cost: a number for each page. Thread safety: one thread at a time.
class PageWalk {
 public:
  /// \param first the call of the first page.
  explicit PageWalk(PreparedCall first);

  /// The call of the next page; nothing after the last one, and after an error. Until `took` says
  /// otherwise it was the last one.
  ///
  /// \throws DecodeError where the server gave out a cursor again.
  [[nodiscard]] const PreparedCall* next();

  /// Sees the page that came of the call.
  ///
  /// \param client told where a list of several pages ends short; of one page the call itself sees
  ///        it.
  /// \throws DecodeError where that is to be an error.
  void took(const ClientOptions& client, const void* page);

  [[nodiscard]] const CallOptions& options() const noexcept { return call_.options(); }

  /// Whether there is no next page.
  [[nodiscard]] bool is_done() const noexcept { return done_; }

 private:
  void follow(const std::string& cursor);
  [[noreturn]] void fail(const std::string& reason) const;

  PreparedCall call_;
  // Hashes of the cursors so far: a server that sends one again would lead us round for ever.
  std::unordered_set<std::size_t> seen_{};
  std::optional<std::string> next_cursor_{};
  bool done_ = false;
  bool from_the_start_ = true;
  int pages_ = 0;
  std::int64_t items_ = 0;
};

}  // namespace segment::inline SEGMENT_ABI::detail
