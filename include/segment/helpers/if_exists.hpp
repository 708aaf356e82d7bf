#pragma once

#include <optional>
#include <type_traits>
#include <utility>

#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI {

/// Deletes something that may be gone already: `remove_if_exists([&] { client.sources().remove(id);
/// })`.
///
/// A 403 is thrown and never taken for "gone": it says that the token may not, too.
///
/// \param remove makes the call.
/// \return false where there was no such thing. True also where a try of this call got no answer
/// and
///         the next one found nothing: then it was most likely this call that deleted it.
/// \throws what the call throws, but for that NotFoundError.
template <class Remove>
bool remove_if_exists(Remove&& remove) {
  try {
    std::forward<Remove>(remove)();
    return true;
  } catch (const NotFoundError& error) {
    return error.outcome_unknown();
  }
}

/// Looks up something that may not be there: `find_or_none([&] { return client.sources().get(id);
/// })`.
///
/// A 403 is thrown: it is what a token gets that may not see the thing. A transformation that is
/// not there answers 403, too: `find_transformation` in `segment/helpers/long_lists.hpp` tells the
/// two apart.
///
/// \param get makes the call.
/// \return what it returned; nothing after a 404.
/// \throws what the call throws, but for NotFoundError.
template <class Get>
[[nodiscard]] auto find_or_none(Get&& get) -> std::optional<std::decay_t<decltype(get())>> {
  try {
    return std::forward<Get>(get)();
  } catch (const NotFoundError&) {
    return std::nullopt;
  }
}

}  // namespace segment::inline SEGMENT_ABI
