#pragma once

#include <string>

#include "segment/detail/describe.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI {

namespace detail {

[[nodiscard]] SEGMENT_EXPORT Json to_json(const Type& type, const void* object);
[[nodiscard]] SEGMENT_EXPORT std::string to_json_text(const Type& type, const void* object);
SEGMENT_EXPORT void from_json(const Type& type, void* object, const Json& json);

}  // namespace detail

/// An API type as JSON, with the API's own member names. It includes secrets.
///
/// \param object of any struct of the API.
/// \throws InvalidArgumentError for text that is not UTF-8.
template <class T>
[[nodiscard]] Json to_json(const T& object) {
  return detail::to_json(detail::Describe<T>::type, &object);
}

/// An API type as JSON text on one line, with the API's own member names. It includes secrets.
///
/// \param object of any struct of the API.
/// \throws InvalidArgumentError for text that is not UTF-8.
template <class T>
[[nodiscard]] std::string to_json_text(const T& object) {
  return detail::to_json_text(detail::Describe<T>::type, &object);
}

/// An API type from JSON, read as leniently as a response: unknown members are skipped, missing
/// ones take their empty value. For hand-written JSON use `from_json_strict`.
///
/// \tparam T any struct of the API.
/// \param json with the API's own member names.
/// \throws DecodeError that names a member of the wrong kind.
template <class T>
[[nodiscard]] T from_json(const Json& json) {
  T object = detail::empty<T>();
  detail::from_json(detail::Describe<T>::type, &object, json);
  return object;
}

}  // namespace segment::inline SEGMENT_ABI
