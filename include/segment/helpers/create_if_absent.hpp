#pragma once

#include <chrono>
#include <exception>
#include <memory>
#include <stop_token>
#include <type_traits>
#include <utility>

#include "segment/clock.hpp"
#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI {

/// How `create_if_absent` goes about it.
///
/// Copying: a value; copies share the clock. Cost: small. Thread safety: as a struct.
struct CreateIfAbsentOptions {
  /// How often to create at most; 1: never again, only look.
  int max_attempts = 3;
  /// How long to wait before looking for the twin: a server that was cut off may still be at work.
  std::chrono::milliseconds pause{std::chrono::seconds{2}};
  /// Ends the wait; the error of the creation is then thrown.
  std::stop_token stop{};
  /// Waits. Null: the machine's own clock.
  std::shared_ptr<Clock> clock{};
};

namespace detail {

/// Whether a creation that threw this may have happened all the same.
[[nodiscard]] SEGMENT_EXPORT bool may_have_been_created(const Error& error) noexcept;

/// Whether the API said no, and so surely did nothing in this try.
[[nodiscard]] SEGMENT_EXPORT bool was_refused(const Error& error) noexcept;

/// Whether it makes sense to create again where there is no twin.
[[nodiscard]] SEGMENT_EXPORT bool may_create_again(const Error& error) noexcept;

/// False when the caller asked to stop, in the call that threw this or in the wait.
[[nodiscard]] SEGMENT_EXPORT bool pause_before_look(const Error& error,
                                                    const CreateIfAbsentOptions& options);

}  // namespace detail

/// Creates something, and does not create it twice when the first answer gets lost: after an error
/// whose outcome is unknown it looks for the twin, and only where there is none it creates again.
///
///     create_if_absent([&] { return find_by_slug(client, "web"); },
///                 [&] { return client.sources().create({.slug = "web", ...}); });
///
/// It can be no better than the look: `find_existing` must know the thing by what nothing else has
/// (a slug or a name of your own), else it takes something older for it; and a server that goes on
/// working for longer than the pause can still finish what the look did not see.
///
/// \param find_existing returns a std::optional of what `create` returns. It is not called before
/// the
///        first creation.
/// \param create makes the call.
/// \param options how often, and how long to wait before each look.
/// \return what was created, by this try or an earlier one.
/// \throws what `create` throws. Where the look fails that is the creation's own error, of unknown
///         outcome.
template <class FindTwin, class Create>
auto create_if_absent(FindTwin&& find_existing, Create&& create,
                      const CreateIfAbsentOptions& options = {})
    -> std::decay_t<decltype(create())> {
  std::exception_ptr doubt;  // the newest error that says that it may have been done
  for (int attempts = 1;; ++attempts) {
    try {
      return create();
    } catch (const Error& error) {
      const bool unknown = detail::may_have_been_created(error);
      if (unknown) doubt = std::current_exception();
      if (!doubt) throw;
      if (!detail::pause_before_look(error, options)) std::rethrow_exception(doubt);
      auto twin = [&] {
        try {
          return find_existing();
        } catch (const Error&) {
          std::rethrow_exception(doubt);
        }
      }();
      if (twin) return *std::move(twin);
      if (detail::was_refused(error)) throw;
      if (attempts >= options.max_attempts || !unknown || !detail::may_create_again(error)) {
        std::rethrow_exception(doubt);
      }
    }
  }
}

}  // namespace segment::inline SEGMENT_ABI
