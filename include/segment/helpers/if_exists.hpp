#pragma once

#include <optional>
#include <type_traits>
#include <utility>

#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI {

/// Deletes something that may not exist:
/// `remove_if_exists([&] { client.sources().remove(id); })`.
///
/// A 403 is thrown, because it can also mean that the token lacks the permission.
///
/// \param remove makes the call.
/// \return false if it did not exist. True also if an attempt of this call got no response and the
///         next one found nothing: most likely this call deleted it.
/// \throws what the call throws, except for that NotFoundError.
template <class Remove>
bool remove_if_exists(Remove&& remove) {
  try {
    std::forward<Remove>(remove)();
    return true;
  } catch (const NotFoundError& error) {
    return error.outcome_unknown();
  }
}

/// Looks up something that may not exist:
/// `find_or_none([&] { return client.sources().get(id); })`.
///
/// A 403 is thrown: a token that is not allowed to see the item gets one. The API also responds
/// with 403 for a transformation that does not exist: `find_transformation` in
/// `segment/helpers/long_lists.hpp` tells the two apart.
///
/// \param get makes the call.
/// \return what it returned; empty after a 404.
/// \throws what the call throws, except for NotFoundError.
template <class Get>
[[nodiscard]] auto find_or_none(Get&& get) -> std::optional<std::decay_t<decltype(get())>> {
  try {
    return std::forward<Get>(get)();
  } catch (const NotFoundError&) {
    return std::nullopt;
  }
}

}  // namespace segment::inline SEGMENT_ABI
