#pragma once

#include <optional>
#include <type_traits>
#include <utility>

#include "segment/detail/steps.hpp"
#include "segment/error.hpp"
#include "segment/result.hpp"

namespace segment::inline SEGMENT_ABI {

/// Deletes something that may not exist:
/// `remove_if_exists([&] { client.sources().remove(id); })`.
///
/// A 403 is an error, because it can also mean that the token lacks the permission.
///
/// \param remove makes the call, of any front.
/// \return false if it did not exist. True also if an attempt of this call got no response and the
///         next one found nothing: most likely this call deleted it. A `Result` or a `Task` of that
///         if `remove` returns one. It fails with the call's error, except for that NotFoundError.
template <class Remove>
auto remove_if_exists(Remove&& remove) {
  using Form = detail::FrontOfFunction<Remove>;
  const auto was_there = [](const auto& removed) {
    if (const auto* missing = removed.template error_as<NotFoundError>()) {
      return missing->outcome_unknown();
    }
    (void)removed.value();
    return true;
  };
  return typename detail::ByFunctions<typename Form::Front, bool, Remove>::type(
      detail::Steps<typename Form::Front>::call(std::forward<Remove>(remove), was_there));
}

/// Looks up something that may not exist:
/// `find_or_none([&] { return client.sources().get(id); })`.
///
/// A 403 is an error: a token that is not allowed to see the item gets one. The API also responds
/// with 403 for a transformation that does not exist: `find_transformation` in
/// `segment/helpers/long_lists.hpp` tells the two apart.
///
/// \param get makes the call, of any front.
/// \return what it returned; empty after a 404. A `Result` or a `Task` of that if `get` returns
///         one. It fails with the call's error, except for NotFoundError.
template <class Get>
[[nodiscard]] auto find_or_none(Get&& get) {
  using Form = detail::FrontOfFunction<Get>;
  using Found = std::optional<typename Form::Value>;
  const auto found = [](Result<typename Form::Value> result) -> Found {
    if (result.template error_as<NotFoundError>()) return std::nullopt;
    return std::move(result).value();
  };
  return typename detail::ByFunctions<typename Form::Front, Found, Get>::type(
      detail::Steps<typename Form::Front>::call(std::forward<Get>(get), found));
}

}  // namespace segment::inline SEGMENT_ABI
