#pragma once

#include <cstdint>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::http {

/// The HTTP methods that the API uses.
enum class Method : std::uint8_t { get, post, put, patch, delete_ };

/// The method as sent over the wire, for example `DELETE`.
[[nodiscard]] constexpr std::string_view to_string(Method method) noexcept {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::delete_:
      return "DELETE";
  }
  return "GET";
}
template <class Stream>
Stream& operator<<(Stream& stream, Method method) {
  stream << to_string(method);
  return stream;
}

}  // namespace segment::inline SEGMENT_ABI::http
