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

/// Options of `create_if_absent`.
///
/// Copying: a value; copies share the clock. Cost: small. Thread safety: as a struct.
struct CreateIfAbsentOptions {
  /// The most creations to attempt; 1: only one.
  int max_attempts = 3;
  /// How long to wait after an unknown outcome before looking: the server may still be working.
  std::chrono::milliseconds pause{std::chrono::seconds{2}};
  /// Ends the wait; the creation's error is then thrown.
  std::stop_token stop{};
  /// What to wait with. Null: the machine's own clock.
  std::shared_ptr<Clock> clock{};
};

namespace detail {

/// Whether a creation that threw this may have taken effect.
[[nodiscard]] SEGMENT_EXPORT bool may_have_been_created(const Error& error) noexcept;

/// Whether the API refused it, so that this attempt did nothing.
[[nodiscard]] SEGMENT_EXPORT bool was_refused(const Error& error) noexcept;

/// Whether creating again makes sense where nothing exists.
[[nodiscard]] SEGMENT_EXPORT bool may_create_again(const Error& error) noexcept;

/// False if the caller requested a stop, in the call that threw this or during the wait.
[[nodiscard]] SEGMENT_EXPORT bool pause_before_look(const Error& error,
                                                    const CreateIfAbsentOptions& options);

}  // namespace detail

/// Returns what exists, or creates it: safe to run again, and when a response gets lost.
///
///     create_if_absent([&] { return find_by_slug(client, "web"); },
///                      [&] { return client.sources().create({.slug = "web", ...}); });
///
/// It looks first. If the API then reports a conflict, because something else created it meanwhile,
/// or the outcome of the creation is unknown, it looks again before it creates again.
///
/// It is only as reliable as the lookup: `find_existing` must identify the item by something unique
/// (a slug or a name of your own), and a server that keeps working for longer than the pause can
/// still finish a creation that the lookup did not see.
///
/// \param find_existing returns a std::optional of what `create` returns.
/// \param create makes the call.
/// \param options how many creations, and how long to wait before looking after an unknown outcome.
/// \return what exists, whether created by this call or before.
/// \throws what `find_existing` throws at first, and what `create` throws. If a later lookup fails,
///         the creation's own error.
template <class FindExisting, class Create>
auto create_if_absent(FindExisting&& find_existing, Create&& create,
                      const CreateIfAbsentOptions& options = {})
    -> std::decay_t<decltype(create())> {
  if (auto existing = find_existing()) return *std::move(existing);
  std::exception_ptr doubt;  // the newest error whose outcome is unknown
  const auto find_again = [&] {
    const auto error = doubt ? doubt : std::current_exception();
    try {
      return find_existing();
    } catch (const Error&) {
      std::rethrow_exception(error);
    }
  };
  for (int attempts = 1;; ++attempts) {
    try {
      return create();
    } catch (const Error& error) {
      const bool unknown = detail::may_have_been_created(error);
      if (unknown) doubt = std::current_exception();
      if (!doubt && error.kind() != ErrorKind::conflict) throw;
      if (doubt && !detail::pause_before_look(error, options)) std::rethrow_exception(doubt);
      if (auto existing = find_again()) return *std::move(existing);
      if (detail::was_refused(error)) throw;
      if (attempts >= options.max_attempts || !unknown || !detail::may_create_again(error)) {
        std::rethrow_exception(doubt);
      }
    }
  }
}

}  // namespace segment::inline SEGMENT_ABI
